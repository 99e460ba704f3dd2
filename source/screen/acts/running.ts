/** Acts on gates and stages: run, resume, say the outcome, skip, mark done, stop. */
import {rowIn} from '../../cutover/model/attempt-target.ts';
import type {Gate, Stage} from '../../cutover/model/runbook.ts';
import {stamp} from '../../text/time.ts';
import type {Draft, Field} from '../dialogs/dialog.ts';
import {
	type Act,
	anything,
	choice,
	early,
	earlyField,
	goAhead,
	maybeText,
	maybeTime,
	needsEarly,
	option,
	orNull,
	parsePast,
	runbookOf,
	type ScreenContext,
	send,
	text,
	type Values,
} from './act.ts';
import {chosenStage, gateOrStage, gatesAndStages, stages} from './chosen.ts';
import {inWordsOf, relayFields} from './relaying.ts';

const stageOf = (at: ScreenContext, id: string): Stage | undefined =>
	runbookOf(at).stages.find(stage => stage.id === id);

const playbookLines = (at: ScreenContext, path: string): readonly string[] => {
	const what = at.what(path);
	const digest = at.state.approved[path];
	return [
		`playbook ${path}   approved ${digest ?? 'unknown'}`,
		...(what?.lines ?? ['(it cannot be read)']).map(line => `  ${line}`),
	];
};

const gateLines = (at: ScreenContext, gate: Gate): readonly string[] => {
	if (gate.playbook) return playbookLines(at, gate.playbook);
	if (gate.kind === 'command')
		return gate.commands.map(command => `${gate.id}  bash -o pipefail -c ${JSON.stringify(command)}`);
	return [`${gate.id}  looks for ${gate.files.join(', ') || 'nothing: it waits for words'}`];
};

const stageLines = (at: ScreenContext, stage: Stage): readonly string[] => [
	...(stage.playbook ? playbookLines(at, stage.playbook) : []),
	...stage.gates.flatMap(id => runbookOf(at).gates.filter(gate => gate.id === id)).flatMap(gate => gateLines(at, gate)),
	...(stage.playbook || stage.gates.length > 0 ? [] : [stage.action]),
];

/** What will run, verbatim, then as whom and where. */
export const whatRuns = (at: ScreenContext, id: string): readonly string[] => {
	const gate = runbookOf(at).gates.find(row => row.id === id);
	const stage = stageOf(at, id);
	const lines = gate ? gateLines(at, gate) : stage ? stageLines(at, stage) : [];
	return [...lines, `as ${at.account} in ${at.state.workspace}`];
};

type Run = {readonly resume: boolean; readonly values: Values};

const runDraft = (target: string, {resume, values}: Run): Draft => ({
	type: 'run',
	data: {target, resume, reference: orNull(values['reference']), ticket: orNull(values['ticket']), ...early(values)},
});

const probeRun = (target: string, resume: boolean) => (isEarly: boolean) =>
	runDraft(target, {resume, values: isEarly ? {early: anything} : {}});

const runFields = (at: ScreenContext, on: string, resume: boolean): readonly Field[] => {
	const isAct = stageOf(at, on)?.kind === 'act';
	return [
		...earlyField(needsEarly(at, probeRun(on, resume))),
		...(isAct && !resume
			? [
					maybeText('reference', 'reference', 'deploy, change or run number; may stay empty'),
					maybeText('ticket', 'ticket'),
				]
			: []),
		...(isAct && !resume ? [] : [goAhead(resume ? 'resume it' : 'run it')]),
	];
};

const running = (resume: boolean): Pick<Act, 'on' | 'targets' | 'probe' | 'lines' | 'fields' | 'effect'> => ({
	on: gateOrStage,
	targets: gatesAndStages,
	probe: (_, on) => probeRun(on, resume)(true),
	lines: whatRuns,
	fields: (at, on) => runFields(at, on, resume),
	effect: (values, on) => send(runDraft(on, {resume, values})),
});

/** What people look at and do is answered; a playbook of its own may still be run for it. */
const hasRun = (at: ScreenContext, on: string): boolean => {
	const stage = stageOf(at, on);
	return stage === undefined || stage.playbook !== null || (stage.kind !== 'verification' && stage.kind !== 'manual');
};

const hasFailed = (at: ScreenContext, on: string): boolean => {
	const state = at.snapshot.stages.find(({id}) => id === on)?.state;
	return state === 'failed' || state === 'lost';
};

const result = choice('result', 'result', [option('fail', 'fail'), option('pass', 'pass')]);

const itemFields = (stage: Stage | undefined): readonly Field[] =>
	(stage?.items ?? []).map((item, index) =>
		choice(`item${index}`, item, [option('fail', 'fail'), option('pass', 'pass')]),
	);

