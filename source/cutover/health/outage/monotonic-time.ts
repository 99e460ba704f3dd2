/*
The steady axis: outages are measured by the boot clock, because the wall clock is set, by hand or by NTP, in exactly the
nights in which machines are moved. Between two boots there is only the wall clock, and a step back counts as no time.
*/
import type {Instant, Moment, Sample} from './sample.ts';

/** The newest known sample's place, and how the boot clock of its boot maps to the axis. */
export type MonotonicTime = Instant & {
	/** tau = up + offset within this boot. */
	readonly offset: number;
	readonly tau: number;
	/** Boots that ended: a sample of one of them is older than what is known. */
	readonly ended: readonly string[];
};

/** How far the wall clock may move against the boot clock between two samples before it counts as set, in ms. */
const stepMs = 2000;

export type Placed = {
	readonly tau: number;
	readonly monotonicTime: MonotonicTime;
	/** ms by which the wall clock was set since the newest sample, null where it was not. */
	readonly stepped: number | null;
};

function begin(sample: Sample): Placed {
	const {boot, up, at, wall} = sample;
	return {tau: at, monotonicTime: {boot, offset: at - up, tau: at, at, wall, up, ended: []}, stepped: null};
}

function reboot(monotonicTime: MonotonicTime, sample: Sample): Placed | null {
	const {boot, up, at, wall} = sample;
	if (monotonicTime.ended.includes(boot)) return null;
	const tau = monotonicTime.tau + Math.max(0, wall - monotonicTime.wall);
	const next = {boot, offset: tau - up, tau, at, wall, up, ended: [...monotonicTime.ended, monotonicTime.boot]};
	return {tau, monotonicTime: next, stepped: null};
}

/** Puts a known sample on the axis; null where it is of a boot that has ended. */
export function place(monotonicTime: MonotonicTime | null, sample: Sample): Placed | null {
	if (monotonicTime === null) return begin(sample);
	if (monotonicTime.boot !== sample.boot) return reboot(monotonicTime, sample);
	const {up, at, wall} = sample;
	const tau = monotonicTime.offset + up;
	const set = wall - monotonicTime.wall - (up - monotonicTime.up);
	const stepped = Math.abs(set) > stepMs ? set : null;
	return {tau, monotonicTime: tau < monotonicTime.tau ? monotonicTime : {...monotonicTime, tau, at, wall, up}, stepped};
}

/** The instant's tau by the boot clock, where one of the two boots is its own; null elsewhere. */
function steadily({boot, up}: Moment, before: MonotonicTime | null, placed: Placed): number | null {
	if (boot === undefined || up === undefined) return null;
	if (placed.monotonicTime.boot === boot) return placed.monotonicTime.offset + up;
	return before?.boot === boot ? Math.min(before.offset + up, placed.tau) : null;
}

/** The latest time, by the wall clock of the samples on both sides, that this sample is at or after (ms since the epoch). */
export const latestReached = (before: MonotonicTime | null, placed: Placed, {at}: Sample): number =>
	before === null ? at : Math.max(at, before.at + (placed.tau - before.tau));

/**
The instant's tau, once a sample at or after it is placed; null while it lies ahead. By the wall clock it is counted from
the samples on both sides; where they differ, because the clock was set between them, the later one holds: it never makes
an outage longer than it was.
*/
export function reached(moment: Moment, before: MonotonicTime | null, placed: Placed, sample: Sample): number | null {
	const steady = steadily(moment, before, placed);
	if (steady !== null) return steady <= placed.tau ? steady : null;
	if (moment.at > latestReached(before, placed, sample)) return null;
	const fromHere = placed.tau - (sample.at - moment.at);
	const fromBefore = before === null ? fromHere : before.tau + (moment.at - before.at);
	return Math.min(Math.max(fromHere, fromBefore), placed.tau);
}

/** tau now, by the reader's own clock. */
export function tauAt(monotonicTime: MonotonicTime, now: Moment): number {
	if (now.boot === monotonicTime.boot && now.up !== undefined)
		return Math.max(monotonicTime.tau, monotonicTime.offset + now.up);
	return monotonicTime.tau + Math.max(0, now.at - monotonicTime.at);
}
