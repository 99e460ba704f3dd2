/* The evidence for machines: everything the package holds, with names as in `status --json` and times in RFC 3339. */
import {gateJson, signOffJson, stageJson, triggerJson} from '../../cutover/snapshot/status-json.ts';
import {json} from '../../text/clean.ts';
import {stamp, stampOrNull} from '../../text/time.ts';
import type {Package} from '../package.ts';
import {textLines} from './text.ts';

const gate = (row: Package['gates'][number]) => ({
	...gateJson(row),
	kind: row.kind,
	judgements: row.judgements,
	answers: row.answers,
});

const stage = (row: Package['stages'][number]) => ({
	...stageJson(row),
	owners: row.owners,
	by: row.by,
	reports: row.reports,
	answers: row.answers,
	measured: row.measured,
});

const trigger = (row: Package['triggers'][number]) => ({...triggerJson(row), text: row.text, firings: row.firings});

const outage = ({since, until, ...rest}: Package['state']['outages'][number]) => ({
	...rest,
	since: stamp(since),
	until: stampOrNull(until),
});

const signOff = (row: Package['signOffs'][number]) => ({...signOffJson(row), files: row.files});

export function asJson(evidence: Package): string {
	const {state, snapshot, runbook} = evidence;
	const document = {
		id: state.id,
		title: runbook.title,
		status: state.status,
		ticket: state.ticket,
		environment: state.environment,
		exportedAt: evidence.exportedAt,
		t0: stampOrNull(snapshot.t0),
		t0Started: stampOrNull(snapshot.t0Started),
		count: snapshot.count,
		rehearsal: state.rehearsal,
		runbook: {path: runbook.path, digest: runbook.digest, settings: runbook.settings, approved: state.approved},
		text: textLines(evidence),
		fields: evidence.fields,
		gates: evidence.gates.map(gate),
		stages: evidence.stages.map(stage),
		schedule: evidence.schedule,
		holds: evidence.holds,
		frozen: state.frozen === null ? null : {text: state.frozen.text, by: state.frozen.by, at: stamp(state.frozen.at)},
		votes: evidence.votes,
		votesFallen: evidence.fallen,
		fourEyes: evidence.fourEyes,
		triggers: evidence.triggers.map(trigger),
		endpointOutages: state.outages.map(outage),
		rollback: evidence.rollback,
		signOffs: evidence.signOffs.map(signOff),
		relayedUnconfirmed: snapshot.unconfirmed,
		attachments: evidence.attachments,
		logs: evidence.logs,
		notes: evidence.notes,
		people: evidence.people,
		journal: evidence.head,
	};
	return `${json(document, 2)}\n`;
}
