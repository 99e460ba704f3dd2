/*
A step of a workflow in a row: what came of it in a word, when, and what is said of it.
*/

import {safe} from '../../../text/clean.ts';
import {cells} from '../../../text/fit.ts';
import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {paragraph} from '../flow.ts';
import {blank, cell, type Line, shape, span} from '../line.ts';

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
	return paragraph(size.columns, text, {
		lead: [shape(mark), blank(1), cell(safe(word), wordWidth), cell(time, width), blank(2)],
		end: end === '' ? [] : [span(safe(end))],
	});
};

/** Before what has no time and no mark of its own. */
export const stepLead = ({theme}: PanelProps, word: string): Line => [
	blank(2),
	cell(safe(word), wordWidth),
	cell(theme.glyph.dash, timeWidth),
	blank(2),
];
