/*
A text longer than its room, from the line one scrolled to; never past its end. Where a row of it has the mark, that one is
to be seen.
*/
import type {PanelProps} from '../panel.ts';
import {windowFrom} from '../state/rows.ts';
import type {View} from '../state/view.ts';
import {dim, inset, type Line, span} from './line.ts';
import {heightOf, type Section, stacked} from './section.ts';

/** At most `rows` lines, and which they are: `1-20 of 57`, empty where all are shown. */
export const scrolled = (
	lines: readonly Line[],
	{scroll, reach}: Pick<View, 'scroll' | 'reach'>,
	rows: number,
): {readonly shown: readonly Line[]; readonly place: string} => {
	reach.last = Math.max(0, lines.length - rows);
	if (lines.length <= rows) return {shown: lines, place: ''};
	const from = Math.max(0, Math.min(scroll, reach.last));
	return {shown: lines.slice(from, from + rows), place: `${from + 1}-${from + rows} of ${lines.length}`};
};

/** All of them where they fit, else a part and how to see the rest. */
export const allOrPart = (sections: readonly Section[], props: PanelProps, how: string): readonly Line[] => {
	const {view, size, theme} = props;
	const lines = stacked(sections, {columns: size.columns, rows: heightOf(sections)}, theme);
	if (lines.length <= size.rows) return scrolled(lines, view, size.rows).shown;
	const marked = lines.findIndex(([margin]) => margin?.text === theme.glyph.chosen);
	const rows = Math.max(0, size.rows - 1);
	const from = marked < 0 ? view.scroll : windowFrom(lines.length, marked, rows);
	const {shown, place} = scrolled(lines, {...view, scroll: from}, rows);
	return [...shown, inset(size.columns, [span(how, dim)], [span(place)])];
};
