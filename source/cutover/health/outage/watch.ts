/* What an outage trigger watches and how it decides: the runbook's and the settings' words as numbers. */
import type {OutageTrigger} from '../../model/runbook.ts';

/** One endpoint as its trigger sees it; times in ms. `every`: from the start of one probe to the start of the next. */
export type Watched = {readonly name: string; readonly every: number; readonly threshold: number};

export type Watch = {
	readonly endpoints: readonly Watched[];
	/** How many endpoints must each be down too long: 1 is any, all of them is their number. */
	readonly need: number;
	/** True: fires above the threshold; false: at it. */
	readonly strict: boolean;
	/** ok samples, with no fail between them, that end an outage. */
	readonly restore: number;
	/** Fails in a row, without a hole between them, before it may fire. */
	readonly confirm: number;
	/** Per cent of the threshold at which it warns, ascending. */
	readonly warn: readonly number[];
};

/** Two neighbouring known samples further apart than this leave a hole, and an endpoint not seen for longer is blind (ms). */
export const sightMs = ({every}: Watched): number => 2 * every;

/** What holds where neither runbook nor settings say otherwise. */
export const usual = {of: 'any', restore: 1, confirm: 3, warn: [50, 80]} as const;

const needOf = (of: 'any' | 'all' | number, endpoints: number): number => {
	if (of === 'any') return 1;
	return of === 'all' ? Math.max(1, endpoints) : of;
};

/** `threshold` of an endpoint (ms) takes precedence over the trigger's own. */
export function watchOf(
	trigger: OutageTrigger,
	endpoints: readonly {readonly name: string; readonly every: number; readonly threshold?: number}[],
): Watch {
	const own = trigger.thresholdSeconds * 1000;
	return {
		endpoints: endpoints.map(({name, every, threshold}) => ({name, every, threshold: threshold ?? own})),
		need: needOf(trigger.of ?? usual.of, endpoints.length),
		strict: trigger.strict,
		restore: trigger.restore ?? usual.restore,
		confirm: trigger.confirm ?? usual.confirm,
		warn: (trigger.warn ?? usual.warn).toSorted((a, b) => a - b),
	};
}
