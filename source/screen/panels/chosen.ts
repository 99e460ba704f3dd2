/*
The row with the mark: the one that was chosen while it is still there, else the first one, in the journal the newest.
*/
import type {PanelProps} from '../panel.ts';
import {chosenAt, rowsOf} from '../state/rows.ts';
import type {Pane} from '../state/view.ts';
import type {Theme} from '../theme.ts';
import {blank, bold, type Line, type Span, span} from './line.ts';

/** Id of the chosen row of a pane; null where the pane in use is another one, or empty. */
export const chosenIn = (
	pane: Pane,
	{view, snapshot, entries}: Pick<PanelProps, 'view' | 'snapshot' | 'entries'>,
): string | null => {
	if (view.pane !== pane) return null;
	const rows = rowsOf(pane, {snapshot, entries, filter: view.filter});
	return rows[chosenAt(pane, view, rows)] ?? null;
};

/** In the margin of a row: a mark of its own, no colour. */
export const markOf = (theme: Theme, is: boolean): Span => (is ? span(theme.glyph.chosen, bold) : blank(1));

/** A whole row with the mark in its margin, where it has one. */
export const withMark = (line: Line, theme: Theme, is: boolean): Line =>
	is ? [markOf(theme, is), ...line.slice(1)] : line;
