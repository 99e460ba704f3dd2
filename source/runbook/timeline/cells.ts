/*
Times and durations of a row, and what is wrong with them.
*/
import {durationOf} from '../duration.ts';
import {plain} from '../markdown/inline.ts';
import type {Cell} from '../markdown/table.ts';
import {farthestSeconds, type Offset} from '../offset.ts';
import type {Reading} from '../reading.ts';

export function durationIn(cell: Cell, stage: string, {complain}: Reading): number | null {
	const text = plain(cell.text);
	if (/^(?:|-|–|—|n\/a)$/i.test(text)) return null;
	const seconds = durationOf(text) ?? (/^\d{1,4}$/.test(text) ? Number(text) * 60 : null);
	if (seconds === null || seconds === 0) complain('duration-unread', cell, {text, stage});
	return seconds === 0 ? null : seconds;
}

/** The offset again, once it was complained of where it is none or too far. */
export function checkedOffset(offset: Offset | null, at: Cell, {complain}: Reading): Offset | null {
	if (!offset) complain('offset-unread', at, {text: plain(at.text)});
	else if (Math.abs(offset.seconds) > farthestSeconds) complain('offset-far', at, {text: offset.id});
	return offset;
}
