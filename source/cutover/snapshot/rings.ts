/*
What rings, once each (RULES T1): a headline that is loud, each warning of an outage clock, blindness for as long as an
outage that would fire, a rollback of which nobody knows how it goes on, and the end of an outage that rang. Each has a name that stays the same, so that whoever heard it before knows; what lies further back is no news.
*/
import {stamp} from '../../text/time.ts';
import {newsKey} from '../health/news.ts';
import type {MeasuredOutage, State, TriggerState} from '../model/state.ts';
import type {Headline} from './snapshot.ts';
import {lastSafeNear, type Whole} from './whole.ts';

/** A screen that opens later does not ring for it. */
const newsMs = 300_000;

const loud = ({word, loud: isLoud, since}: Headline): readonly string[] => (isLoud ? [`${word} ${since ?? ''}`] : []);

/** By hand the clock warns by itself. */
const warnings = ({triggers}: Whole): readonly string[] =>
	triggers.flatMap(({id, measured, state, outageSeconds, thresholdSeconds, firesAt}) => {
		if (measured || state !== 'warning' || firesAt === null) return [];
		const share = (outageSeconds ?? 0) / (thresholdSeconds ?? 1);
		return [0.5, 0.8].filter(mark => share >= mark).map(mark => `warned ${id} ${mark * 100} ${firesAt}`);
	});

const warned = ([id, {warned: last}]: readonly [string, TriggerState], at: number): readonly string[] =>
	last !== null && at - last.at <= newsMs ? [`warned ${id} ${last.percent} ${last.at}`] : [];

/** One that was too short to be confirmed never rang, and neither does its end. */
const isConfirmed = ({reported}: State, {endpoint, critical, since}: MeasuredOutage): boolean =>
	reported[newsKey({type: 'outageBegan', data: {endpoint, critical, since: stamp(since)}}) ?? ''] === true;

const blind = ({triggers, endpoints}: Whole): readonly string[] =>
	triggers
		.filter(({blindTooLong}) => blindTooLong)
		.map(({id, blind: names}) => `blind ${id} ${endpoints.find(({name}) => names.includes(name))?.since ?? ''}`);

/** Once when a last safe moment comes near, once when it is past. */
const window = (whole: Whole): readonly string[] => {
	const next = lastSafeNear(whole);
	return next === null ? [] : [`window ${next.what} ${next.state} ${next.at}`];
};

/** Nothing goes on by itself: each time anew. */
const unknown = ({rollback}: Whole): readonly string[] =>
	rollback?.state === 'unknown' ? [`unknown ${rollback.since ?? ''}`] : [];

/** Whoever tries codes may be somebody else. */
const locked = ({state, at}: Whole): readonly string[] =>
	state.invitations.flatMap(({link, locked: when}) =>
		when !== null && at - when <= newsMs ? [`locked ${link} ${when}`] : [],
	);

const ends = ({state, at}: Whole): readonly string[] => {
	const {t0Started, outages, triggers} = state;
	if (t0Started === null) return [];
	const isNews = (until: number): boolean => until > t0Started && at - until <= newsMs;
	return [
		...outages.flatMap(outage =>
			outage.critical && outage.until !== null && isNews(outage.until) && isConfirmed(state, outage)
				? [`up ${outage.endpoint} ${outage.until}`]
				: [],
		),
		...Object.entries(triggers).flatMap(([id, was]) =>
			was.outages.flatMap(({end}) => (isNews(end) ? [`up trigger ${id} ${end}`] : [])),
		),
	];
};

export const ringing = (whole: Whole, headline: Headline): readonly string[] => [
	...loud(headline),
	...warnings(whole),
	...blind(whole),
	...unknown(whole),
	...locked(whole),
	...window(whole),
	...Object.entries(whole.state.triggers).flatMap(entry => warned(entry, whole.at)),
	...ends(whole),
];
