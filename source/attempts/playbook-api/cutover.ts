/* The cutover as a playbook sees it: the functions and values of `cutover-tui/playbook`, bound to one attempt. */
import {gatesToJudge, verdictOf} from '../../cutover/due/gate-verdict.ts';
import type {Comparison} from '../../cutover/health/baseline/compare.ts';
import {attemptKey, isGate, targetName} from '../../cutover/model/attempt-target.ts';
import type {Command} from '../../cutover/model/command.ts';
import type {Gate} from '../../cutover/model/runbook.ts';
import {scriptOf, wordsOf} from '../../cutover/model/script.ts';
import {snapshotOf} from '../../cutover/snapshot/snapshot-of.ts';
import {storyOf} from '../../cutover/snapshot/story.ts';
import {endOfCommand} from '../../gates/exit.ts';
import {journalOrThrow, now, pathTried} from '../../processes/work.ts';
import {inOneLine} from '../../text/error-text.ts';
import {stamp, stampOrNull} from '../../text/time.ts';
import {readyScript} from '../../workspace/approved-run.ts';
import {markIn} from '../../workspace/service-logs/marks.ts';
import {scanLog} from '../../workspace/service-logs/scan.ts';
import {attach} from '../attach.ts';
import type {Job} from '../job.ts';
import {check} from '../judge.ts';
import {needsOf} from './needs.ts';
import type {Cutover, EndpointReport, LogReport, Values, Verdict} from './playbook.ts';
import {earlierSteps, stepIn} from './steps.ts';

/*
What a playbook can read about the service: endpoints from the samples, with their baseline, and the logs of its stage
since T0.
*/
const baselineOf = ({decision, latency, errors}: Comparison): NonNullable<EndpointReport['baseline']> => ({
	decision,
	samples: latency.n,
	medians: latency.medians,
	ratio: latency.ratio,
	p: latency.p,
	failed: [errors.before.failed, errors.after.failed],
});

/** What can measure an item of a checklist, by its own words; everything else a person looks at. */
const measures: readonly (readonly ['health' | 'logs' | 'baseline', RegExp])[] = [
	['baseline', /\bbaselines?\b|基线/i],
	['logs', /\blogs?\b|日志/i],
	['health', /\bhealth|\bendpoints?\b|\bprobes?\b|健康|端点|探针/i],
];

const measureOf = (item: string) => measures.find(([, pattern]) => pattern.test(item))?.[0] ?? null;

/** Looks anew. */
async function healthReports(job: Job): Promise<readonly EndpointReport[]> {
	const observed = await job.journal.look();
	const cutover = now(job);
	const at = job.clock.now();
	const {endpoints} = snapshotOf(cutover, at, observed, null);
	return endpoints.map(({name, critical, state, since, lastLatencyMs, reason, version, compared}) => ({
		name,
		critical,
		state,
		since: stampOrNull(since),
		forMs: since === null ? null : at - since,
		outages: cutover.outages.filter(
			({endpoint, until}) => endpoint === name && (until === null || until > (cutover.t0Started ?? until)),
		).length,
		latencyMs: lastLatencyMs,
		reason,
		version,
		baseline: compared === null ? null : baselineOf(compared),
	}));
}

/** Real ms of T0: a rehearsal's clock says nothing of when files were changed. */
const startedAt = (job: Job, at: number | null): number => (now(job).rehearsal === null && at !== null ? at : 0);

const logReports = (job: Job): Promise<readonly LogReport[]> =>
	Promise.all(
		(job.stage?.logs ?? []).map(async log => {
			const {t0Started} = now(job);
			const found = await scanLog(log, job.workspace, markIn(job.folder, log.file), startedAt(job, t0Started));
			const {file, errors, max, lines, since, shown, fault} = found;
			return {
				file,
				errors,
				max,
				lines,
				since: stampOrNull(since),
				shown: shown.map(job.redact),
				fault,
			};
		}),
	);

/** Of a command how it ended, of any other error its first line. */
const whyOf = (error: unknown): string => endOfCommand(error)?.reason ?? inOneLine(error);

function valuesOf(job: Job): Values {
	const {attempt, stage, workspace} = job;
	const {id, runbook, ticket, ticketAtT0, environment, t0, t0Started, stages} = now(job);
	return {
		id,
		title: runbook?.title ?? '',
		ticket: ticketAtT0 ?? ticket,
		environment,
		t0: stamp(t0),
		t0Started: stampOrNull(t0Started),
		of: targetName(attempt.target),
		attempt: attempt.attempt,
		reference: (stage && stages[stage.id]?.reference) ?? null,
		workspace,
		action: stage?.action ?? '',
		evidence: stage?.evidence ?? '',
		owners: stage?.owners ?? [],
		inputs: attempt.environment,
	};
}

/** Throws a sentence where the script cannot run as it was approved. */
function pathOf(job: Job): Cutover['path'] {
	const tried = pathTried(job);
	const path = tried && scriptOf(tried);
	if (path === null) return null;
	const ready = readyScript(job.folder, now(job), path);
	const changed = ready.changed('inPlace');
	if (changed !== null)
		throw new Error(`not run: ${changed}. Approve it (cutover-tui approve), or put the approved file back.`);
	const other = ready.changed('any');
	if (other !== null) job.say(`${other}: the approved version runs`);
	return {words: ready.run, shown: wordsOf(path)};
}

