/*
The only place that asks the machine what time it is. A rehearsal keeps its own time in `clock.json` of the cutover's
folder, and all its processes read it there at each asking: a change of speed is one rename, and nobody runs ahead of it.
*/
import {existsSync, readFileSync} from 'node:fs';
import {uptime} from 'node:os';
import {join} from 'node:path';
import type {Instant} from '../cutover/health/outage/sample.ts';
import type {Clock} from '../cutover/ports.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {bootId} from '../processes/process.ts';
import {instant, stamp, stampOrNull} from '../text/time.ts';

/**
From `startedAt` (real, ms) on, the cutover's time runs from `start` (ms), `speed` times as fast, and at real speed from
`until` (ms, on the cutover's clock) on. The end is in the file with the beginning, so that time is never seen to step
back while somebody writes that it is slower again.
*/
export type Pace = {
	readonly start: number;
	readonly startedAt: number;
	readonly speed: number;
	readonly until: number | null;
};

const fileIn = (folder: string): string => join(folder, 'clock.json');

type Beat = {readonly runs: Set<() => void>; readonly timer: NodeJS.Timeout};

const beats = new Map<number, Beat>();

function begin(ms: number): Beat {
	const runs = new Set<() => void>();
	const beat = {
		runs,
		timer: setInterval(() => {
			// One may end another, or begin one anew.
			for (const run of [...runs]) if (runs.has(run)) run();
		}, ms),
	};
	beats.set(ms, beat);
	return beat;
}

/** All of the same period at once, the first time sooner than after a whole one: waking an idle core costs more than what is done then. */
function repeatedly(ms: number, run: () => void): () => void {
	const {runs, timer} = beats.get(ms) ?? begin(ms);
	/** The same function may be repeated twice. */
	const mine = () => run();
	runs.add(mine);
	return () => {
		if (!runs.delete(mine) || runs.size > 0) return;
		clearInterval(timer);
		beats.delete(ms);
	};
}

/** Longer than this, 24 days, is no time of a timer: it would run at once. */
const longestMs = 2 ** 31 - 1;

function once(ms: number, run: () => void): () => void {
	const timer = setTimeout(run, Math.min(ms, longestMs));
	return () => clearTimeout(timer);
}

const timed = (now: () => number): Clock => ({now, every: repeatedly, after: once, steady: () => performance.now()});

/** The machine's own time. */
export const systemClock: Clock = timed(() => Date.now());

function paceOf(folder: string): Pace {
	const {start, startedAt, speed, until} = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
	return {
		start: instant(start),
		startedAt: instant(startedAt),
		speed: Number(speed),
		until: typeof until === 'string' ? instant(until) : null,
	};
}

function at({start, startedAt, speed, until}: Pace, real: number): number {
	const fast = start + (real - startedAt) * speed;
	if (until === null || fast <= until) return Math.round(fast);
	return Math.round(until + (real - startedAt) - (until - start) / speed);
}

/** Time of a cutover by its folder: the rehearsal's where the folder has a clock of its own, else the machine's. */
export const clockOf = (folder: string): Clock =>
	existsSync(fileIn(folder)) ? timed(() => at(paceOf(folder), Date.now())) : systemClock;

/**
Now, for a sample. Of a rehearsal all clocks are its own, because durations are its own as well; else the boot clock is the
machine's, which nobody sets and which runs on in suspend.
*/
export const instantsOf = (folder: string): (() => Instant) => {
	const boot = bootId();
	if (!existsSync(fileIn(folder)))
		return () => ({at: Date.now(), boot, up: Math.round(uptime() * 1000), wall: Date.now()});
	const {now} = clockOf(folder);
	return () => {
		const at = now();
		return {at, boot, up: at, wall: at};
	};
};

/** Sets the folder's time to `start` (ms) now, and lets it run `speed` times as fast from here on, or until `until` (ms). */
export function setPace(folder: string, start: number, speed: number, until: number | null = null): void {
	const pace = {start: stamp(start), startedAt: stamp(Date.now()), speed, until: stampOrNull(until)};
	replaceFile(fileIn(folder), pace);
}

/** From now on `speed` times as fast, and at real speed again from `until` (ms, on the rehearsal's clock) on. */
export const hurry = (folder: string, speed: number, until: number): void =>
	setPace(folder, clockOf(folder).now(), speed, until);
