/*
The outage clock of one trigger: a pure fold over samples. No timer, no clock, no memory beyond the samples, so a watcher
that was killed folds them again and gets the same instants; the time it missed is a hole. An unknown sample, one of an
endpoint that is not watched, and one that is not newer than its endpoint's newest (a second watcher) change nothing.
*/

import {type Endpoint, ended, failed, good, unseenEndpoint} from './endpoint.ts';
import type {Fact} from './fact.ts';
import {flapping} from './flapping.ts';
import {type Judged, judge} from './judge.ts';
import {latestReached, type Placed, place, reached} from './monotonic-time.ts';
import {idOf, type Mark, type Moment, type Sample} from './sample.ts';
import {type Clock, unsampled} from './state.ts';
import type {Watch, Watched} from './watch.ts';

/** Armings that this sample is at or after take effect: clocks count from there, and what fired before is answered. */
function arming(clock: Clock, placed: Placed, sample: Sample): Clock {
	const [next, ...ahead] = clock.ahead;
	if (next === undefined) return clock;
	const armed = reached(next, clock.monotonicTime, placed, sample);
	if (armed === null) return clock;
	const endpoints = Object.entries(clock.endpoints).map(([name, endpoint]) => {
		const outage = endpoint.outage && {...endpoint.outage, unseenArmed: 0};
		return [name, {...endpoint, outage, flapping: false}] as const;
	});
	const again = {...clock, armed, ahead, endpoints: Object.fromEntries(endpoints), warned: [], fired: null};
	return arming(again, placed, sample);
}

/** The clock as if it had known of these armings from the first sample on; null where it may have reached one of them. */
export const armedLater = (clock: Clock, armings: readonly {readonly at: number}[]): Clock | null =>
	armings.every(({at}) => at > clock.reached) ? {...clock, ahead: [...clock.ahead, ...armings]} : null;

/** Within a boot by its clock; the first of a new boot is newer, even where the axis stood still meanwhile. */
const isNewer = (tau: number, {boot}: Sample, last: Mark | null): boolean =>
	last === null || last.boot !== boot || tau > last.tau;

/** What happened to the endpoint itself, its trigger armed or not. */
function noticed(was: Endpoint, now: Endpoint, watched: Watched, mark: Mark): readonly Fact[] {
	const {name} = watched;
	const {at, id} = mark;
	const over = was.outage !== null && now.outage === null ? ended(name, was, mark, watched) : null;
	const began: readonly Fact[] =
		was.outage === null && now.outage !== null ? [{kind: 'began', at, endpoint: name, id}] : [];
	const confirmed: readonly Fact[] =
		now.outage?.confirmed === true && was.outage?.confirmed !== true
			? [{kind: 'confirmed', at, endpoint: name, start: now.outage.start.at}]
			: [];
	return [...began, ...confirmed, ...(over === null ? [] : [{kind: 'restored', at, ...over} as const])];
}

/** One sample further: the clock after it, and what it showed. */
export function step(watch: Watch, clock: Clock, sample: Sample): Judged {
	const watched = watch.endpoints.find(({name}) => name === sample.endpoint);
	if (watched === undefined || sample.verdict === 'unknown') return {clock, facts: []};
	const placed = place(clock.monotonicTime, sample);
	const last = clock.endpoints[watched.name]?.last ?? null;
	if (placed === null || !isNewer(placed.tau, sample, last)) return {clock, facts: []};
	const armed = arming(clock, placed, sample);
	const was = armed.endpoints[watched.name] ?? unseenEndpoint;
	const tau = Math.max(placed.tau, last?.tau ?? placed.tau);
	const mark = {tau, at: sample.at, boot: sample.boot, id: idOf(sample)};
	const isFail = sample.verdict === 'fail';
	const now = isFail
		? failed(was, mark, watched, watch.confirm, armed.armed)
		: good(was, mark, watched, watch.restore, armed.armed);
	const flaps = armed.armed === null ? null : flapping(now, watched, mark.tau);
	const advised: readonly Fact[] =
		flaps === null || was.flapping ? [] : [{kind: 'flapping', at: mark.at, endpoint: watched.name, ...flaps}];
	const reported = {...now, flapping: flaps !== null};
	const next = {
		...armed,
		reached: Math.max(clock.reached, latestReached(clock.monotonicTime, placed, sample)),
		monotonicTime: placed.monotonicTime,
		endpoints: {...armed.endpoints, [watched.name]: reported},
	};
	const stepped: readonly Fact[] =
		placed.stepped === null ? [] : [{kind: 'clock', at: sample.at, stepped: placed.stepped}];
	const {clock: judged, facts} = isFail ? judge(watch, next, mark) : {clock: next, facts: []};
	return {clock: judged, facts: [...stepped, ...noticed(was, now, watched, mark), ...facts, ...advised]};
}

/** All of them, in the order in which they were recorded. `armings`: T0, then every standing down. */
export function fold(watch: Watch, armings: readonly Moment[], samples: Iterable<Sample>): Judged {
	const facts: Fact[] = [];
	let clock = unsampled(armings);
	for (const sample of samples) {
		const next = step(watch, clock, sample);
		clock = next.clock;
		for (const fact of next.facts) facts.push(fact);
	}
	return {clock, facts};
}
