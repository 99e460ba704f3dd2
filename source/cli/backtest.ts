/*
The outage triggers of a runbook over recorded samples, by the same fold that watches a cutover.
*/
import type {Ended, Fact, Fired} from '../cutover/health/outage/fact.ts';
import {fold} from '../cutover/health/outage/fold.ts';
import type {Moment} from '../cutover/health/outage/sample.ts';
import type {Clock} from '../cutover/health/outage/state.ts';
import {type Watch, watchOf} from '../cutover/health/outage/watch.ts';
import type {OutageTrigger, Runbook} from '../cutover/model/runbook.ts';
import type {Recording} from './samples.ts';

/** ms since the epoch, durations in ms; `end` null: it still ran at the last sample, and `lasted` reaches to there. */
export type Outage = Omit<Ended, 'end'> & {readonly end: number | null};

export type Backtest = {
	readonly trigger: OutageTrigger;
	readonly watch: Watch;
	readonly fired: Fired | null;
	readonly warned: readonly Extract<Fact, {kind: 'warned'}>[];
	readonly flapping: readonly Extract<Fact, {kind: 'flapping'}>[];
	readonly outages: readonly Outage[];
};

const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly Extract<Fact, {kind: K}>[] =>
	facts.filter((fact): fact is Extract<Fact, {kind: K}> => fact.kind === kind);

const running = (clock: Clock): readonly Outage[] =>
	Object.entries(clock.endpoints).flatMap(([endpoint, {outage}]) => {
		if (outage === null) return [];
		const {start, lastFail, unseen: unobserved} = outage;
		const lasted = lastFail.tau - start.tau;
		const [first, last] = [start.id, lastFail.id];
		return [{endpoint, start: start.at, end: null, lasted, atLeast: lasted, atMost: null, unobserved, first, last}];
	});

function backtest(trigger: OutageTrigger, {endpoints, samples}: Recording, armed: Moment): Backtest {
	const watch = watchOf(trigger, endpoints);
	const {clock, facts} = fold(watch, [armed], samples);
	const outages = [...ofKind(facts, 'restored'), ...running(clock)].toSorted((a, b) => a.start - b.start);
	const [fired = null] = ofKind(facts, 'fired');
	return {trigger, watch, fired, warned: ofKind(facts, 'warned'), flapping: ofKind(facts, 'flapping'), outages};
}

/** One a trigger that is an outage clock, armed at `armedAt` (ms since the epoch). */
export const backtests = ({triggers}: Runbook, recording: Recording, armedAt: number): readonly Backtest[] =>
	triggers.flatMap(trigger => (trigger.kind === 'outage' ? [backtest(trigger, recording, {at: armedAt})] : []));
