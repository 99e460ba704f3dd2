/** Commands on gates and stages: run, resume, report, skip, mark done, stop, acknowledge. */
import {nextCommand, runsOwn} from '../cutover/due/next-command.ts';
import {awaitsMeasuring} from '../cutover/due/schedule.ts';
import {rowIn} from '../cutover/model/attempt-target.ts';
import type {Stage} from '../cutover/model/runbook.ts';
import {stampOrNull} from '../text/time.ts';
import {isOverruled, itemsOf, knownItems, measuredLines, measuredOf} from './checklist.ts';
import {answersOf, because, choice, type Field, field, orNull, reason, type Values} from './field.ts';
import {anything, type Draft, needed, ruling, type Situation, stageOf} from './situation.ts';
import {pastOf, reasoned, type Spec, send} from './spec.ts';

type Probe = (situation: Situation, on: string, early: boolean) => Draft;

/** `--early` on the command line; a form finds out by itself, and then asks for the reason. Past the change window it takes one as well. */
export const earlyField = (probe: Probe): Field =>
	field('early', 'flag', 'before its time, which takes a --reason', {
		initial: (situation, on) => (needed(situation, early => probe(situation, on, early)) ? 'yes' : null),
		askedWhen: () => false,
	});

export const isEarly = ({early}: Values): boolean => early === 'yes';

/** Why what is early, or late, takes a reason. */
const whyEarly = ({snapshot}: Situation): string =>
	snapshot.window?.next?.state === 'past' ? 'it is past the last safe moment' : 'it is before its time';

/** The same of what takes a reason otherwise too; empty where it is in time. */
export const earlyHint =
	(probe: Probe): Field['hint'] =>
	(situation, on) =>
		needed(situation, early => probe(situation, on, early)) ? whyEarly(situation) : '';

/** A reason for what is before its time. */
const reasonIfEarly: Field = {
	...reason,
	hint: whyEarly,
	requiredWhen: isEarly,
	askedWhen: isEarly,
};

type Run = {readonly resume: boolean; readonly values: Values};

const runDraft = (target: string, {resume, values}: Run): Draft => ({
	type: 'run',
	data: {
		target,
		resume,
		reference: orNull(values['reference']),
		ticket: orNull(values['ticket']),
		early: isEarly(values),
		reason: orNull(values['reason']),
		on: orNull(values['on']),
	},
});

const probeRun =
	(resume: boolean) =>
	(_: Situation, on: string, early: boolean): Draft =>
		runDraft(on, {resume, values: early ? {early: 'yes', reason: anything} : {}});

/** Asked for on the command line; a form runs it where the person is, unless the settings name a host that is silent. */
const onHost = (resume: boolean): Field => {
	const isAsked = (_: Values, situation: Situation, on: string): boolean =>
		ruling(situation, probeRun(resume)(situation, on, true))?.code === 'host-unknown';
	return field('on', 'text', 'the host that runs it, where a cutover has several', {
		metavar: 'HOST',
		label: 'host',
		hint: 'another one: that of the settings is silent',
		askedWhen: isAsked,
		requiredWhen: isAsked,
	});
};

const isAct = (_: Values, situation: Situation, on: string): boolean => stageOf(situation, on)?.kind === 'act';

/** Once it is begun, a go-ahead for its next command keeps nothing of these. */
const beginsT0 = (values: Values, situation: Situation, on: string): boolean =>
	isAct(values, situation, on) && situation.state.t0Started === null;

const reference = field('reference', 'text', 'where it is recorded, such as a deployment id', {
	hint: 'deploy, change or run number',
});

const runs = (resume: boolean): Pick<Spec, 'target' | 'probe' | 'steps'> => ({
	target: 'gate or stage',
	probe: (situation, on) => probeRun(resume)(situation, on, true),
	steps: (values, on) => send(runDraft(on, {resume, values})),
});

/** People answer for these; a playbook or commands of their own may still be run for them. */
const isLookedAt = ({kind}: Stage): boolean => kind === 'verification' || kind === 'manual';

const hasFailed = ({snapshot}: Situation, on: string): boolean => {
	const state = snapshot.stages.find(({id}) => id === on)?.state;
	return state === 'failed' || state === 'lost';
};

/** It failed, was lost, or runs where nobody hears of it: once that has lasted, the rules take it for lost. */
const isHalf = (situation: Situation, on: string): boolean =>
	hasFailed(situation, on) || situation.snapshot.stages.some(({id, unheard}) => id === on && unheard);

