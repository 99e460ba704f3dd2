/*
The output of an attempt. Only the lines shown are read, so that the cost does not grow with the output.
*/

import {joinSafe, type SafeText} from '../../../text/clean.ts';
import {cells, wrap} from '../../../text/fit.ts';
import type {PanelProps} from '../../panel.ts';
import {tailShown} from '../../state/subject.ts';
import {blank, cell, dim, inset, type Line, span} from '../line.ts';
import {logLine} from './log-line.ts';

const mark = {colour: 'black', background: 'yellow', bold: true} as const;

/** With each place that holds the text marked; without colours in reverse. */
export const marked = (spans: Line, sought: string, colour: boolean): Line => {
	if (sought === '') return spans;
	return spans.flatMap(({text, look}): Line => {
		const low = text.toLowerCase();
		const pieces: Line[number][] = [];
		let from = 0;
		for (let at = low.indexOf(sought); at >= 0 && low.length === text.length; at = low.indexOf(sought, from)) {
			if (at > from) pieces.push(span(text.slice(from, at), look));
			pieces.push(span(text.slice(at, at + sought.length), colour ? mark : {inverse: true, bold: true}));
			from = at + sought.length;
		}
		return [...pieces, span(text.slice(from), look)];
	});
};

const timeWidth = 10;

/** Raw lines -> rows of at most `width` cells where `wrapped`: long ones then go on below, without their colours. */
export const outputRows = (
	lines: readonly string[],
	width: number,
	{wrap: wrapped, times, raw}: Pick<PanelProps['view'], 'wrap' | 'times' | 'raw'>,
): readonly Line[] =>
	lines.flatMap(line => {
		const {time, spans} = logLine(line, raw);
		const own = Math.max(timeWidth, cells(time) + 2);
		const start = times && time !== '' ? [cell(time, own - 2, dim), blank(2)] : [];
		if (!wrapped) return [[...start, ...spans]];
		const text: SafeText = joinSafe(spans.map(each => each.text));
		const room = Math.max(1, width - (start.length === 0 ? 0 : own));
		return wrap(text, room).map(
			(part, at): Line => [...(at === 0 ? start : start.length === 0 ? [] : [blank(own)]), span(part)],
		);
	});

/** The end of the tail, or from the line on that one scrolled to; what is searched for on the run screen is marked. */
export const outputLines = (props: PanelProps, rows: number): readonly Line[] => {
	const {view, size, theme} = props;
	const {search, screen} = view;
	const tail = tailShown(props);
	if (rows <= 0) return [];
	view.reach.rows = rows;
	if (tail === null || tail.lines.length === 0) return [inset(size.columns, [span('no output yet', dim)])];
	const fromEnd = tail.from === null;
	const near = fromEnd ? tail.lines.slice(-rows) : tail.lines.slice(0, rows);
	const shown = outputRows(near, size.columns - 2, view);
	const sought = screen === 'run' ? (search?.text ?? view.filter).toLowerCase() : '';
	const hit = fromEnd || screen !== 'run' || search === null ? -1 : search.line - (tail.from ?? 0);
	return (fromEnd ? shown.slice(-rows) : shown.slice(0, rows)).map((line, at) => {
		// Where lines are wrapped only the first one is known by its row.
		const isHit = at === hit && (!view.wrap || hit === 0);
		return inset(
			size.columns,
			marked(line, sought, theme.colour),
			[],
			isHit ? span(theme.glyph.chosen, mark) : blank(1),
		);
	});
};
