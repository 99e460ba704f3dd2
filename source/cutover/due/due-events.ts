/*
What follows from time and from what the shell has seen, without anybody's command: the fall of a go, the hold for
changed bytes, the firing of an outage clock, proof that did not come in time. Appended by the watcher, or by the next
acting verb before it decides (RULES C1, D3).
*/

import {durationText, instant} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {fall, hasVotes, hold} from '../decide/rules/consequences.ts';
import {keepFalls, outageFires} from '../decide/rules/outage.ts';
import {unknownPath} from '../decide/rules/path.ts';
import {advance} from '../evolve/evolve.ts';
import {criticalThat} from '../health/endpoint-state.ts';
import {newsKey} from '../health/news.ts';
import {asksPerson, healthProof, settlings} from '../health/proof.ts';
import type {Context} from '../model/command.ts';
import type {Event} from '../model/event.ts';
import {proofOf, type Runbook, type Trigger} from '../model/runbook.ts';
import {isBeforeT0, type State} from '../model/state.ts';
import {changedBytes, changesText, verdictOf} from './gate-verdict.ts';
import {canFire, exceeds} from './triggers.ts';

type Follower = (state: State, context: Context, runbook: Runbook) => readonly Event[];

const bytesChanged: Follower = (state, {observed}) => {
	const changed = isBeforeT0(state.status) ? changedBytes(state, observed) : [];
	return changed.length === 0
		? []
		: hold(state, {
				cause: 'bytes',
				on: changed[0] ?? null,
				reason: `changed since the approval: ${changesText(state, observed)}`,
			});
};

const wentStale: Follower = (state, {at, observed}, runbook) => {
	if (!isBeforeT0(state.status) || state.status === 'hold' || !hasVotes(state)) return [];
	const stale = runbook.gates
		.map(gate => ({id: gate.id, ...verdictOf(state, gate, at, observed)}))
		.find(({verdict}) => verdict === 'stale');
	return stale
		? fall(state, {cause: 'stale', on: stale.id, reason: `${stale.id} is stale: ${stale.reason ?? ''}`})
		: [];
};

const outagePast =
	(trigger: Trigger): Follower =>
	(state, {at}) => {
		const was = state.triggers[trigger.id];
		return trigger.kind === 'outage' && was && canFire(state) && exceeds(trigger, was, at)
			? outageFires(state, trigger, was, at)
			: [];
	};

/** Of a trigger that is armed and has not fired, since it was armed last. */
const counts = (state: State, id: string, at: number): boolean => {
	const was = state.triggers[id];
	return canFire(state) && was !== undefined && was.fired === null && was.armedAt !== null && at > was.armedAt;
};

const isNews = (state: State, event: Event): boolean => {
	const key = newsKey(event);
	if (key === null || state.reported[key]) return false;
	if (event.type === 'warned' || event.type === 'flapped')
		return counts(state, event.data.trigger, instant(event.data.at));
	if (event.type !== 'fired') return true;
	return counts(state, event.data.trigger, instant(event.data.measured?.at ?? event.data.since));
};

/** What the samples show and the journal does not hold yet; a firing withdraws the keep votes. */
const healthEvent =
	(event: Event): Follower =>
	state => {
		if (!isNews(state, event)) return [];
		return event.type === 'fired' ? [event, ...keepFalls(state, `trigger ${event.data.trigger} fired`)] : [event];
	};

/** A keep vote falls when an outage begins or an endpoint turns blind (RULES E3). */
const keepShaken: Follower = (state, {observed, at}) => {
	const down = criticalThat(state, 'down', observed, at);
	if (down.length > 0) return keepFalls(state, `${listed(down)} down`);
	const blind = criticalThat(state, 'unknown', observed, at);
	return blind.length === 0 ? [] : keepFalls(state, `nobody can see ${listed(blind)}`);
};

/** From the end of the last path, good or unknown. */
const proofFrom = (state: State): number | null => {
	const {rollback} = state;
	if (state.status !== 'rolling-back' || !rollback) return null;
	return rollback.pathEnded ?? unknownPath(state)?.ended?.at ?? null;
};

/** When proof must be there, in ms; null while none is awaited. */
export const proveBy = (state: State): number | null => {
	const from = proofFrom(state);
	return from === null ? null : from + proofOf(state.runbook).proveSeconds * 1000;
};

/** Health proves it, also late; where people confirmed the cause, one of them says first that it is over (RULES R6). */
const provedByHealth: Follower = (state, {observed, at}) => {
	const {rollback} = state;
	const awaits = state.status === 'rolling-back' || state.status === 'rollback-failed';
	if (!awaits || rollback === null || (asksPerson(state) && rollback.impactOver === null)) return [];
	const note = healthProof(state, observed, at);
	return note === null ? [] : [{type: 'proved', data: {note}}];
};

const missing = (state: State, {observed, at}: Context): string => {
	const open = settlings(state, observed, at).filter(({proved}) => !proved);
	const person =
		asksPerson(state) && state.rollback?.impactOver === null ? ['nobody said that the impact is over'] : [];
	const why = [...open.map(({name, why: reason}) => `${name} ${reason ?? ''}`), ...person];
	return why.length === 0 ? '' : `: ${why.join(', ')}`;
};

const notProved: Follower = (state, context, runbook) => {
	const by = proveBy(state);
	if (by === null || context.at <= by) return [];
	const limit = durationText(proofOf(runbook).proveSeconds);
	const reason = `not proved within ${limit} of the end of the path${missing(state, context)}`;
	return [{type: 'rollbackFailed', data: {reason}}];
};

const followersOf = ({triggers}: Runbook, {health}: Context['observed']): readonly Follower[] => [
	bytesChanged,
	wentStale,
	...triggers.map(outagePast),
	...(health?.news ?? []).map(healthEvent),
	keepShaken,
	provedByHealth,
	notProved,
];

/** Events that time alone brings; each sees what the one before it did. */
export const dueEvents = (state: State, context: Context): readonly Event[] => {
	const {runbook} = state;
	if (runbook === null || state.closed) return [];
	const due: Event[] = [];
	let now = state;
	for (const follower of followersOf(runbook, context.observed)) {
		const events = follower(now, context, runbook);
		now = advance(now, events, context);
		due.push(...events);
	}
	return due;
};
