/** The roll calls: go/no-go before T0 (RULES D), keep at the end (RULES E3). A vote starts nothing. */
import {sameName} from '../../../text/same-name.ts';
import {instant, stamp, wall} from '../../../text/time.ts';
import {endsBeforeT0, verdictOf} from '../../due/gate-verdict.ts';
import {graceMs, plannedAt, stageOfKind} from '../../due/schedule.ts';
import type {Early} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Stage} from '../../model/runbook.ts';
import type {Poll, State, Vote} from '../../model/state.ts';
import {fields, instead, listed, needWords, refuse, statusWord} from '../refusal.ts';
import {hold} from './consequences.ts';
import {keepForbidden} from './keep.ts';
import {beforeT0, reasonFor} from './plan.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {notTwoPeople} from './two-people.ts';
import {outsideReason, t0Outside, withWindowWord} from './window.ts';

/** Null where the stage is due, or where going early is said with a reason. */
export const inTime = (state: State, stage: Stage, {early, reason}: Early, at: number): Refusal | null => {
	const planned = plannedAt(state, stage);
	if (at >= planned - graceMs) return null;
	if (early && reason?.trim()) return null;
	return refuse(
		'too-early',
		`${stage.id} is planned for ${wall(planned)}.`,
		'Wait, or start early with a reason.',
		fields('early', 'reason'),
	);
};

/** The reason for going early, where one went early. */
export const earlyReason = (state: State, stage: Stage, {early, reason}: Early, at: number): string | null =>
	early && at < plannedAt(state, stage) - graceMs ? reason : null;

const notPassing = (state: State, {runbook, at, observed}: RuleContext): Refusal | null => {
	const open = runbook.gates
		.map(gate => ({id: gate.id, ...verdictOf(state, gate, at, observed)}))
		.filter(({verdict}) => verdict !== 'pass')
		.map(({id, verdict, reason}) => `${id} is ${verdict}${reason === null ? '' : ` (${reason})`}`);
	return open.length === 0
		? null
		: refuse(
				'gates-not-passed',
				`${listed(open)}.`,
				`Run or answer ${open.length === 1 ? 'it' : 'them'} until every gate is PASS.`,
			);
};

const expiring = (state: State, {runbook}: RuleContext): Refusal | null => {
	const ending = runbook.gates.filter(({id}) => endsBeforeT0(state, state.gates[id]?.judgement?.until ?? null));
	const first = ending[0];
	if (!first) return null;
	return refuse(
		'verdict-expires',
		`${listed(ending.map(gate => gate.id))} would end before T0 (${first.id} at ${wall(state.gates[first.id]?.judgement?.until ?? 0)}).`,
		`Run ${listed(ending.map(gate => gate.id))} again nearer to T0.`,
	);
};

const twice = (state: State, poll: Poll | null, vote: 'go' | 'keep', {by, runbook}: RuleContext): Refusal | null => {
	const votes = Object.values(poll?.votes ?? {});
	const mine = votes.find(given => given.role === by.role && given.vote === vote);
	if (mine)
		return refuse(
			'already-voted',
			`${mine.by.name} voted ${mine.vote} for ${mine.role} at ${wall(mine.at)}.`,
			'Nothing to do: the vote stands.',
		);
	const other = state.people && votes.find(given => sameName(given.by.name, by.name) && given.role !== by.role);
	if (!other)
		return notTwoPeople(
			runbook,
			by,
			votes.filter(given => given.vote === vote).map(given => given.by),
		);
	const role = by.role ?? 'the role';
	const hasOthers = state.people?.[role]?.some(name => !sameName(name, by.name)) ?? true;
	return refuse(
		'two-people',
		`${by.name} voted for ${other.role} already.`,
		hasOthers ? `Another holder of ${role} votes.` : `Hand ${role} over to somebody else, who then votes.`,
		hasOthers ? {} : instead('handRole', role, 'to'),
	);
};

/** Every owner has said it, with who says it now. */
const complete = (stage: Stage, poll: Poll | null, vote: 'go' | 'keep', {by}: RuleContext): boolean =>
	stage.owners.every(owner => owner === (by.role ?? by.name) || poll?.votes[owner]?.vote === vote);

const voted = (
	stage: Stage,
	vote: Vote['vote'],
	{by}: RuleContext,
	reason: string | null,
	early: string | null,
	outside: string | null = null,
): Event => ({
	type: 'voted',
	data: {
		stage: stage.id,
		vote,
		role: by.role ?? by.name,
		reason,
		early,
		...(outside === null ? {} : {outsideWindow: reason ?? ''}),
	},
});

