/*
What the samples so far come to, kept beside them for whoever opens a cutover of days. It is no second truth: it counts only for the
program and the runbook that it was made with, and where the samples still begin with the very bytes that were folded.
Anything else is passed over, and all samples are folded again.
*/
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Side} from '../cutover/health/baseline/compare.ts';
import type {HealthFold} from '../cutover/health/fold.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {digestOf} from '../disk/digest.ts';
import {ifPossible} from '../disk/fault.ts';
import type {Mark} from './sample-reader.ts';

/** Of each endpoint, by name, before T0 and since. */
export type Sides = {readonly before: Map<string, Side>; readonly after: Map<string, Side>};

/** `fold`: without its plan, which the runbook gives. */
export type Folded = {readonly mark: Mark; readonly fold: Omit<HealthFold, 'plan'>; readonly sides: Sides};

/** Digest of what the program was built of; null where it runs from its source, which may change under it. */
export const program: string | null = typeof builtOf === 'undefined' ? null : builtOf;

declare const builtOf: string | undefined;

const place = (folder: Path): Path => join(folder, 'folded.json');

/** `key`: what it was made with. What cannot be kept is folded again. */
export function keepFolded(folder: Path, key: string, {mark, fold, sides: {before, after}}: Folded): void {
	// Not without room, or where a trigger looks back over more samples than a text can nest.
	ifPossible(() => {
		const text = JSON.stringify({key, mark, fold, before: [...before], after: [...after]});
		replaceFile(place(folder), Buffer.from(`${digestOf(text)}\n${text}`), 'nothing');
	});
}

/** Null where there is none, or it was made with something else, or it is not as it was written. */
export const foldedWith = (folder: Path, key: string): Folded | null =>
	ifPossible(() => {
		const whole = readFileSync(place(folder), 'utf8');
		const end = whole.indexOf('\n');
		const text = whole.slice(end + 1);
		if (digestOf(text) !== whole.slice(0, end)) return null;
		const {key: of, mark, fold, before, after} = JSON.parse(text);
		return of === key ? {mark, fold, sides: {before: new Map(before), after: new Map(after)}} : null;
	});
