/*
Sections one below the other. Where all of them fit they are shown whole; where not, each keeps its least and the
pane in use gets the rest; where even that is too much they become one list that scrolls with the chosen row.
*/
import {windowFrom} from '../state/rows.ts';
import type {Theme} from '../theme.ts';
import {blank, bold, dim, fitted, type Line, plain, span, widthOf} from './line.ts';

/** Behind its title, in so many cells at most. */
type About = string | Line | ((room: number) => Line);

/** `ids`: the rows of a list that these lines show; empty for a line that cannot be chosen. */
export type Row = {readonly ids: readonly string[]; readonly height: number; lines(): readonly Line[]};

export type Section = {
	readonly title: string;
	readonly about: About;
	/** At the end of its title: what it leaves out. */
	readonly note?: string;
	readonly rows: readonly Row[];
	/** Id of the row with the mark; null where the pane in use is another one. */
	readonly chosen: string | null;
	/** Lines that it keeps when there is little room. */
	readonly least: number;
};

/** A row whose lines are made when it comes into the window: a runbook may have hundreds. */
export const lazyRow = (ids: readonly string[], height: number, make: () => readonly Line[]): Row => {
	let made: readonly Line[] | null = null;
	return {
		ids,
		height,
		lines() {
			made ??= make();
			return made;
		},
	};
};

export const row = (ids: readonly string[], lines: readonly Line[]): Row => ({
	ids,
	height: lines.length,
	lines: () => lines,
});

/** Lines that nobody can choose, a row each. */
export const textRows = (lines: readonly Line[]): readonly Row[] => lines.map(line => row([], [line]));

/** A section that is only read. */
export const textSection = (title: string, about: About, lines: readonly Line[], least = 1): Section => ({
	title,
	about,
	rows: textRows(lines),
	chosen: null,
	least,
});

export const rule = (theme: Theme, columns: number): Line => [span(theme.glyph.rule.repeat(columns), dim)];

/** `── GATES  4 of 5 pass ──────── 3 more ──`. */
export const header = (
	theme: Theme,
	columns: number,
	title: string,
	about: About = '',
	more: string | Line = '',
): Line => {
	const {rule: glyph} = theme.glyph;
	const last = typeof more === 'string' ? (more === '' ? [] : [span(more, plain)]) : more;
	const end = last.length === 0 ? [] : [blank(1), ...last, blank(1), span(glyph.repeat(2), dim)];
	const room = columns - widthOf(end);
	const lead = [span(`${glyph.repeat(2)} `, dim), span(title, bold)];
	const shown = typeof about === 'function' ? about(room - widthOf(lead) - 3) : about;
	const text = typeof shown === 'string' ? [span(shown)] : shown;
	const said = widthOf(text) === 0 ? [] : [span('  '), ...text];
	const start = [...lead, ...said, span(' ')];
	const filled = Math.max(0, room - widthOf(start));
	return [...fitted([...start, span(glyph.repeat(filled), dim)], Math.max(0, room)), ...end];
};

const countOf = ({rows}: Section): number => rows.reduce((sum, {height}) => sum + height, 0);

/** The row with the mark is a bar of reverse video; its word and shape stay. Details below it keep their looks. */
const barred = (lines: readonly Line[]): readonly Line[] =>
	lines.map((line, at) =>
		at > 0 ? line : line.map(({text, look}) => span(text, {bold: look.bold ?? false, inverse: true})),
	);

const linesOf = ({ids, lines}: Row, chosen: string | null): readonly Line[] =>
	chosen !== null && ids.includes(chosen) ? barred(lines()) : lines();

/** Lines `from` up to `to`; only rows that reach into them are made. */
const windowOf = ({rows, chosen}: Section, from: number, to: number): readonly Line[] => {
	const lines: Line[] = [];
	let at = 0;
	for (const row of rows) {
		if (at >= to) break;
		if (at + row.height > from) lines.push(...linesOf(row, chosen).slice(Math.max(0, from - at), Math.max(0, to - at)));
		at += row.height;
	}
	return lines;
};

/** First line of the chosen row within its section; 0 where none is chosen. */
const chosenLine = ({rows, chosen}: Section): number => {
	let at = 0;
	for (const {ids, height} of rows) {
		if (chosen !== null && ids.includes(chosen)) return at;
		at += height;
	}
	return 0;
};

/** `3 more`, `4 more above`, `4 above, 3 below`: what of it is not shown. */
const moreOf = (above: number, below: number): string => {
	if (above > 0 && below > 0) return `${above} more above, ${below} below`;
	if (above > 0) return `${above} more above`;
	return below > 0 ? `${below} more` : '';
};

const drawn = (section: Section, room: number, theme: Theme, columns: number): readonly Line[] => {
	const count = countOf(section);
	const from = windowFrom(count, chosenLine(section), room);
	const shown = windowOf(section, from, from + room);
	const more = [section.note ?? '', moreOf(from, count - from - shown.length)].filter(text => text !== '').join(', ');
	return [header(theme, columns, section.title, section.about, more), ...shown];
};

/** Lines that each section gets: its least, then what is left, to the one in use first. */
const shares = (sections: readonly Section[], rows: number): readonly number[] => {
	const needs = sections.map(countOf);
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
	const heights = sections.map(section => 1 + countOf(section));
	const starts = heights.map((_, at) => heights.slice(0, at).reduce((sum, height) => sum + height, 0));
	const marked = sections.findLastIndex(({chosen}) => chosen !== null);
	const section = sections[marked];
	const chosen = section === undefined ? 0 : (starts[marked] ?? 0) + 1 + chosenLine(section);
	const total = heights.reduce((sum, height) => sum + height, 0);
	const from = windowFrom(total, chosen, rows);
	return sections.flatMap((part, at) => {
		const start = starts[at] ?? 0;
		const head =
			start >= from && start < from + rows ? [header(theme, columns, part.title, part.about, part.note)] : [];
		return [...head, ...windowOf(part, Math.max(0, from - start - 1), Math.max(0, from + rows - start - 1))];
	});
};

/** Lines that all of them take, headers included. */
export const heightOf = (sections: readonly Section[]): number =>
	sections.reduce((sum, section) => sum + 1 + countOf(section), 0);

/** At most `rows` lines. */
export const stacked = (
	sections: readonly Section[],
	{rows, columns}: {readonly rows: number; readonly columns: number},
	theme: Theme,
): readonly Line[] => {
	const least = sections.reduce((sum, section) => sum + 1 + Math.min(section.least, countOf(section)), 0);
	if (rows < least) return scrolled(sections, rows, theme, columns);
	const given = shares(sections, rows);
	return sections.flatMap((section, at) => drawn(section, given[at] ?? 0, theme, columns));
};
