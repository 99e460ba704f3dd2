/*
The end of an attempt's log. Only the lines shown are cleaned, so that the cost does not grow with the output.
*/

import {type SafeText, safe} from '../../text/clean.ts';
import {wrap} from '../../text/fit.ts';
import {minutes} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {bold, dim, inset, type Line, type Look, plain, span} from './line.ts';

const mostCells = 4000;

/** Raw lines -> rows of at most `width` cells; `wrapped`: long ones go on below. */
export const outputRows = (lines: readonly string[], width: number, wrapped: boolean): readonly SafeText[] =>
	lines.flatMap(line => {
		const clean = safe(line.slice(0, mostCells));
		return wrapped ? wrap(clean, width) : [clean];
	});

const looks = (found: boolean): Look => (found ? bold : plain);

/** The last `rows` rows of what the tail holds; those with the search text are bold and marked. */
export const outputLines = ({view, size, theme}: PanelProps, rows: number): readonly Line[] => {
	const lines = view.tail?.lines ?? [];
	if (rows <= 0) return [];
	if (lines.length === 0) return [inset(size.columns, [span(safe('no output yet'), dim)])];
	const sought = view.filter.toLowerCase();
	const shown = outputRows(lines.slice(-rows), size.columns - 2, view.wrap);
	const cutOff = view.tail?.from === null || view.tail === null ? shown.slice(-rows) : shown.slice(0, rows);
	return cutOff.map(text => {
		const found = sought !== '' && text.toLowerCase().includes(sought);
		return inset(size.columns, [span(text, looks(found))], [], found ? span(theme.glyph.chosen, bold) : undefined);
	});
};

/** `T-30 attempt 2 · 03:12 · bun test` of what runs; null where nothing does. */
export const runningText = ({standing}: PanelProps): SafeText | null => {
	const run = standing.running[0];
	if (run === undefined) return null;
	const more = standing.running.length > 1 ? ` · and ${standing.running.length - 1} more` : '';
	return safe(
		`${run.of} attempt ${run.attempt} · ${minutes(standing.now - run.since)}${run.step === null ? '' : ` · ${run.step}`}${more}`,
	);
};
