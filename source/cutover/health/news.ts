/*
Which facts of the outage clocks the journal holds, as events. A fact has its sample for a name, so that whoever folds the
samples again tells it once.
*/
import {minutes, stamp} from '../../text/time.ts';
import type {Endpoint} from '../model/endpoint.ts';
import type {Event} from '../model/event.ts';
import type {Fact, Fired} from './outage/fact.ts';

const seconds = (ms: number): number => ms / 1000;

const ofAll = (fact: Fact, {critical}: Endpoint): Event | null => {
	if (fact.kind === 'confirmed')
		return {type: 'outageBegan', data: {endpoint: fact.endpoint, critical, since: stamp(fact.start)}};
	// A clock that was set back is recorded by the journal itself, which then waits for it.
	if (fact.kind === 'clock')
		return fact.stepped > 0
			? {type: 'clockStepped', data: {from: stamp(fact.at - fact.stepped), to: stamp(fact.at)}}
			: null;
	if (fact.kind !== 'restored') return null;
	const {endpoint, start, end, lasted, atLeast, atMost, unobserved} = fact;
	return {
		type: 'outageEnded',
		data: {
			endpoint,
			critical,
			since: stamp(start),
			until: stamp(end),
			seconds: seconds(lasted),
			atLeastSeconds: seconds(atLeast),
			atMostSeconds: atMost === null ? null : seconds(atMost),
			unseenSeconds: seconds(unobserved),
		},
	};
};

/** "api down 10:15, 0:45 of it unseen". */
const partText = ({endpoint, elapsed, unobserved}: Fired['endpoints'][number]): string =>
	`${endpoint} down ${minutes(elapsed)}${unobserved === 0 ? '' : `, ${minutes(unobserved)} of it unseen`}`;

const fire = (trigger: string, {at, start, elapsed, unobserved, endpoints, first, last}: Fired): Event => ({
	type: 'fired',
	data: {
		trigger,
		facts: endpoints.map(partText),
		since: stamp(start),
		elapsedSeconds: seconds(elapsed),
		measured: {
			at: stamp(at),
			unseenSeconds: seconds(unobserved),
			endpoints: endpoints.map(part => ({
				endpoint: part.endpoint,
				since: stamp(part.start),
				elapsedSeconds: seconds(part.elapsed),
				unseenSeconds: seconds(part.unobserved),
				first: part.first,
				last: part.last,
			})),
			first,
			last,
		},
	},
});

/** Outages and the wall clock. */
export const newsOfAll = (facts: readonly Fact[], endpoint: Endpoint): readonly Event[] =>
	facts.flatMap(fact => ofAll(fact, endpoint) ?? []);

/** Warnings, firing and advice of one trigger. */
export const newsOfTrigger = (facts: readonly Fact[], trigger: string): readonly Event[] =>
	facts.flatMap((fact): readonly Event[] => {
		if (fact.kind === 'fired') return [fire(trigger, fact)];
		if (fact.kind === 'warned') {
			const {percent, endpoint, start, elapsed, at} = fact;
			const data = {trigger, percent, endpoint, since: stamp(start), elapsedSeconds: seconds(elapsed), at: stamp(at)};
			return [{type: 'warned', data}];
		}
		if (fact.kind !== 'flapping') return [];
		const {endpoint, outages, percent, at} = fact;
		return [{type: 'flapped', data: {trigger, endpoint, outages, percent, at: stamp(at)}}];
	});

/** By which a fact is known again; null for events that no sample tells. */
export const newsKey = ({type, data}: Event): string | null => {
	if (type === 'outageBegan' || type === 'outageEnded') return `${type}/${data.endpoint}/${data.since}`;
	if (type === 'warned') return `${type}/${data.trigger}/${data.percent}/${data.at}`;
	if (type === 'flapped') return `${type}/${data.trigger}/${data.endpoint}/${data.at}`;
	if (type === 'clockStepped') return `${type}/${data.from}/${data.to}`;
	return type === 'fired' && data.measured ? `${type}/${data.trigger}/${data.measured.at}` : null;
};
