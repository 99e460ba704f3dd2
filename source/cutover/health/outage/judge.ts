/*
Warn or fire: judged on a failed sample only, so that replay gives the same instant and no timer ever fires a trigger.
Each endpoint has a clock of its own; outages are counted side by side, never joined.
*/
import type {Endpoint, Outage} from './endpoint.ts';
import type {Fact, Fired, Part} from './fact.ts';
import type {Mark} from './sample.ts';
import type {Clock, Warned} from './state.ts';
import {sightMs, type Watch, type Watched} from './watch.ts';

/** An endpoint that is down: ms since its outage began or the trigger was armed, whichever is later. */
export type Down = {
	readonly watched: Watched;
	readonly endpoint: Endpoint;
	readonly outage: Outage;
	readonly elapsed: number;
};

const share = ({elapsed, watched}: Down): number => elapsed / watched.threshold;

/** Those in an outage, the most advanced first. */
export const downAt = (watch: Watch, clock: Clock, armed: number, tau: number): readonly Down[] =>
	watch.endpoints
		.flatMap(watched => {
			const endpoint = clock.endpoints[watched.name];
			if (!endpoint?.outage) return [];
			const elapsed = Math.max(0, tau - Math.max(endpoint.outage.start.tau, armed));
			return [{watched, endpoint, outage: endpoint.outage, elapsed}];
		})
		.toSorted((a, b) => share(b) - share(a));

/** It has known samples up to now. */
export const inSight = (watched: Watched, endpoint: Endpoint | undefined, tau: number): boolean =>
	endpoint?.last != null && tau - endpoint.last.tau <= sightMs(watched);

const past = ({elapsed, watched}: Down, strict: boolean): boolean =>
	strict ? elapsed > watched.threshold : elapsed >= watched.threshold;

const decides = (down: Down, watch: Watch, tau: number): boolean =>
	past(down, watch.strict) && down.endpoint.fails >= watch.confirm && inSight(down.watched, down.endpoint, tau);

const part = ({watched, outage, elapsed}: Down): Part => ({
	endpoint: watched.name,
	start: outage.start.at,
	elapsed,
	unobserved: outage.unseenArmed,
	first: outage.start.id,
	last: outage.lastFail.id,
});

function firing(watch: Watch, deciding: readonly Down[], mark: Mark): Fired | null {
	const last = deciding[watch.need - 1];
	if (last === undefined) return null;
	const {start, elapsed, unobserved, first} = part(last);
	return {at: mark.at, start, elapsed, unobserved, endpoints: deciding.map(part), first, last: mark.id};
}

/** The outages that were warned of go on. */
export const stillRuns = (clock: Clock, {outages}: Warned): boolean =>
	outages.every(([name, start]) => clock.endpoints[name]?.outage?.start.tau === start);

function warnings(watch: Watch, clock: Clock, down: readonly Down[]): readonly number[] {
	const decisive = down[watch.need - 1];
	if (decisive === undefined) return [];
	const snapshot = new Set(clock.warned.filter(warned => stillRuns(clock, warned)).map(({percent}) => percent));
	return watch.warn.filter(
		percent => !snapshot.has(percent) && decisive.elapsed * 100 >= percent * decisive.watched.threshold,
	);
}

export type Judged = {readonly clock: Clock; readonly facts: readonly Fact[]};

/** After a failed sample at this mark. Nothing while disarmed, and nothing more once fired. */
export function judge(watch: Watch, clock: Clock, mark: Mark): Judged {
	if (clock.armed === null || clock.fired !== null) return {clock, facts: []};
	const down = downAt(watch, clock, clock.armed, mark.tau);
	const fired = firing(
		watch,
		down.filter(each => decides(each, watch, mark.tau)),
		mark,
	);
	if (fired !== null) return {clock: {...clock, fired}, facts: [{kind: 'fired', ...fired}]};
	const reached = warnings(watch, clock, down);
	const decisive = down[watch.need - 1];
	if (reached.length === 0 || decisive === undefined) return {clock, facts: []};
	const outages = down.slice(0, watch.need).map(({watched, outage}) => [watched.name, outage.start.tau] as const);
	const {endpoint, start, elapsed} = part(decisive);
	return {
		clock: {
			...clock,
			warned: [
				...clock.warned.filter(warned => stillRuns(clock, warned)),
				...reached.map(percent => ({percent, outages})),
			],
		},
		facts: reached.map(percent => ({kind: 'warned', at: mark.at, percent, endpoint, start, elapsed})),
	};
}