/** A verification is measured before anybody is asked. */
const isToMeasure = ({state}: Situation, on: string): boolean =>
	state.runbook?.stages.some(stage => stage.id === on && awaitsMeasuring(state, stage)) ?? false;

export const run: Spec = {
	title: 'Run a gate or a stage',
	summary: "runs a gate's check or a stage's playbook, or records the outcome of a stage",
	help: 'Runs the check of the gate, or the playbook of the stage, after showing what will run.',
	examples: ['run G1', 'run T-60', 'run T0 --confirm T0 --ticket CHG-4821'],
	lines: [{command: 'run'}],
	...runs(false),
	asks: 'Run it?',
	fields: [
		earlyField(probeRun(false)),
		reasonIfEarly,
		{...reference, askedWhen: beginsT0},
		field('ticket', 'text', 'ticket of T0, where it differs', {metavar: 'ID', askedWhen: beginsT0}),
		onHost(false),
	],
	fits: (situation, on) => {
		const stage = stageOf(situation, on);
		// T0 never runs from its start a second time.
		if (stage?.kind === 'act' && isHalf(situation, on)) return nextCommand(situation.state, stage) !== null;
		return stage === undefined || runsOwn(stage) || !isLookedAt(stage) || isToMeasure(situation, on);
	},
	titleOn: (situation, on) => {
		const stage = stageOf(situation, on);
		const next = stage && nextCommand(situation.state, stage);
		const count = stage?.commands?.length ?? 0;
		const isBegun = next != null && (next.index > 0 || hasFailed(situation, on));
		if (isBegun || (next != null && count > 1 && stage?.kind !== 'act'))
			return `Run command ${next.index + 1} of ${count} of ${on}`;
		return `${stage?.kind === 'act' ? 'Start' : 'Run'} ${on}`;
	},
};

export const resume: Spec = {
	title: 'Resume a failed or lost stage',
	help: 'Runs the stage again from its first step that is not done.',
	examples: ['run T-30 --resume'],
	lines: [{command: 'run', flag: {name: 'resume', about: 'go on at the first step that is not done'}}],
	...runs(true),
	titleOn: (_, on) => `Resume ${on}`,
	asks: 'Resume it?',
	fields: [earlyField(probeRun(true)), reasonIfEarly, onHost(true)],
	// Answers and commands begin anew each time: there is nothing to go on from.
	fits: (situation, on) => {
		const stage = stageOf(situation, on);
		if (stage === undefined || !isHalf(situation, on)) return false;
		return stage.playbook !== null || !(isLookedAt(stage) || runsOwn(stage));
	},
};

const passOrFail = [choice('pass', 'pass'), choice('fail', 'fail')];

/** What was said of the whole; else what the answers come to, once there is one for each item. */
const resultOf = (items: readonly string[], values: Values): 'pass' | 'fail' | null => {
	const given = values['result'];
	if (given === 'pass' || given === 'fail') return given;
	const answers = answersOf(values, 'item').map(([, answer]) => answer);
	if (answers.length === 0 || answers.length < items.length) return null;
	return answers.every(answer => answer === 'pass') ? 'pass' : 'fail';
};

const reportDraft = (situation: Situation, stage: string, values: Values, done: number | null): Draft => ({
	type: 'report',
	data: {
		stage,
		result: resultOf(itemsOf(situation, stage), values),
		note: orNull(values['note']),
		reference: orNull(values['reference']),
		done: stampOrNull(done),
		items: answersOf(values, 'item').map(([name, answer]) => ({
			name,
			result: answer === 'pass' ? 'pass' : 'fail',
			whole: false,
		})),
		early: isEarly(values),
		reason: orNull(values['reason']),
	},
});

/** What can be sent without a reason: everything as it was measured, and pass for the rest. */
const plainReport = (situation: Situation, on: string): Values => {
	const measured = measuredOf(situation, on);
	const answers = itemsOf(situation, on).map(item => [`item:${item}`, measured[item]?.result ?? 'pass'] as const);
	const result = answers.some(([, answer]) => answer === 'fail') ? 'fail' : 'pass';
	return {result, note: anything, reference: anything, ...Object.fromEntries(answers)};
};

const probeReport = (situation: Situation, on: string, early: boolean): Draft =>
	reportDraft(situation, on, {...plainReport(situation, on), ...(early ? {early: 'yes', reason: anything} : {})}, null);

