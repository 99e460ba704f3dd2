/** Runs that go by a plan, and what is told of one that is followed. */
import assert from 'node:assert/strict';
import type {Plan} from '../../../scripts/sandbox/github/run.ts';
import {dispatch} from '../../../source/rollback/github/dispatch.ts';
import {type Change, type Followed, type Following, followRun} from '../../../source/rollback/github/follow.ts';
import {type Hub, inputs, workflow} from './hub.ts';

export type Observation = {
	readonly end: Followed;
	readonly changes: readonly Change[];
	readonly logs: readonly (readonly [string, string])[];
};

/** A run that goes by this plan. */
export async function dispatched(place: Hub, plan: Plan): Promise<number> {
	place.github.plan(plan);
	const said = await dispatch(place.access, workflow, inputs);
	assert.ok(said.kind === 'sent' && said.run !== null);
	return said.run;
}

export async function followed(
	{access, hear}: Hub,
	run: number,
	at: (change: Change) => void = () => {},
	rest: Partial<Following> = {},
): Promise<Observation> {
	const changes: Change[] = [];
	const logs: (readonly [string, string])[] = [];
	const end = await followRun({
		access,
		run,
		reported: change => {
			changes.push(change);
			at(change);
		},
		log: (name, text) => void logs.push([name, text]),
		...rest,
	});
	return hear({end, changes, logs});
}

export const twoJobs: Plan = {
	jobs: [
		{name: 'prepare', log: 'fetched\n'},
		{name: 'rollback', looks: 3, log: 'rolled back\n'},
	],
};
