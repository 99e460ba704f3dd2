/*
The end of an attempt's log. Only the lines shown are cleaned, so that the cost does not grow with the output.
*/

import {targetText} from '../../../cutover/model/attempt-target.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import {wrap} from '../../../text/fit.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {bold, dim, inset, type Line, type Look, plain, span} from '../line.ts';

const mostCells = 4000;

/** Raw lines -> rows of at most `width` cells; `wrapped`: long ones go on below. */
export const outputRows = (lines: readonly string[], width: number, wrapped: boolean): readonly SafeText[] =>
	lines.flatMap(line => {
		const clean = safe(line.slice(0, mostCells));
		return wrapped ? wrap(clean, width) : [clean];
	});

const holding = (text: SafeText, sought: string): Look =>
	sought !== '' && text.toLowerCase().includes(sought) ? bold : plain;

/** The end of the tail, or from the line on that one scrolled to; what is searched for on the run screen is bold. */
export const outputLines = ({view, size}: PanelProps, rows: number): readonly Line[] => {
	const {tail, wrap: wrapped, filter, screen} = view;
	if (rows <= 0) return [];
	if (tail === null || tail.lines.length === 0) return [inset(size.columns, [span(safe('no output yet'), dim)])];
	const fromEnd = tail.from === null;
	const near = fromEnd ? tail.lines.slice(-rows) : tail.lines.slice(0, rows);
	const shown = outputRows(near, size.columns - 2, wrapped);
	const sought = screen === 'run' ? filter.toLowerCase() : '';
	return (fromEnd ? shown.slice(-rows) : shown.slice(0, rows)).map(text =>
		inset(size.columns, [span(text, holding(text, sought))]),
	);
};

/** `T-30 attempt 2 · 03:12 · bun test` of what runs; null where nothing does. */
export const runningText = ({snapshot}: PanelProps): SafeText | null => {
	const run = snapshot.running[0];
	if (run === undefined) return null;
	const more = snapshot.running.length > 1 ? ` · and ${snapshot.running.length - 1} more` : '';
	return safe(
		`${targetText(run.target)} attempt ${run.attempt} · ${minutes(snapshot.now - run.since)}${run.step === null ? '' : ` · ${run.step}`}${more}`,
	);
};
