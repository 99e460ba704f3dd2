/** Endpoints of the scenarios, and what is seen of them at a time: a sample each 15 s from 21:30 on, down and blind as told. */
import {addTo, type Comparison, compare, emptySide, type Side} from '../../source/cutover/health/baseline/compare.ts';
import {advanceHealth, armingsOf, unreported} from '../../source/cutover/health/fold.ts';
import {observationOf} from '../../source/cutover/health/observation.ts';
import type {Sample} from '../../source/cutover/health/outage/sample.ts';
import {planOf} from '../../source/cutover/health/plan.ts';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {at, calm} from '../given.ts';
import {runbook} from './runbook.ts';

const everyMs = 15_000;

export const endpoint = (name: string, more: Partial<Endpoint> = {}): Endpoint => ({
	name,
	kind: 'http',
	target: `https://${name}.example.org/healthz`,
	url: `https://${name}.example.org/healthz`,
	everySeconds: everyMs / 1000,
	timeoutSeconds: 5,
	critical: true,
	...more,
});

/** The runbook with endpoints bound. */
export const measured = (endpoints: readonly Endpoint[] = [endpoint('api'), endpoint('web')]): Runbook => ({
	...runbook,
	endpoints,
});

/** Spans of wall times; `to` null: until now. `ms`: how long a good answer takes. `since`: of the first sample. */
export type Story = {
	readonly down?: readonly (readonly [from: string, to: string | null])[];
	readonly blind?: readonly (readonly [from: string, to: string | null])[];
	readonly version?: (time: number) => string | undefined;
	readonly ms?: (time: number) => number;
	readonly since?: string;
	/** Why it fails; a time-out without it. */
	readonly why?: string;
};

export type Stories = Readonly<Record<string, Story>>;

const within = (spans: Story['down'], time: number): boolean =>
	(spans ?? []).some(([from, to]) => time >= at(from) && (to === null || time < at(to)));

const reported = (version: string | undefined): Pick<Sample, 'version'> => (version === undefined ? {} : {version});

function samplesOf(name: string, story: Story, until: number): readonly Sample[] {
	const samples: Sample[] = [];
	for (let time = at(story.since ?? '21:30'); time <= until; time += everyMs) {
		if (within(story.blind, time)) continue;
		const fails = within(story.down, time);
		samples.push({
			endpoint: name,
			at: time,
			boot: 'one',
			up: time - at('21:00'),
			wall: time,
			took: fails ? 5000 : (story.ms?.(time) ?? 80),
			verdict: fails ? 'fail' : 'ok',
			reason: fails ? (story.why ?? 'no answer in 5s') : '',
			...reported(story.version?.(time)),
		});
	}
	return samples;
}

const sideOf = (samples: readonly Sample[]): Side => {
	const side = emptySide();
	for (const each of samples) addTo(side, each);
	return side;
};

const comparedBy = (samples: readonly Sample[], t0: number): Readonly<Record<string, Comparison>> =>
	Object.fromEntries(
		[...new Set(samples.map(({endpoint: name}) => name))].map(name => {
			const own = samples.filter(sample => sample.endpoint === name);
			return [name, compare(sideOf(own.filter(({at}) => at < t0)), sideOf(own.filter(({at}) => at >= t0)))];
		}),
	);

/** What is seen at that time (a wall time, or ms); endpoints without a story are up all the time. */
export function sees(
	state: State,
	time: string | number,
	stories: Stories = {},
	observed: Observation = calm,
): Observation {
	const plan = planOf(state.runbook);
	if (plan === null) return observed;
	const now = typeof time === 'number' ? time : at(time);
	const samples = plan.endpoints
		.flatMap(({name}) => samplesOf(name, stories[name] ?? {}, now))
		.toSorted((a, b) => a.at - b.at);
	const fold = samples.reduce(advanceHealth, unreported(plan, armingsOf(state)));
	const t0 = state.t0Started ?? Number.POSITIVE_INFINITY;
	const before = Object.fromEntries(
		plan.endpoints.map(({name}) => [name, samples.filter(each => each.endpoint === name && each.at < t0).length]),
	);
	const health = observationOf(fold, {at: now, boot: 'one', up: now - at('21:00')}, before);
	return {...observed, health: state.t0Started === null ? health : {...health, compared: comparedBy(samples, t0)}};
}
