/*
The evidence for machines: everything the package holds, with names as in `status --json` and times in RFC 3339.
*/
import {json} from '../../text/clean.ts';
import {stamp} from '../../text/time.ts';
import type {Package} from '../package.ts';
import {textLines} from './text.ts';

const time = (ms: number | null): string | null => (ms === null ? null : stamp(ms));

const gate = ({
	id,
	title,
	kind,
	verdict,
	since,
	until,
	by,
	attempt,
	reason,
	judgements,
	answers,
}: Package['gates'][number]) => ({
	id,
	title,
	kind,
	verdict,
	since: time(since),
	until: time(until),
	by,
	attempt,
	reason,
	judgements,
	answers,
});

const stage = ({
	id,
	kind,
	owners,
	planned,
	started,
	ended,
	state,
	slippageSeconds,
	attempt,
	by,
	reference,
	reports,
	answers,
	measured,
}: Package['stages'][number]) => ({
	id,
	kind,
	owners,
	planned: time(planned),
	started: time(started),
	ended: time(ended),
	state,
	slippageSeconds,
	attempt,
	by,
	reference,
	reports,
	answers,
	measured,
});

const trigger = ({
	id,
	kind,
	text,
	state,
	thresholdSeconds,
	firedAt,
	facts,
	outages,
	downSeconds,
	firings,
}: Package['triggers'][number]) => ({
	id,
	kind,
	text,
	state,
	thresholdSeconds,
	firedAt: time(firedAt),
	facts,
	outages,
	downSeconds,
	firings,
});

const outage = ({since, until, ...rest}: Package['state']['outages'][number]) => ({
	...rest,
	since: stamp(since),
	until: until === null ? null : stamp(until),
});

const signOff = ({id, role, text, signed, by, at, blockedBy, notRecorded, files}: Package['signOffs'][number]) => ({
	id,
	role,
	text,
	signed,
	by,
	at: time(at),
	blockedBy,
	notRecorded,
	files,
});

export function asJson(evidence: Package): string {
	const {state, snapshot, runbook} = evidence;
	const document = {
		id: state.id,
		title: runbook.title,
		status: state.status,
		ticket: state.ticket,
		environment: state.environment,
		exportedAt: evidence.exportedAt,
		t0: time(snapshot.t0),
		t0Started: time(snapshot.t0Started),
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
