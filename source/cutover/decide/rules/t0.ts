/** T0: begun once, in go, by its owner with the typed word, before the act (RULES S3). */
import {instant, stamp, wall} from '../../../text/time.ts';
import {nextCommand, runsOwn} from '../../due/next-command.ts';
import {running} from '../../due/schedule.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Stage} from '../../model/runbook.ts';
import type {StageState, State} from '../../model/state.ts';
import {fields, instead, needWords, refuse, statusWord, usageError} from '../refusal.ts';
import {earlyReason, inTime} from './polls.ts';
import type {Decision, RuleContext} from './rule.ts';
import {stageStarted} from './started.ts';
import {outsideReason, t0Outside, withWindowWord} from './window.ts';

type Run = CommandData['run'];
type Report = CommandData['report'];

const notGo = ({status, hold}: State): Refusal => {
	if (status === 'preparing')
		return refuse('t0-needs-go', 'Go is not given.', 'Every owner of the go/no-go stage votes go first.');
	return status === 'hold'
		? refuse('t0-needs-go', `It is on HOLD: ${hold?.reason ?? ''}.`, 'Fix the cause and confirm T0.')
		: refuse('t0-needs-go', `The status is ${statusWord(status)}.`, 'Nothing to begin.');
};

/** What T0 runs, as it is said before its typed word. */
const whatRuns = (state: State, stage: Stage): string | null =>
	stage.playbook ?? nextCommand(state, stage)?.text ?? null;

const anotherWindow = 'Hold, and set T0 in another window';

const attempt = (state: State, stage: Stage, resume: boolean): readonly Event[] =>
	runsOwn(stage) ? [stageStarted(state, stage, resume, null)] : [];

const begun = (
	state: State,
	stage: Stage,
	data: Run | Report,
	{began, at, outside}: {readonly began: number; readonly at: number; readonly outside: string | null},
): Event => ({
	type: 't0Begun',
	data: {
		stage: stage.id,
		began: stamp(began),
		reference: data.reference,
		ticket: 'ticket' in data ? data.ticket : null,
		early: earlyReason(state, stage, data, at),
		...(outside === null ? {} : {outsideWindow: data.reason ?? ''}),
	},
});

/** `fails`: it was done outside and failed, which takes its word at the same time. */
const word = (
	state: State,
	confirm: readonly string[],
	stage: Stage,
	{outside = null, fails = false}: {readonly outside?: string | null; readonly fails?: boolean} = {},
): Refusal | null => {
	const runs = whatRuns(state, stage);
	const begins =
		state.t0Started === null
			? `${outside === null ? '' : `${outside}. `}This begins the production cutover`
			: `This continues ${stage.id}${stage.playbook === null ? '' : ' at its first step that is not done'}`;
	const what = `${begins}${runs === null ? '' : `, runs ${runs}`}${fails ? ', records that T0 failed' : ''}`;
	return needWords(confirm, withWindowWord(fails ? ['T0', 'FAILED'] : ['T0'], outside), what);
};

/** A failed or lost T0 goes on at its first step not done, never from the start. */
const resume = (state: State, stage: Stage, {confirm}: RuleContext): Decision => {
	const runs = running(state, stage.id);
	if (runs) return refuse('t0-started', `Its attempt runs since ${wall(runs.at)}.`, 'Watch it, or stop T0.');
	const outcome = state.stages[stage.id]?.outcome ?? null;
	// T0 was begun with its word; each command after the first has a go-ahead of its own.
	if (outcome === null && nextCommand(state, stage) !== null) return attempt(state, stage, false);
	if (!runsOwn(stage) || outcome === null || outcome === 'done')
		return refuse(
			't0-started',
			`It was begun at ${wall(state.t0Started ?? state.at)}.`,
			runsOwn(stage) ? 'Nothing to do.' : 'Record its result.',
		);
	return word(state, confirm, stage) ?? attempt(state, stage, nextCommand(state, stage) === null);
};

