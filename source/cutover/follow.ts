/*
What follows from time and from what the shell has seen, without anybody's command: the fall of a go, the hold for
changed bytes, the firing of an outage clock, proof that did not come in time. Appended by the watcher, or by the next
acting verb before it decides (RULES C1, D3).
*/
import {durationText} from '../text/time.ts';
import type {Context} from './command.ts';
import type {Event} from './event.ts';
import {advance} from './evolve.ts';
import {listed} from './refusal.ts';
import {fall, hasVotes, hold} from './rules/consequences.ts';
import {outageFires} from './rules/outage.ts';
import type {Runbook} from './runbook.ts';
import {attemptKey, type State} from './state.ts';
import {exceeds} from './triggers.ts';
import {changedBytes, verdictOf} from './verdict.ts';

type Follower = (state: State, context: Context, runbook: Runbook) => readonly Event[];

const beforeT0 = (state: State): boolean =>
	state.status === 'preparing' || state.status === 'go' || state.status === 'hold';

const bytesChanged: Follower = (state, {seen}) => {
	const changed = beforeT0(state) ? changedBytes(state, seen) : [];
	return changed.length === 0
		? []
		: hold(state, {cause: 'bytes', on: changed[0] ?? null, reason: `${listed(changed)} changed since the approval`});
};

const wentStale: Follower = (state, {at, seen}, runbook) => {
	if (!beforeT0(state) || state.status === 'hold' || !hasVotes(state)) return [];
	const stale = runbook.gates
		.map(gate => ({id: gate.id, ...verdictOf(state, gate, at, seen)}))
		.find(({verdict}) => verdict === 'stale');
	return stale
		? fall(state, {cause: 'stale', on: stale.id, reason: `${stale.id} is stale: ${stale.reason ?? ''}`})
		: [];
};

const armed = (state: State): boolean =>
	state.rollback === null && (state.status === 'executing' || state.status === 'observing' || state.status === 'kept');

const outagePast: Follower = (state, {at}, runbook) => {
	if (!armed(state)) return [];
	return runbook.triggers.flatMap(trigger => {
		const was = state.triggers[trigger.id];
		return trigger.kind === 'outage' && was && exceeds(trigger, was, at) ? outageFires(state, trigger, was, at) : [];
	});
};

/** From the end of the last path, good or unknown. */
const proofFrom = (state: State): number | null => {
	const {rollback} = state;
	if (state.status !== 'rolling-back' || !rollback) return null;
	const last = rollback.tried.at(-1);
	const ended = last && state.attempts[attemptKey(last)]?.ended;
	return rollback.pathEnded ?? (ended?.outcome === 'lost' ? ended.at : null);
};

/** When proof must be there, in ms; null while none is awaited. */
export const proveBy = (state: State): number | null => {
	const from = proofFrom(state);
	return from === null ? null : from + (state.runbook?.rollback?.proveSeconds ?? 600) * 1000;
};

const notProved: Follower = (state, {at}, runbook) => {
	const by = proveBy(state);
	if (by === null || at <= by) return [];
	return [
		{
			type: 'rollbackFailed',
			data: {reason: `not proved within ${durationText(runbook.rollback?.proveSeconds ?? 600)} of the end of the path`},
		},
	];
};

const followers: readonly Follower[] = [bytesChanged, wentStale, outagePast, notProved];

/** Events that the state owes to time; each sees what the one before it did. */
export const follow = (state: State, context: Context): readonly Event[] => {
	const {runbook} = state;
	if (runbook === null || state.closed) return [];
	const step = (before: {state: State; events: readonly Event[]}, follower: Follower) => {
		const events = follower(before.state, context, runbook);
		const meta = {at: context.at, by: context.by, cause: 'time'};
		return {
			state: events.reduce((next, event) => advance(next, event, meta), before.state),
			events: [...before.events, ...events],
		};
	};
	return followers.reduce(step, {state, events: []}).events;
};
