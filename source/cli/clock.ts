/*
The only place that asks the machine what time it is. A rehearsal keeps its own time in `clock.json` of the cutover's
folder, and all its processes read it there at each asking: a change of speed is one rename, and nobody runs ahead of it.
*/
import {randomBytes} from 'node:crypto';
import {closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import type {Clock} from '../cutover/ports.ts';
import {instant, stamp} from '../text/time.ts';

/** From `startedAt` (real, ms) on, the cutover's time runs from `start` (ms), `speed` times as fast. */
export type Pace = {readonly start: number; readonly startedAt: number; readonly speed: number};

const fileIn = (folder: string): string => join(folder, 'clock.json');

function repeatedly(ms: number, run: () => void): () => void {
	const timer = setInterval(run, ms);
	return () => clearInterval(timer);
}

function once(ms: number, run: () => void): () => void {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
}

const timed = (now: () => number): Clock => ({now, every: repeatedly, after: once, steady: () => performance.now()});

/** The machine's own time. */
export const systemClock: Clock = timed(() => Date.now());

function paceOf(folder: string): Pace {
	const {start, startedAt, speed} = JSON.parse(readFileSync(fileIn(folder), 'utf8'));
	return {start: instant(start), startedAt: instant(startedAt), speed: Number(speed)};
}

const at = (pace: Pace, real: number): number => Math.round(pace.start + (real - pace.startedAt) * pace.speed);

/** Time of a cutover by its folder: the rehearsal's where the folder has a clock of its own, else the machine's. */
export const clockOf = (folder: string): Clock =>
	existsSync(fileIn(folder)) ? timed(() => at(paceOf(folder), Date.now())) : systemClock;

/** Makes the folder's time stand at `start` (ms) now and run `speed` times as fast from here on. */
export function setPace(folder: string, start: number, speed: number): void {
	const text = `${JSON.stringify({start: stamp(start), startedAt: stamp(Date.now()), speed})}\n`;
	const temporary = `${fileIn(folder)}.${randomBytes(6).toString('hex')}`;
	const descriptor = openSync(temporary, 'wx', 0o600);
	try {
		writeSync(descriptor, text);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
	renameSync(temporary, fileIn(folder));
}

/** Changes the speed of a rehearsal without a jump in its time. */
export const changeSpeed = (folder: string, speed: number): void => setPace(folder, clockOf(folder).now(), speed);
