/*
A step of a workflow in a row: what came of it in a word, when, and what is said of it.
*/
import {type SafeText, safe} from '../../../text/clean.ts';
import {cells, wrap} from '../../../text/fit.ts';
import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {blank, cell, inset, type Line, shape, span} from '../line.ts';

const wordWidth = 11;
const timeWidth = 8;

export type Step = {
	readonly mark: Mark;
	readonly word: string;
	/** In ms; null where it has not happened. */
	readonly at: number | null;
	readonly text: string;
	readonly end?: string;
};

/** ` ✔ SENT      22:57:28  rollback.yml @ main      HTTP 200`; what does not fit goes on below. */
export const stepLines = ({size, theme}: PanelProps, {mark, word, at, text, end = ''}: Step): readonly Line[] => {
	const time = at === null ? theme.glyph.dash : safe(wall(at));
	const width = Math.max(timeWidth, cells(time));
	const start = [shape(mark), blank(1), cell(safe(word), wordWidth), cell(time, width), blank(2)];
	const indent = 4 + wordWidth + width;
	const room = Math.max(10, size.columns - 2 - indent - (end === '' ? 0 : end.length + 1));
	return wrap(safe(text), room).map((part: SafeText, row) =>
		inset(
			size.columns,
			[...(row === 0 ? start : [blank(indent)]), span(part)],
			row === 0 && end !== '' ? [span(safe(end))] : [],
		),
	);
};

/** Before what has no time and no mark of its own. */
export const stepLead = ({theme}: PanelProps, word: string): Line => [
	blank(2),
	cell(safe(word), wordWidth),
	cell(theme.glyph.dash, timeWidth),
	blank(2),
];
