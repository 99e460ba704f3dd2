/**
Steps and ends of attempts as their runners report them, what a workflow path sent, the state of its run (RULES R5), and stopping one.
An attempt is immutable: its end is recorded once.
*/
import {wall} from '../../../text/time.ts';
import {gateOf} from '../../due/gate-verdict.ts';
import {endsWithRunner} from '../../due/next-command.ts';
import {stageOf} from '../../due/schedule.ts';
import {advance} from '../../evolve/evolve.ts';
import {type AttemptRef, attemptKey, isStage, pathIn, rowIn} from '../../model/attempt-target.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Attempt, State} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {listed, needWords, refuse} from '../refusal.ts';
import {afterVerdict} from './consequences.ts';
import {nextPath, start, unavailable, unfinished, unresolved} from './path.ts';
import {reasonFor} from './plan.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';

/** The attempt while it runs. */
const openAttempt = (state: State, ref: AttemptRef): Attempt | Refusal => {
	const attempt = state.attempts[attemptKey(ref)];
	if (!attempt) return refuse('unknown-attempt', `There is no attempt ${attemptKey(ref)}.`, 'Run it again.');
	return attempt.ended
		? refuse(
				'attempt-ended',
				`${attemptKey(ref)} ended at ${wall(attempt.ended.at)}: ${attempt.ended.outcome}.`,
				'Run it again for a new attempt.',
			)
		: attempt;
};

/** Decides on the attempt while it runs. */
export const whileOpen = (state: State, ref: AttemptRef, decision: (attempt: Attempt) => Decision): Decision => {
	const attempt = openAttempt(state, ref);
	return 'refused' in attempt ? attempt : decision(attempt);
};

const why = {
	pass: null,
	fail: null,
	unknown: null,
	lost: 'its runner is gone without a result',
	stopped: 'it was stopped',
} as const;

/** It passed, and how its stage went is still for people to say. */
const leavesOpen = (state: State, {target, outcome}: CommandData['end'], {runbook}: RuleContext): boolean => {
	const stage = runbook.stages.find(({id}) => isStage(target, id));
	return outcome === 'pass' && stage !== undefined && state.stages[stage.id]?.ended == null && !endsWithRunner(stage);
};

/** Gates that this attempt was judging when it ended could not be judged. */
export const unjudged = (state: State, data: CommandData['end']): readonly Event[] =>
	Object.entries(state.gates)
		.filter(([, gate]) => gate.judging !== null && attemptKey(gate.judging) === attemptKey(data))
		.flatMap(([id, gate]): readonly Event[] => {
			const reason = data.reason ?? why[data.outcome] ?? 'its attempt ended without a verdict';
			return [
				{
					type: 'judged',
					data: {
						gate: id,
						attempt: gate.attempts,
						verdict: 'unknown',
						reason,
						head: null,
						files: {},
						until: null,
						log: data.log,
					},
				},
				...afterVerdict(state, id, 'unknown', reason),
			];
		});

/** After the end of T0's attempt or of a rollback path, the next path may be due. */
const rollsOn = (state: State, ended: Event, asked: RuleContext): readonly Event[] =>
	state.status === 'rolling-back' ? nextPath(advance(state, [ended], asked)) : [];

const running = (state: State, asked: RuleContext, target: string): Attempt | Refusal => {
	const row = gateOf(asked.runbook, target)?.id ?? stageOf(asked.runbook, target)?.id;
	if (row === undefined) return unknown('gate or stage', target, [...asked.runbook.gates, ...asked.runbook.stages]);
	const judging = state.gates[row]?.judging;
	const attempt = Object.values(state.attempts).find(
		known =>
			known.ended === null && (judging ? attemptKey(known) === attemptKey(judging) : rowIn(known.target) === row),
	);
	return attempt ?? refuse('nothing-runs', `${row} does not run.`, 'Nothing to do.');
};

