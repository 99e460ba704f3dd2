/*
What is folded of the samples of a cutover: every endpoint by itself, for who wants to see it, and the critical ones once
for each outage trigger, with its own threshold and patience.
*/

import type {Endpoint} from '../model/endpoint.ts';
import {criticalOf, endpointsOf, type OutageTrigger, type Runbook} from '../model/runbook.ts';
import {usual, type Watch, watchOf} from './outage/watch.ts';

export type HealthPlan = {
	readonly endpoints: readonly Endpoint[];
	/** Of all endpoints, never armed: it knows outages, and fires nothing. */
	readonly all: Watch;
	readonly triggers: readonly {readonly id: string; readonly watch: Watch}[];
};

const watched = ({name, everySeconds, thresholdSeconds}: Endpoint) => ({
	name,
	every: everySeconds * 1000,
	...(thresholdSeconds === undefined ? {} : {threshold: thresholdSeconds * 1000}),
});

const outages = ({triggers}: Runbook): readonly OutageTrigger[] =>
	triggers.filter(trigger => trigger.kind === 'outage');

/** When an outage counts as over, and as confirmed, is the first outage trigger's matter. */
const allOf = (runbook: Runbook): Watch => {
	const [first] = outages(runbook);
	const threshold = (first?.thresholdSeconds ?? 600) * 1000;
	return {
		endpoints: endpointsOf(runbook).map(endpoint => ({threshold, ...watched(endpoint)})),
		need: 1,
		strict: true,
		restore: first?.restore ?? usual.restore,
		confirm: first?.confirm ?? usual.confirm,
		warn: [],
	};
};

/** Null where no endpoint is bound: then nothing is measured. */
export const planOf = (runbook: Runbook | null): HealthPlan | null =>
	runbook === null || endpointsOf(runbook).length === 0
		? null
		: {
				endpoints: endpointsOf(runbook),
				all: allOf(runbook),
				triggers: outages(runbook).map(trigger => ({
					id: trigger.id,
					watch: watchOf(trigger, criticalOf(runbook).map(watched)),
				})),
			};