const reportDraft = (at: ScreenContext, on: string, values: Values, done: string | null): Draft => {
	const items = (stageOf(at, on)?.items ?? []).map((name, index) => ({
		name,
		result: values[`item${index}`] === 'pass' ? ('pass' as const) : ('fail' as const),
		whole: false,
	}));
	const whole = values['result'] === 'pass' ? 'pass' : 'fail';
	return {
		type: 'report',
		data: {
			stage: on,
			result: items.length > 0 ? (items.every(item => item.result === 'pass') ? 'pass' : 'fail') : whole,
			note: orNull(values['note']),
			reference: orNull(values['reference']),
			done,
			items,
			...early(values),
		},
	};
};

const passing = (at: ScreenContext, on: string): Values => ({
	result: 'pass',
	note: anything,
	reference: anything,
	...Object.fromEntries((stageOf(at, on)?.items ?? []).map((_, index) => [`item${index}`, 'pass'])),
});

const probeReport = (at: ScreenContext, on: string) => (isEarly: boolean) =>
	reportDraft(at, on, isEarly ? {...passing(at, on), early: anything} : passing(at, on), null);

const reportFields = (at: ScreenContext, on: string): readonly Field[] => {
	const stage = stageOf(at, on);
	const items = itemFields(stage);
	return [
		...relayFields(at, probeReport(at, on)(true)),
		...earlyField(needsEarly(at, probeReport(at, on))),
		...(items.length > 0 ? items : [result]),
		maybeText('note', 'note', 'what was seen; may stay empty'),
		maybeText('reference', 'reference', 'where it can be read; may stay empty'),
		...(stage?.kind === 'act' ? [maybeTime('done', 'done at', 'HH:MM[:SS]; empty for now')] : []),
	];
};

export const run: Act = {
	title: 'Run a gate or a stage',
	help: 'Runs the check of the chosen gate, or the playbook of the chosen stage, after showing what will run.',
	...running(false),
	fits: hasRun,
	titleOn: (at, on) => `${stageOf(at, on)?.kind === 'act' ? 'Begin' : 'Run'} ${on}`,
};

export const resume: Act = {
	title: 'Resume a failed or lost stage',
	help: 'Runs the chosen stage again from its first step that is not done.',
	...running(true),
	fits: hasFailed,
};

/** Gates and votes end their stages; of T0 there is nothing to say before it is begun. */
const awaitsWord = (at: ScreenContext, on: string): boolean => {
	const kind = stageOf(at, on)?.kind;
	return kind === 'verification' || kind === 'manual' || (kind === 'act' && at.state.t0Started !== null);
};

export const report: Act = {
	title: 'Say how a stage went',
	help: 'Records the outcome that only a person can say: of T0 done by hand, or of a checklist, item by item.',
	isRelayable: true,
	fits: awaitsWord,
	on: chosenStage,
	targets: stages,
	probe: (at, on) => probeReport(at, on)(true),
	lines: (at, on) => [stageOf(at, on)?.action ?? ''],
	fields: reportFields,
	effect: (values, on, at) => {
		const done = orNull(values['done']);
		const when = done === null ? null : parsePast(done, at.snapshot.now);
		if (done !== null && when === null) return {problem: `"${done}" is no past time: HH:MM[:SS], or RFC 3339.`};
		return inWordsOf(values, send(reportDraft(at, on, values, when === null ? null : stamp(when))));
	},
};

export const skip: Act = {
	title: 'Skip a stage',
	help: 'Leaves the chosen stage out, with a reason. T0 and decisions are never skipped.',
	on: chosenStage,
	targets: stages,
	probe: (_, stage) => ({type: 'skip', data: {stage, reason: anything}}),
	lines: (at, on) => [stageOf(at, on)?.action ?? ''],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, stage) => send({type: 'skip', data: {stage, reason}}),
};

export const done: Act = {
	title: 'Mark a failed stage done',
	help: 'Marks the chosen failed or lost stage done, with a reason and evidence.',
	fits: hasFailed,
	on: chosenStage,
	targets: stages,
	probe: (_, stage) => ({type: 'done', data: {stage, reason: anything, evidence: null}}),
	lines: (at, on) => [at.snapshot.stages.find(stage => stage.id === on)?.remark ?? ''],
	fields: () => [
		text('reason', 'reason'),
		maybeText('evidence', 'evidence', 'path of a file that shows it; may stay empty'),
	],
	effect: ({reason = '', evidence}, stage) => send({type: 'done', data: {stage, reason, evidence: orNull(evidence)}}),
};

export const stop: Act = {
	title: 'Stop what runs',
	help: 'Ends the running attempt of the chosen gate or stage, its whole tree of processes.',
	on: gateOrStage,
	targets: at => at.snapshot.running.flatMap(({target}) => rowIn(target) ?? []).map(id => option(id, id)),
	probe: (_, target) => ({type: 'stop', data: {target, reason: anything}}),
	lines: () => ['The whole tree of its processes gets TERM, and KILL after its grace.'],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, target) => send({type: 'stop', data: {target, reason}}),
};
