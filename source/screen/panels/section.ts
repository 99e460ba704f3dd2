/*
Sections stand one below the other. Where all of them fit they are shown whole; where not, each keeps its least and the
pane in use gets the rest; and where even that is too much they become one list that scrolls with the chosen row.
*/
import {type SafeText, safe} from '../../text/clean.ts';
import {cells} from '../../text/fit.ts';
import {windowFrom} from '../state/rows.ts';
import type {Theme} from '../theme.ts';
import {bold, dim, fitted, type Line, nothing, plain, span} from './line.ts';

/** `ids`: the rows of a list that these lines show; empty for a line that cannot be chosen. */
export type Row = {readonly ids: readonly string[]; readonly lines: readonly Line[]};

export type Section = {
	readonly title: SafeText;
	readonly about: SafeText;
	readonly rows: readonly Row[];
	/** Id of the row with the mark; null where the pane in use is another one. */
	readonly chosen: string | null;
	/** Lines that it keeps when there is little room. */
	readonly least: number;
};

export const rule = (theme: Theme, columns: number): Line => [span(safe(theme.glyph.rule.repeat(columns)), dim)];

/** `── GATES 4 of 5 pass ──────── 3 more ──`. */
export const header = (
	theme: Theme,
	columns: number,
	title: SafeText,
	about: SafeText,
	more: SafeText = nothing,
): Line => {
	const {rule: glyph} = theme.glyph;
	const end = more === '' ? [] : [span(safe(` ${more} `), plain), span(safe(glyph.repeat(2)), dim)];
	const start = [
		span(safe(`${glyph.repeat(2)} `), dim),
		span(title, bold),
		span(safe(about === '' ? ' ' : ` ${about} `)),
	];
	const room = columns - end.reduce((sum, {text}) => sum + cells(text), 0);
	const filled = Math.max(0, room - start.reduce((sum, {text}) => sum + cells(text), 0));
	return [...fitted([...start, span(safe(glyph.repeat(filled)), dim)], Math.max(0, room)), ...end];
};

const linesOf = ({rows}: Section): readonly Line[] => rows.flatMap(({lines}) => lines);

/** First line of the chosen row within its section; 0 where none is chosen. */
const chosenLine = ({rows, chosen}: Section): number => {
	let at = 0;
	for (const {ids, lines} of rows) {
		if (chosen !== null && ids.includes(chosen)) return at;
		at += lines.length;
	}
	return 0;
};

const moreOf = (hidden: number): SafeText => safe(hidden > 0 ? `${hidden} more` : '');

const drawn = (section: Section, room: number, theme: Theme, columns: number): readonly Line[] => {
	const lines = linesOf(section);
	const from = windowFrom(lines.length, chosenLine(section), room);
	const shown = lines.slice(from, from + room);
	return [header(theme, columns, section.title, section.about, moreOf(lines.length - shown.length)), ...shown];
};

/** Lines that each section gets: its least, then what is left, to the one in use first. */
const shares = (sections: readonly Section[], rows: number): readonly number[] => {
	const needs = sections.map(section => linesOf(section).length);
	const given = sections.map((section, at) => Math.min(section.least, needs[at] ?? 0));
	let left = rows - sections.length - given.reduce((sum, lines) => sum + lines, 0);
	const order = sections
		.map((_, at) => at)
		.sort((a, b) => Number(sections[b]?.chosen !== null) - Number(sections[a]?.chosen !== null) || a - b);
	for (const at of order) {
		const more = Math.min(left, (needs[at] ?? 0) - (given[at] ?? 0));
		given[at] = (given[at] ?? 0) + more;
		left -= more;
	}
	return given;
};

const scrolled = (sections: readonly Section[], rows: number, theme: Theme, columns: number): readonly Line[] => {
	const lines: Line[] = [];
	let chosen = 0;
	for (const section of sections) {
		if (section.chosen !== null) chosen = lines.length + 1 + chosenLine(section);
		lines.push(...drawn(section, linesOf(section).length, theme, columns));
	}
	const from = windowFrom(lines.length, chosen, rows);
	return lines.slice(from, from + rows);
};

/** Lines that all of them take, headers included. */
export const heightOf = (sections: readonly Section[]): number =>
	sections.reduce((sum, section) => sum + 1 + linesOf(section).length, 0);

/** At most `rows` lines. */
export const stacked = (
	sections: readonly Section[],
	{rows, columns}: {readonly rows: number; readonly columns: number},
	theme: Theme,
): readonly Line[] => {
	const least = sections.reduce((sum, section) => sum + 1 + Math.min(section.least, linesOf(section).length), 0);
	if (rows < least) return scrolled(sections, rows, theme, columns);
	const given = shares(sections, rows);
	return sections.flatMap((section, at) => drawn(section, given[at] ?? 0, theme, columns));
};