export const runT0 = (state: State, stage: Stage, data: Run, asked: RuleContext): Decision => {
	if (state.status === 'executing') return resume(state, stage, asked);
	if (state.status !== 'go') return notGo(state);
	const {at} = asked;
	const outside = t0Outside(state, at, asked);
	return (
		inTime(state, stage, data, at) ??
		outsideReason(outside, data.reason, anotherWindow) ??
		word(state, asked.confirm, stage, {outside}) ?? [
			begun(state, stage, data, {began: at, at, outside}),
			...attempt(state, stage, false),
		]
	);
};

const dated = (done: string | null, from: number, at: number): Refusal | null => {
	if (done === null) return null;
	const when = instant(done);
	return when >= from && when <= at
		? null
		: usageError(
				'bad-time',
				`${wall(when)} is not between ${wall(from)} and ${wall(at)}.`,
				'Correct the time.',
				fields('at'),
			);
};

const outcome = (stage: Stage, data: Report): Event => ({
	type: 'reported',
	data: {
		stage: stage.id,
		result: data.result ?? 'fail',
		note: data.note,
		reference: data.reference,
		done: data.done,
		early: null,
	},
});

const failedWord = (data: Report, confirm: readonly string[]): Refusal | null =>
	data.result === 'fail' ? needWords(confirm, ['FAILED'], 'This records that T0 failed') : null;

/** Begins an act done outside and records it in one call. */
const beginAndReport = (state: State, stage: Stage, data: Report, asked: RuleContext): Decision => {
	const runs = whatRuns(state, stage);
	if (runs !== null) return refuse('t0-has-playbook', `T0 runs ${runs}.`, 'Run it.', instead('run', stage.id));
	const from = state.goGiven?.at ?? state.at;
	const began = data.done === null ? asked.at : instant(data.done);
	const outside = t0Outside(state, began, asked);
	const no =
		inTime(state, stage, data, asked.at) ??
		dated(data.done, from, asked.at) ??
		outsideReason(outside, data.reason, anotherWindow) ??
		word(state, asked.confirm, stage, {outside, fails: data.result === 'fail'});
	return no ?? [begun(state, stage, data, {began, at: asked.at, outside}), outcome(stage, data)];
};

/** A reported failure may be corrected to a pass, but not reported twice (RULES D6). */
const failedTwice = (before: StageState | undefined, stage: Stage, {result}: Report): Refusal | null =>
	result === 'fail' && before?.outcome === 'failed' && before.by && before.by.strength !== 'process'
		? refuse(
				'already-recorded',
				`${before.by.name} recorded T0 failed at ${wall(before.ended ?? 0)}.`,
				'Record it as passed, resume T0, or roll back.',
				instead('report', stage.id, 'result'),
			)
		: null;

/** The outcome of an act that people did, or of an attempt that did not end well. */
export const reportT0 = (state: State, stage: Stage, data: Report, asked: RuleContext): Decision => {
	if (data.result === null || data.items.length > 0)
		return usageError(
			't0-result',
			'No result was given, or items that T0 does not have.',
			'Say pass or fail.',
			fields('result'),
		);
	if (state.status === 'go') return beginAndReport(state, stage, data, asked);
	const before = state.stages[stage.id];
	if (state.status === 'observing')
		return refuse(
			'already-recorded',
			`T0 was recorded ${before?.outcome ?? 'done'} by ${before?.by?.name ?? 'nobody'} at ${wall(before?.ended ?? state.at)}.`,
			'If it is wrong, observe and roll back.',
		);
	if (state.status !== 'executing') return notGo(state);
	const runs = running(state, stage.id);
	if (runs) return refuse('t0-running', `It runs since ${wall(runs.at)}.`, 'Wait for its end, or stop T0.');
	return (
		failedTwice(before, stage, data) ??
		dated(data.done, state.t0Started ?? state.at, asked.at) ??
		failedWord(data, asked.confirm) ?? [outcome(stage, data)]
	);
};
