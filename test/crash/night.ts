/** What the writer and whoever looks after it must agree on. */
import {Buffer} from 'node:buffer';
import type {Entry} from '../../source/cutover/ports.ts';
import type {Head} from '../../source/cutover/store.ts';
import {headOf, origin} from '../../source/journal/entry.ts';
import {instant} from '../../source/text/time.ts';

export const cutover = 'ledger-2031';

export const approvedBytes = Buffer.from('# Ledger moves to the new cluster\n'.repeat(20));

/** Room taken for a result record, in bytes. */
export const room = 512;

const time = instant('2031-03-08T20:30:00.000Z');

/** The time of day, which stands still; ms. */
export const clock = (): number => time;

export const heads = (entries: readonly Entry[]): Head => {
	const last = entries.at(-1);
	return last === undefined ? origin : headOf(last);
};
