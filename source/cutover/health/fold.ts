/*
All that the samples of a cutover say, folded one by one: outages of every endpoint, the clock of each outage trigger, and
a trail of each endpoint. Pure, and of constant size but for the outages themselves: who reads the same samples with the
same armings knows the same.
*/
import type {Event} from '../model/event.ts';
import type {State} from '../model/state.ts';
import {type EndpointHistory, emptyHistory, goOn, type Turn} from './endpoint-history.ts';
import {newsOfAll, newsOfTrigger} from './news.ts';
import type {Fact} from './outage/fact.ts';
import {armedLater, step} from './outage/fold.ts';
import type {Sample} from './outage/sample.ts';
import {type Clock, unsampled} from './outage/state.ts';
import type {HealthPlan} from './plan.ts';

/** When the triggers were armed, ms since the epoch: T0, then for each its standings down. */
export type Armings = {readonly t0: number | null; readonly again: Readonly<Record<string, readonly number[]>>};

export type HealthFold = {
	readonly plan: HealthPlan;
	readonly armings: Armings;
	readonly all: Clock;
	readonly clocks: Readonly<Record<string, Clock>>;
	readonly trails: Readonly<Record<string, EndpointHistory>>;
	/** What the journal is to hold of it, oldest first. */
	readonly news: readonly Event[];
	/** The latest time of a sample, ms since the epoch. */
	readonly latest: number;
};

/** The armings as the journal tells them. */
export const armingsOf = ({t0Started, triggers}: State): Armings => ({
	t0: t0Started,
	again: Object.fromEntries(
		Object.entries(triggers).flatMap(([id, {rearmedAt}]) => (rearmedAt.length === 0 ? [] : [[id, rearmedAt]])),
	),
});

const moments = ({t0, again}: Armings, id: string): readonly {readonly at: number}[] =>
	t0 === null ? [] : [t0, ...(again[id] ?? [])].map(at => ({at}));

/** Before any sample. */
export const unreported = (plan: HealthPlan, armings: Armings): HealthFold => ({
	plan,
	armings,
	all: unsampled(),
	clocks: Object.fromEntries(plan.triggers.map(({id}) => [id, unsampled(moments(armings, id))])),
	trails: Object.fromEntries(plan.endpoints.map(({name}) => [name, emptyHistory])),
	news: [],
	latest: 0,
});

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The fold with these armings, as if all samples were folded anew with them; null where they have to be. */
export function rearmed(fold: HealthFold, armings: Armings): HealthFold | null {
	const {plan, armings: before, latest} = fold;
	if (isSame(before, armings)) return fold;
	if (armings.t0 === null || (armings.t0 !== before.t0 && (before.t0 !== null || armings.t0 <= latest))) return null;
	const clocks: Record<string, Clock> = {};
	for (const {id} of plan.triggers) {
		const [known, all] = [moments(before, id), moments(armings, id)];
		if (!isSame(known, all.slice(0, known.length))) return null;
		const clock = armedLater(fold.clocks[id] ?? unsampled(), all.slice(known.length));
		if (clock === null) return null;
		clocks[id] = clock;
	}
	return {...fold, armings, clocks};
}

/** What the facts of all endpoints say of this one's state. */
const turnIn = (facts: readonly Fact[]): Turn | null => {
	for (const fact of facts) {
		if (fact.kind === 'began') return {state: 'down', at: fact.at};
		if (fact.kind === 'restored') return {state: 'up', at: fact.end};
	}
	return null;
};

/** Newer than what is known of its endpoint, within a boot: a second watcher's samples change nothing. */
const isNews = (last: Sample | null, {boot, up}: Sample): boolean =>
	last === null || last.boot !== boot || up > last.up;

/** One sample further. */
export function advanceHealth(fold: HealthFold, sample: Sample): HealthFold {
	const {plan, armings} = fold;
	const endpoint = plan.endpoints.find(({name}) => name === sample.endpoint);
	const watched = plan.all.endpoints.find(({name}) => name === sample.endpoint);
	const history = fold.trails[sample.endpoint];
	if (!endpoint || !watched || !history || !isNews(history.last, sample)) return fold;
	const all = step(plan.all, fold.all, sample);
	const triggers = plan.triggers.map(({id, watch}) => ({id, ...step(watch, fold.clocks[id] ?? unsampled(), sample)}));
	const news = [...newsOfAll(all.facts, endpoint), ...triggers.flatMap(({id, facts}) => newsOfTrigger(facts, id))];
	return {
		...fold,
		all: all.clock,
		clocks: Object.fromEntries(triggers.map(({id, clock}) => [id, clock])),
		trails: {...fold.trails, [endpoint.name]: goOn(history, sample, watched, turnIn(all.facts), armings.t0)},
		news: news.length === 0 ? fold.news : [...fold.news, ...news],
		latest: Math.max(fold.latest, sample.at),
	};
}