const decisionStage = ({runbook}: RuleContext): Stage | Refusal =>
	stageOfKind(runbook, 'decision') ??
	refuse(
		'no-decision-stage',
		'The runbook has no stage before T0 that decides.',
		'Add a go/no-go row to its timeline.',
	);

const closingStage = ({runbook}: RuleContext): Stage | Refusal =>
	stageOfKind(runbook, 'closing') ??
	refuse(
		'no-closing-stage',
		'The runbook has no stage after T0 that closes.',
		'Nobody is asked to keep it: close the cutover, or roll back.',
		instead('close'),
	);

const go = (state: State, data: Early, asked: RuleContext): Decision => {
	const stage = decisionStage(asked);
	if ('refused' in stage) return stage;
	if (state.status === 'hold')
		return refuse(
			'on-hold',
			`The cutover is on HOLD: ${state.hold?.reason ?? ''}.`,
			'Fix the cause and confirm T0.',
			instead('t0'),
		);
	if (state.status === 'go')
		return refuse(
			'poll-closed',
			`Go was given at ${wall(state.goGiven?.at ?? state.at)}.`,
			'Begin T0 when it is time.',
		);
	const outside = t0Outside(state, Math.max(state.t0, asked.at), asked);
	const no =
		beforeT0(state) ??
		notPassing(state, asked) ??
		expiring(state, asked) ??
		inTime(state, stage, data, asked.at) ??
		twice(state, state.polls.go, 'go', asked) ??
		outsideReason(outside, data.reason, 'Set another T0') ??
		needWords(
			asked.confirm,
			withWindowWord(['GO'], outside),
			`${outside === null ? '' : `${outside}. `}This is the vote of ${asked.by.role ?? asked.by.name} for T0 ${wall(state.t0)}; it is recorded`,
		);
	if (no) return no;
	const last: Event = {type: 'goGiven', data: {stage: stage.id, t0: stamp(state.t0)}};
	return [
		voted(stage, 'go', asked, data.reason, earlyReason(state, stage, data, asked.at), outside),
		...(complete(stage, state.polls.go, 'go', asked) ? [last] : []),
	];
};

const noGo = (state: State, {reason}: Early, asked: RuleContext): Decision => {
	const stage = decisionStage(asked);
	if ('refused' in stage) return stage;
	const no = beforeT0(state) ?? reasonFor(reason, 'a no-go');
	if (no) return no;
	if (state.status === 'hold')
		return refuse('already-on-hold', `The cutover is on HOLD: ${state.hold?.reason ?? ''}.`, 'Add a note instead.');
	const vote = voted(stage, 'no-go', asked, reason, null);
	return [
		vote,
		...hold(state, {
			cause: 'no-go',
			on: stage.id,
			reason: `no-go by ${asked.by.name} (${asked.by.role ?? 'no role'}): ${reason ?? ''}`,
		}),
	];
};

const keep = (state: State, data: Early, asked: RuleContext): Decision => {
	const stage = closingStage(asked);
	if ('refused' in stage) return stage;
	const no =
		keepForbidden(state, data.reason, asked) ??
		inTime(state, stage, data, asked.at) ??
		twice(state, state.polls.keep, 'keep', asked) ??
		needWords(
			asked.confirm,
			['KEEP'],
			`This is the vote of ${asked.by.role ?? asked.by.name} to keep the release; it is recorded`,
		);
	if (no) return no;
	return [
		voted(stage, 'keep', asked, data.reason, earlyReason(state, stage, data, asked.at)),
		...(complete(stage, state.polls.keep, 'keep', asked) ? [{type: 'kept', data: {stage: stage.id}} as const] : []),
	];
};

const votes = {go, 'no-go': noGo, keep} satisfies Record<
	Vote['vote'],
	(state: State, data: Early, asked: RuleContext) => Decision
>;

export const pollRules = {
	vote: (state, data, asked) => votes[data.vote](state, data, asked),
	extend: (state, {until, reason}, asked) => {
		const stage = closingStage(asked);
		if ('refused' in stage) return stage;
		if (state.status !== 'observing')
			return refuse(
				'not-observing',
				`The status is ${statusWord(state.status)}.`,
				'Extend between the pass of T0 and the decision.',
			);
		const no = reasonFor(reason, 'an extension');
		if (no) return no;
		const planned = plannedAt(state, stage);
		if (instant(until) <= Math.max(planned, asked.at))
			return refuse(
				'bad-extension',
				`${stage.id} is planned for ${wall(planned)}, and it is ${wall(asked.at)}.`,
				'Name a later time.',
			);
		return [{type: 'extended', data: {stage: stage.id, until, reason}}];
	},
} satisfies Partial<Rules>;