/** `turn`: of this attempt; what is measured again counts anew. */
async function measured(
	job: Job,
	turn: number,
	items: Readonly<Record<string, 'pass' | 'fail' | null>>,
	found: string,
	lines: readonly string[],
): Promise<void> {
	const {attempt, stage} = job;
	if (stage === null) throw new Error('Only the playbook of a stage measures its items.');
	const [text, shown] = [job.redact(found), lines.map(job.redact)];
	const reported = await job.tell({
		id: `${attemptKey(attempt)}/measure/${turn}`,
		type: 'measure',
		data: {
			stage: stage.id,
			attempt: attempt.attempt,
			items: Object.entries(items).map(([name, result]) => ({name, result, found: text, lines: shown})),
		},
	});
	if (reported.refused) job.say(`not recorded: ${reported.why}`);
	else
		for (const [name, result] of Object.entries(items))
			job.say(`${name} ${result ?? 'for a person to decide'}: ${text}`);
}

/** Judges a gate inside this attempt: the core says whether by a process or by words. */
async function judgeWithin(
	job: Job,
	id: string,
	times: number,
	playbook: (gate: Gate) => Promise<void>,
): Promise<Verdict> {
	const {attempt} = job;
	const {target, attempt: number} = attempt;
	const command = `${attemptKey(attempt)}/gate/${id}/${times}`;
	const answer = await job.tell({id: command, type: 'runWithin', data: {target, attempt: number, gate: id}});
	if (answer.refused) {
		job.say(`gate ${id} is not judged: ${answer.why} ${answer.fix}`);
		return {gate: id, verdict: 'unknown', reason: answer.why};
	}
	for (const entry of answer.entries) {
		if (entry.type === 'judged') {
			const {gate, verdict, reason} = entry.data;
			job.say(`gate ${gate} ${verdict.toUpperCase()}${reason === null ? '' : `: ${reason}`}`);
			return {gate, verdict, reason};
		}
		if (entry.type !== 'started') continue;
		const gate = job.runbook.gates.find(row => isGate(entry.data.target, row.id));
		if (!gate) continue;
		const {verdict, reason, head, files} = await check(job, gate, entry.data, playbook);
		await journalOrThrow(job, {
			id: `${command}/judge`,
			type: 'judge',
			data: {gate: gate.id, attempt: entry.data.attempt, verdict, reason, head, files, log: null},
		});
		return {gate: gate.id, verdict, reason};
	}
	return {gate: id, verdict: 'unknown', reason: 'the journal did not say how to judge it'};
}

export type Bound = {readonly cutover: Cutover; readonly used: ReadonlySet<string>};

/** `gatePlaybook` runs a gate's own playbook with the cutover that it is given. */
export function bind(job: Job, gatePlaybook: (gate: Gate, cutover: Cutover) => Promise<void>): Bound {
	const {attempt, stage, runbook, say} = job;
	const used = new Set<string>();
	const times = new Map<string, number>();
	let measurings = 0;
	const tell = (command: Command<'beginStep' | 'endStep'>): Promise<void> => journalOrThrow(job, command);
	const stepsOf = (prefix: string): Cutover['step'] =>
		stepIn({
			ref: {target: attempt.target, attempt: attempt.attempt},
			prefix,
			earlier: earlierSteps(now(job), attempt),
			used,
			say,
			tell,
			mayBegin: job.mayBegin,
			redact: job.redact,
			why: error => job.redact(whyOf(error)),
		});
	const cutover: Cutover = {
		step: stepsOf(''),
		attach: (name, text) => attach(job, targetName(attempt.target), name, text),
		gate: id => {
			times.set(id, (times.get(id) ?? 0) + 1);
			return judgeWithin(job, id, times.get(id) ?? 1, gate =>
				gatePlaybook(gate, {...cutover, step: stepsOf(`${gate.id}: `)}),
			);
		},
		snapshot: id => {
			const row = runbook.gates.find(known => known.id === id);
			if (!row) throw new Error(`There is no gate ${id}.`);
			return verdictOf(now(job), row, job.clock.now(), job.journal.observed()).verdict;
		},
		say,
		story: () => storyOf(now(job), job.clock.now(), job.journal.observed()).map(job.redact),
		values: valuesOf(job),
		health: () => healthReports(job),
		logs: () => logReports(job),
		measured: (items, found, lines = []) => measured(job, ++measurings, items, found, lines),
		items: stage?.items ?? [],
		measures: Object.fromEntries((stage?.items ?? []).map(item => [item, measureOf(item)])),
		gates: stage === null ? [] : gatesToJudge(now(job), stage, job.clock.now(), job.journal.observed()),
		needs: needsOf(runbook),
		path: pathOf(job),
		rehearsal: now(job).rehearsal !== null,
		resume: attempt.resume,
		signal: job.signal,
	};
	return {cutover, used};
}
