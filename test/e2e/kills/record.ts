/**
 * The journal as it stands in its file, read without the program: what counts is what is on the disk.
 */

import {join} from 'node:path';
import {targetName} from '../../../source/cutover/model/attempt-target.ts';
import type {Entry} from '../../../source/cutover/ports.ts';
import {linesOf} from '../../harness/files.ts';

export const entriesOf = (folder: string): readonly Entry[] =>
	linesOf(join(folder, 'journal.ndjson')).map(line => JSON.parse(line));

export type Ended = Extract<Entry, {type: 'ended'}>;

/** The end of an attempt as journaled; null where there is none. */
export const endOf = (folder: string, of: string, attempt: number): Ended | null =>
	entriesOf(folder).find(
		(entry): entry is Ended =>
			entry.type === 'ended' && targetName(entry.data.target) === of && entry.data.attempt === attempt,
	) ?? null;
