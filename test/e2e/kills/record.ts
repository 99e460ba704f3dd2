/**
 * The journal as it stands in its file, read without the program: what counts is what is on the disk.
 */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as pause} from 'node:timers/promises';
import {targetName} from '../../../source/cutover/model/attempt-target.ts';
import type {Entry} from '../../../source/cutover/ports.ts';

const soon = 20;

/** Whole lines; one that is being written is not there yet. */
export function entriesOf(folder: string): readonly Entry[] {
	const text = readFileSync(join(folder, 'journal.ndjson'), 'utf8');
	return text
		.slice(0, text.lastIndexOf('\n') + 1)
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line));
}

/** What `look` finds once it finds something; throws after `within` ms. */
export async function observed<T>(
	what: string,
	look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
	within = 30_000,
): Promise<T> {
	for (const until = performance.now() + within; ; await pause(soon)) {
		const found = await look();
		if (found !== null && found !== undefined && found !== false) return found;
		if (performance.now() > until) throw new Error(`Not seen within ${within / 1000} s: ${what}`);
	}
}

export type Ended = Extract<Entry, {type: 'ended'}>;

/** The end of an attempt as journaled; null where there is none. */
export const endOf = (folder: string, of: string, attempt: number): Ended | null =>
	entriesOf(folder).find(
		(entry): entry is Ended =>
			entry.type === 'ended' && targetName(entry.data.target) === of && entry.data.attempt === attempt,
	) ?? null;
