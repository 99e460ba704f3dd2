/** PgUp and PgDn move what a dialog is about, by less than its window ever is: no line of it is passed over at any size. */

import {safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import type {Size} from '../state/view.ts';
import type {Press} from '../terminal/keys-in.ts';
import type {FormDialog, WordsDialog} from './dialog.ts';

/** Columns left of a text, and right of it. */
export const margins = {left: 3, right: 3} as const;

/** The rows that it takes in this many columns. */
export const wrappedRows = (lines: readonly string[], columns: number): readonly string[] =>
	lines.flatMap(line => wrap(safe(line), Math.max(1, columns - margins.left - margins.right)));

const steps: Readonly<Record<string, number>> = {'page-up': -1, 'page-down': 1};

/** Null for a key that does not scroll. */
export const scrolled = <D extends FormDialog | WordsDialog>(dialog: D, press: Press, size: Size): D | null => {
	const step = 'key' in press ? steps[press.key] : undefined;
	if (step === undefined) return null;
	const last = Math.max(0, wrappedRows(dialog.lines, size.columns).length - 1);
	const typed = dialog.kind === 'form' ? dialog.rows.length : 1;
	const by = step * Math.max(1, Math.min(Math.floor(size.rows / 4), size.rows - 13 - typed));
	return {...dialog, scroll: Math.max(0, Math.min(last, dialog.scroll + by))};
};
