/*
When the cutover will end, from what is late: each stage begins at its time, or when what it comes after ends, whichever is later. One that
failed takes its time again from now on. The stages that decide the end are the critical path.
*/
import type {Observation} from '../model/command.ts';
import type {Stage} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import {isSettled} from './gate-verdict.ts';
import {plannedAt, workBegan} from './schedule.ts';

/** Where it is among those that begin together. */
export type Beside = 'first' | 'middle' | 'last';

export type StageForecast = {
	/** When it is expected to begin, or began; ms. */
	readonly begin: number;
	readonly end: number;
	/** Its end decides the end of the cutover. */
	readonly critical: boolean;
};

export type Forecast = {
	readonly stages: ReadonlyMap<string, StageForecast>;
	readonly end: number;
	/** How much later than planned; not below zero. */
	readonly lateSeconds: number;
	/** The first stage of the critical path that is not over. */
	readonly deciding: string | null;
};

/** Minutes are what people plan by; less is no delay. */
const slackMs = 1000;

const lengthMs = ({plan}: Stage): number => (plan?.takesSeconds ?? 0) * 1000;

type Laid = {readonly begin: number; readonly end: number};

type Now = {readonly at: number; readonly observed: Observation};

/** What it comes after: where the runbook names nothing, all that begins before it. */
const before = (stages: readonly Stage[], {plan, offsetSeconds}: Stage): readonly Stage[] =>
	stages.filter(({id, offsetSeconds: begins}) =>
		plan?.after.length ? plan.after.includes(id) : begins < offsetSeconds,
	);

/** Nothing waits for it: a failure that its gates have made up for is as good as done. */
const isOver = (state: State, stage: Stage, {at, observed}: Now): boolean => {
	const outcome = state.stages[stage.id]?.outcome;
	return outcome === 'done' || outcome === 'skipped' || isSettled(state, stage, at, observed);
};

/** `ends`: of what it comes after. */
function lay(state: State, stage: Stage, now: Now, ends: readonly number[], zero: number | null): Laid {
	const {at} = now;
	const was = state.stages[stage.id];
	const started = stage.kind === 'act' ? (state.t0Started ?? was?.started?.at) : was?.started?.at;
	const length = lengthMs(stage);
	if (was?.ended != null)
		return {begin: started ?? was.ended, end: isOver(state, stage, now) ? was.ended : at + length};
	if (started !== undefined) return {begin: started, end: Math.max(at, (workBegan(state, stage) ?? started) + length)};
	const planned =
		zero !== null && stage.offsetSeconds > 0 ? zero + stage.offsetSeconds * 1000 : plannedAt(state, stage);
	const begin = Math.max(planned, at, ...ends);
	return {begin, end: begin + length};
}

/** Of those that end together the last one: where it takes no time, it waits for the other. */
const lastOf = (stages: readonly Stage[], laid: ReadonlyMap<string, Laid>): Stage | undefined =>
	stages.toSorted((a, b) => (laid.get(a.id)?.end ?? 0) - (laid.get(b.id)?.end ?? 0)).at(-1);

/** The chain that ends last, from its end back to where it waits for nothing but its time. */
function critical(stages: readonly Stage[], laid: ReadonlyMap<string, Laid>): ReadonlySet<string> {
	const path = new Set<string>();
	let stage = lastOf(stages, laid);
	while (stage && !path.has(stage.id)) {
		path.add(stage.id);
		const begin = laid.get(stage.id)?.begin ?? 0;
		const last = lastOf(before(stages, stage), laid);
		stage = last && (laid.get(last.id)?.end ?? 0) >= begin - slackMs ? last : undefined;
	}
	return path;
}

/** Null where no stage says how long it takes, or nothing is left to come. */
export function forecast(state: State, at: number, observed: Observation): Forecast | null {
	const stages = state.runbook?.stages ?? [];
	if (!stages.some(({plan}) => plan)) return null;
	const now = {at, observed};
	const laid = new Map<string, Laid>();
	let zero = state.t0Started;
	for (const stage of stages) {
		const ends = before(stages, stage).flatMap(({id}) => laid.get(id)?.end ?? []);
		const one = lay(state, stage, now, ends, zero);
		laid.set(stage.id, one);
		if (stage.kind === 'act') zero = one.begin;
	}
	const path = critical(stages, laid);
	const end = Math.max(...[...laid.values()].map(one => one.end));
	const planned = Math.max(...stages.map(stage => state.t0 + stage.offsetSeconds * 1000 + lengthMs(stage)));
	return {
		stages: new Map([...laid].map(([id, one]) => [id, {...one, critical: path.has(id)}])),
		end,
		lateSeconds: Math.max(0, Math.round((end - planned) / 1000)),
		deciding: stages.find(stage => path.has(stage.id) && !isOver(state, stage, now))?.id ?? null,
	};
}

/** Stages that begin at one time and wait for the same ones are side by side. */
export function besideOf(stages: readonly Stage[], index: number): Beside | null {
	const isWith = (other: Stage | undefined): boolean => {
		const own = stages[index];
		return (
			own?.plan !== undefined &&
			other?.plan !== undefined &&
			own.offsetSeconds === other.offsetSeconds &&
			own.plan.after.join() === other.plan.after.join()
		);
	};
	const [before, after] = [isWith(stages[index - 1]), isWith(stages[index + 1])];
	if (before && after) return 'middle';
	return before ? 'last' : after ? 'first' : null;
}
