/* What the evidence says of the outages since T0. */
import {local, minutes} from '../../text/time.ts';
import type {State} from '../model/state.ts';

type Down = {readonly name: string; readonly since: number; readonly until: number | null};

const downText = ({name, since, until}: Down): string =>
	`${name} down ${local(since)} to ${until === null ? 'now' : `${local(until)} (${minutes(until - since)})`}`.trimStart();

/** Of a service that went up and down again and again; `at`: as far as the record goes. */
const together = (name: string, downs: readonly Down[], at: number): string => {
	const times = downs.map(({since, until}) => (until ?? at) - since);
	const [first, last] = [downs[0], downs.at(-1)];
	return `${name} down ${downs.length} times from ${local(first?.since ?? 0)} to ${last?.until ? local(last.until) : 'now'}, ${minutes(times.reduce((sum, time) => sum + time, 0))} in all, at most ${minutes(Math.max(...times))}`.trimStart();
};

const mostSingle = 6;

/** Every outage since T0, fired or not (RULES T1): by samples, or by the clock that people ran. */
export const outages = (state: State): string | null => {
	const {t0Started} = state;
	// Before T0 an outage is of the old release, and no field of the evidence.
	const measured = state.outages
		.filter(({until}) => t0Started !== null && (until === null || until > t0Started))
		.map(({endpoint, since, until}): Down => ({name: endpoint, since, until}));
	const byHand = Object.values(state.triggers).flatMap(({outages: ended, down}): readonly Down[] => [
		...ended.map(({start, end}) => ({name: '', since: start, until: end})),
		...(down ? [{name: '', since: down.since, until: null}] : []),
	]);
	const all = [...measured, ...byHand];
	if (all.length === 0) return null;
	const texts =
		all.length <= mostSingle
			? all.map(downText)
			: [...Map.groupBy(all, ({name}) => name)].map(([name, downs]) => together(name, downs, state.at));
	return `outages since T0: ${texts.join(', ')}`;
};
