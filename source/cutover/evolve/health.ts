/** What samples showed: outages, warnings, advice; and what people reported of things no probe can see. */
import {instant} from '../../text/time.ts';
import {newsKey} from '../health/news.ts';
import type {Event} from '../model/event.ts';
import type {MeasuredOutage, State} from '../model/state.ts';
import {change} from './change.ts';
import type {Evolvers} from './evolver.ts';

/** Remembers that the journal holds this fact. */
export const remember = (state: State, event: Event): State => {
	const key = newsKey(event);
	return key === null ? state : {...state, reported: {...state.reported, [key]: true}};
};

const isSame =
	(endpoint: string, since: number) =>
	(outage: MeasuredOutage): boolean =>
		outage.endpoint === endpoint && outage.since === since;

export const healthEvolvers = {
	outageBegan: (state, data) => ({
		...remember(state, {type: 'outageBegan', data}),
		outages: [
			...state.outages,
			{
				endpoint: data.endpoint,
				critical: data.critical,
				since: instant(data.since),
				until: null,
				seconds: null,
				unseenSeconds: 0,
			},
		],
	}),
	outageEnded: (state, data) => {
		const since = instant(data.since);
		const over: MeasuredOutage = {
			endpoint: data.endpoint,
			critical: data.critical,
			since,
			until: instant(data.until),
			seconds: data.seconds,
			unseenSeconds: data.unseenSeconds,
		};
		const known = state.outages.some(isSame(data.endpoint, since));
		return {
			...remember(state, {type: 'outageEnded', data}),
			outages: known
				? state.outages.map(outage => (isSame(data.endpoint, since)(outage) ? over : outage))
				: [...state.outages, over],
		};
	},
	warned: (state, data) =>
		change(remember(state, {type: 'warned', data}), 'triggers', data.trigger, was => ({
			...was,
			warned: {percent: data.percent, at: instant(data.at)},
		})),
	flapped: (state, data) => remember(state, {type: 'flapped', data}),
	endpointAttested: (state, data, {at, by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			observed: [...was.observed, {at, by, reason: data.reason, endpoint: data.endpoint, up: data.up}],
		})),
} satisfies Partial<Evolvers>;
