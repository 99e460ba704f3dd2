/* The recorded cases beside this file, each with the name of its file. */
import {readFileSync} from 'node:fs';
import type {Case} from './series.ts';

export function casesIn<T = Case>(file: string): readonly T[] {
	const {cases}: {readonly cases: readonly T[]} = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
	return cases;
}
