/** Endpoints of the scenarios, and what is seen of them at a time: a sample each 15 s from 21:30 on, down and blind as told. */
import type {Seen} from '../../source/cutover/command.ts';
import {advanceHealth, armingsOf, untold} from '../../source/cutover/health/fold.ts';
import {planOf} from '../../source/cutover/health/plan.ts';
import {seenOf} from '../../source/cutover/health/seen.ts';
import type {Sample} from '../../source/cutover/outage/sample.ts';
import type {Endpoint, Runbook} from '../../source/cutover/runbook.ts';
import type {State} from '../../source/cutover/state.ts';
import {at, calm} from '../given.ts';
import {runbook} from './runbook.ts';

const everyMs = 15_000;

export const endpoint = (name: string, more: Partial<Endpoint> = {}): Endpoint =>
	({
		name,
		kind: 'http',
		url: `https://${name}.example.org/healthz`,
		status: null,
		body: null,
		follow: false,
		version: null,
		everySeconds: everyMs / 1000,
		timeoutSeconds: 5,
		critical: true,
		...more,
	}) as Endpoint;

/** The runbook with endpoints bound. */
export const measured = (endpoints: readonly Endpoint[] = [endpoint('api'), endpoint('web')]): Runbook => ({
	...runbook,
	endpoints,
});

/** Spans of wall times; `to` null: until now. `ms`: how long a good answer takes. */
export type Story = {
	readonly down?: readonly (readonly [from: string, to: string | null])[];
	readonly blind?: readonly (readonly [from: string, to: string | null])[];
	readonly version?: (time: number) => string;
	readonly ms?: (time: number) => number;
};

const within = (spans: Story['down'], time: number): boolean =>
	(spans ?? []).some(([from, to]) => time >= at(from) && (to === null || time < at(to)));

function samplesOf(name: string, story: Story, until: number): readonly Sample[] {
	const samples: Sample[] = [];
	for (let time = at('21:30'); time <= until; time += everyMs) {
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
			reason: fails ? 'timeout' : '',
			...(story.version ? {version: story.version(time)} : {}),
		});
	}
	return samples;
}

/** What is seen at that time; endpoints without a story are up all the time. */
export function sees(
	state: State,
	time: string,
	stories: Readonly<Record<string, Story>> = {},
	seen: Seen = calm,
): Seen {
	const plan = planOf(state.runbook);
	if (plan === null) return seen;
	const now = at(time);
	const samples = plan.endpoints
		.flatMap(({name}) => samplesOf(name, stories[name] ?? {}, now))
		.toSorted((a, b) => a.at - b.at);
	const fold = samples.reduce(advanceHealth, untold(plan, armingsOf(state)));
	const t0 = state.t0Started ?? Number.POSITIVE_INFINITY;
	const before = Object.fromEntries(
		plan.endpoints.map(({name}) => [name, samples.filter(each => each.endpoint === name && each.at < t0).length]),
	);
	return {...seen, health: seenOf(fold, {at: now, boot: 'one', up: now - at('21:00')}, before)};
}
