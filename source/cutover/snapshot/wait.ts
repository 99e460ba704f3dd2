/* Of a wait: since when it waits, and what comes after it. */
import {counted} from '../../text/counted.ts';
import {wallShort} from '../../text/time.ts';
import {closers, deciders, rollbackOwners} from '../decide/owners.ts';
import {isDecided} from '../due/schedule.ts';
import type {Runbook} from '../model/runbook.ts';
import type {NextTarget} from './next-step.ts';
import type {StageSnapshot} from './stages.ts';
import type {Whole} from './whole.ts';

/** What is due waits from its time on, but not from before it could be known, or done: since T0 was moved, go was given, T0 passed. */
const stageSince = ({state: {begun, t0Set, goGiven}, stages}: Whole, stage: StageSnapshot): number | null => {
	const {kind, state, ended, started, planned, offsetSeconds} = stage;
	if (state === 'failed' || state === 'lost') return ended ?? started;
	if (state !== 'due' && state !== 'overdue') return started;
	const go = kind === 'act' ? goGiven?.at : null;
	const t0Passed = offsetSeconds > 0 ? stages.find(each => each.kind === 'act')?.ended : null;
	return Math.max(planned, ...[begun?.at, t0Set?.at, go, t0Passed].map(time => time ?? planned));
};

/** When the outage of a trigger began, that of its question or of its firing; null where nothing of it is open. */
const triggerSince = ({triggers, at}: Whole, id: string): number | null => {
	const trigger = triggers.find(each => each.id === id);
	if (trigger === undefined) return null;
	const outage = trigger.outageSeconds === null ? null : at - trigger.outageSeconds * 1000;
	return trigger.firedAt ?? outage ?? trigger.askedAt;
};

/** Null where it has not begun to wait, or that is not known. */
export const sinceOf = (whole: Whole, target: NextTarget | null): number | null => {
	const {gates, poll, rollback, state} = whole;
	if (target === null) {
		if (state.status === 'hold') return state.hold?.at ?? null;
		// Once it is proved, what is left to do has not waited since the rollback began.
		return state.status === 'rolled-back' ? null : (rollback?.since ?? null);
	}
	if (target.kind === 'gate') return gates.find(({id}) => id === target.id)?.since ?? null;
	if (target.kind === 'trigger') return triggerSince(whole, target.id);
	if (target.kind === 'path' || target.kind === 'link') return rollback?.since ?? null;
	const stage = target.kind === 'stage' ? whole.stages[whole.places.get(target.id) ?? -1] : undefined;
	if (stage === undefined) return null;
	return (poll?.stage === stage.id ? poll.opened : null) ?? stageSince(whole, stage);
};

/** What comes then; `roles`: who alone decides it, empty where it is nobody's decision. */
type After = {readonly text: string; readonly roles: readonly string[]};

const fact = (text: string): After => ({text, roles: []});

const decision =
	(text: string, roles: (runbook: Runbook) => readonly string[]) =>
	({state: {runbook}}: Whole): After => ({text, roles: runbook === null ? [] : roles(runbook)});

const goOrNot = decision('go or no-go', deciders);
const keepOrNot = decision('keep or roll back', runbook => [...closers(runbook), ...rollbackOwners(runbook)]);
const release = decision('release the hold', deciders);
const close = decision('close the cutover', closers);

const begins = (whole: Whole, {id, kind}: StageSnapshot): After => {
	if (kind === 'decision') return goOrNot(whole);
	return kind === 'closing' ? keepOrNot(whole) : fact(id);
};

/** `T+10 at 22:10`: the first of these stages from this index on that has not started. */
const upcoming = (whole: Whole, stages: readonly StageSnapshot[], from = 0): After | null => {
	let at = from;
	while (at < stages.length && !['waiting', 'due', 'overdue'].includes(stages[at]?.state ?? '')) at++;
	const next = stages[at];
	if (next === undefined) return null;
	const after = begins(whole, next);
	return next.planned > whole.at ? {...after, text: `${after.text} at ${wallShort(next.planned)}`} : after;
};

const stageAfter = (whole: Whole, id: string): After | null =>
	upcoming(whole, whole.stages, (whole.places.get(id) ?? -1) + 1);

/** What is left of the records but this one. */
const recordsAfter = (whole: Whole, target: NextTarget | null): After => {
	const others = whole.signOffs.filter(
		({id, signed, notRecorded}) => !signed && notRecorded === null && id !== target?.id,
	);
	return others.length === 0 ? close(whole) : fact(counted(others.length, 'more sign-off'));
};

/** What is left once it is decided. */
const closing = (whole: Whole): After => (whole.signOffs.length === 0 ? close(whole) : fact('sign off and close'));

const afterT0 = (whole: Whole, target: NextTarget | null): After => {
	if (target?.kind === 'trigger') return fact(`the rollback, if trigger ${target.id} fires`);
	return (target?.kind === 'stage' ? stageAfter(whole, target.id) : null) ?? keepOrNot(whole);
};

const proof = fact('proof that the impact is over');

/** What comes once it is done; null where nothing does. */
export const afterOf = (
	whole: Whole,
	{act, target}: {readonly act: string | null; readonly target: NextTarget | null},
): After | null => {
	const {state} = whole;
	if (act === 'close' || state.status === 'closed') return null;
	if (act === 'keep') return closing(whole);
	if (act === 'rollback' || act === 'byHand' || act === 'cancel') return proof;
	if (state.status === 'rolling-back') return whole.rollback?.state === 'proof awaited' ? closing(whole) : proof;
	if (isDecided(state)) return target?.kind === 'trigger' ? afterT0(whole, target) : recordsAfter(whole, target);
	if (state.t0Started !== null || state.status === 'go') return afterT0(whole, target);
	if (state.status === 'hold') return act === 't0' ? goOrNot(whole) : release(whole);
	if (act === 'vote') return fact(state.t0 > whole.at ? `T0 at ${wallShort(state.t0)}` : 'T0');
	return upcoming(whole, whole.decisions) ?? goOrNot(whole);
};