const takesReason = (values: Values, situation: Situation, on: string): boolean =>
	isEarly(values) || isOverruled(values, situation, on);

const hasNoItems = (_: Values, situation: Situation, on: string): boolean => itemsOf(situation, on).length === 0;

export const report: Spec = {
	title: 'Report how a stage went',
	titleOn: (_, on) => `Report how ${on} went`,
	help: 'Records the outcome that only a person knows: of T0 done by hand, or of a checklist, item by item.',
	examples: [
		'run T+10 --result pass --note "all green"',
		'run T+10 --item "critical logs=fail" --note "ERROR in app.log"',
	],
	lines: [
		{command: 'run', flag: {name: 'result'}},
		{command: 'run', flag: {name: 'item'}},
	],
	target: 'stage',
	relayable: true,
	fields: [
		earlyField(probeReport),
		field('item', 'checklist', 'one answer of a checklist, such as "critical logs=pass"', {
			rows: itemsOf,
			choices: () => passOrFail,
			known: knownItems,
			requiredWhen: () => true,
		}),
		{
			...reason,
			hint: 'why it is early, or other than measured',
			requiredWhen: takesReason,
			askedWhen: takesReason,
		},
		field('result', 'choice', 'the outcome of a stage', {
			metavar: 'RESULT',
			values: ['pass', 'fail'],
			requiredWhen: hasNoItems,
			askedWhen: hasNoItems,
		}),
		field('note', 'text', 'what was seen', {hint: 'what was seen; optional'}),
		{...reference, hint: 'where it can be read; optional'},
		field('at', 'past', 'when it was really done', {label: 'done at', askedWhen: isAct}),
	],
	fits: (situation, on) => {
		const stage = stageOf(situation, on);
		if (stage === undefined) return false;
		if (isToMeasure(situation, on) && !hasFailed(situation, on)) return false;
		return isLookedAt(stage) || (stage.kind === 'act' && situation.state.t0Started !== null);
	},
	about: (situation, on) => [stageOf(situation, on)?.action ?? '', ...measuredLines(situation, on)],
	probe: (situation, on) => probeReport(situation, on, true),
	steps: (values, on, situation) => {
		const at = pastOf(orNull(values['at']), situation.snapshot.now);
		return typeof at === 'object' && at !== null ? at : send(reportDraft(situation, on, values, at));
	},
};

export const skip: Spec = {
	title: 'Skip a stage',
	course: true,
	summary: 'leaves a stage out; never T0 or a decision',
	help: 'Leaves a stage out, with a reason. T0 and decisions are never skipped.',
	examples: ['skip T-30 --reason "tests ran on the release branch"'],
	lines: [{command: 'skip'}],
	target: 'stage',
	about: (situation, on) => [stageOf(situation, on)?.action ?? ''],
	...reasoned((reason, stage) => ({type: 'skip', data: {stage, reason}})),
};

export const done: Spec = {
	title: 'Mark a failed stage done',
	titleOn: (_, on) => `Mark ${on} done`,
	summary: 'marks a failed or lost stage done',
	help: 'Marks a failed or lost stage done, with a reason and with what shows it.',
	examples: ['done T-30 --reason "ran by hand" --attach test-output.txt'],
	lines: [{command: 'done'}],
	target: 'stage',
	fields: [
		reason,
		field('attach', 'file', 'what shows it', {label: 'evidence', hint: 'path of a file that shows it; optional'}),
	],
	fits: hasFailed,
	about: ({snapshot}, on) => [snapshot.stages.find(stage => stage.id === on)?.remark ?? ''],
	probe: (_, stage) => ({type: 'done', data: {stage, reason: anything, evidence: null}}),
	steps: (values, stage) =>
		send({type: 'done', data: {stage, reason: because(values), evidence: orNull(values['attach'])}}),
};

export const stop: Spec = {
	title: 'Stop what runs',
	summary: 'ends a running attempt: TERM to all its processes, KILL after its grace',
	help: 'Ends the running attempt of a gate or stage, with all its processes.',
	examples: ['stop T-30 --reason "wrong branch"'],
	lines: [{command: 'stop'}],
	target: 'gate or stage',
	targets: ({snapshot}) => snapshot.running.flatMap(({target}) => rowIn(target) ?? []).map(id => choice(id, id)),
	about: () => ['All its processes get TERM, and KILL after its grace.'],
	...reasoned((reason, target) => ({type: 'stop', data: {target, reason}})),
};