export const attemptRules = {
	beginStep: (state, data) => whileOpen(state, data, () => [{type: 'stepBegun', data}]),
	endStep: (state, data) =>
		whileOpen(state, data, ({steps}) =>
			steps.some(step => step.name === data.step && step.ended === null)
				? [{type: 'stepEnded', data}]
				: refuse('unknown-step', `Step ${data.step} does not run.`, 'Begin it first.'),
		),
	end: (state, data, asked) =>
		whileOpen(state, data, () => {
			const ended: Event = {type: 'ended', data: leavesOpen(state, data, asked) ? {...data, open: true} : data};
			return [ended, ...unjudged(state, data), ...rollsOn(state, ended, asked)];
		}),
	stop: (state, {target, reason}, asked) => {
		const attempt = running(state, asked, target);
		if ('refused' in attempt) return attempt;
		if (attempt.stop)
			return refuse(
				'already-stopping',
				`${attempt.stop.by.name} stopped it at ${wall(attempt.stop.at)}.`,
				'Wait for its end.',
			);
		const offset = stageOf(asked.runbook, rowIn(attempt.target) ?? '')?.offsetSeconds ?? -1;
		const no =
			reasonFor(reason, 'a stop') ??
			(offset >= 0
				? needWords(asked.confirm, ['CANCEL'], `This ends ${listed([attemptKey(attempt)])} with all that it runs`)
				: null);
		return no ?? [{type: 'stopAsked', data: {target: attempt.target, attempt: attempt.attempt, reason}}];
	},
	/** Once all of it is gone, the path that waited for it begins, under the word that was typed. */
	recordLeftovers: (state, data, asked) => {
		const known = state.attempts[attemptKey(data)]?.ended?.still ?? [];
		if (data.still.length >= known.length) return refuse('nothing-left', 'Nothing of it has ended.', 'Nothing to do.');
		const reported: Event = {type: 'leftoversRecorded', data};
		return [reported, ...rollsOn(state, reported, asked)];
	},
	recordLate: (_, data) => [{type: 'arrivedLate', data}],
	recordWatcherLost: (_, data) => [{type: 'watcherLost', data}],
	recordNotificationFailed: (_, data) => [{type: 'notificationFailed', data}],
	recordOnCall: (_, data) => [{type: 'onCallFound', data}],
	recordNotificationsRestored: (state, data) =>
		Object.hasOwn(state.notNotified, data.to)
			? [{type: 'notificationsRestored', data}]
			: refuse('nothing-left', `Everything arrived at ${data.to}.`, 'Nothing to do.'),
	/** At most one dispatch a rollback: what was begun once, by whichever attempt, is never sent again. */
	beginDispatch: (state, data) =>
		whileOpen(state, data, ({stop, dispatch}) => {
			if (stop) return refuse('cancelled', 'The path was cancelled before it was sent.', 'Nothing to do.');
			return dispatch === null
				? [{type: 'dispatching', data}]
				: refuse(
						'already-dispatched',
						`${dispatch.workflow} was dispatched${dispatch.run === null ? '' : `, run ${dispatch.run}`}.`,
						'Look its run up.',
					);
		}),
	answerDispatch: (state, data) =>
		whileOpen(state, data, ({dispatch}) =>
			dispatch ? [{type: 'dispatched', data}] : refuse('not-dispatched', 'Nothing was sent.', 'Send it first.'),
		),
	recordRun: (state, data) => whileOpen(state, data, () => [{type: 'runUpdated', data}]),
	recordRunUnreachable: (state, data) => whileOpen(state, data, () => [{type: 'runUnreachable', data}]),
	/** Nothing is sent: a run that may be ours is watched, also one whose cancellation was not confirmed. */
	adoptRun: (state, {run}, {runbook, observed}) => {
		const {status, rollback} = state;
		const isBack = status === 'rolling-back' || status === 'rollback-failed';
		const isOpen = isBack && rollback?.pathEnded === null && unfinished(state).length === 0;
		const attempt = isOpen ? unresolved(state) : null;
		const name = attempt && pathIn(attempt.target);
		if (!attempt?.dispatch || name === null)
			return refuse('run-known', 'Nothing was dispatched whose run is unknown.', 'Nothing to do.');
		const why = unavailable(runbook, name, observed);
		if (why !== null) return refuse('no-token', `It cannot be watched: ${why}.`, 'Name it where the token is set.');
		const {target, attempt: number} = attempt;
		const adopted: Event = {type: 'runAdopted', data: {target, attempt: number, run}};
		return [adopted, start(state, name, true)];
	},
} satisfies Partial<Rules>;
