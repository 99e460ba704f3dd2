/* Which lines belong to which block, after CommonMark. */

export type Marker = {
	/** Columns before the marker, and up to its text. */
	readonly indent: number;
	readonly content: number;
	/** `-`, `*`, `+`, `.` or `)`: a change begins another list. */
	readonly type: string;
	readonly first: number | null;
	readonly text: string;
};

const marker = /^([ \t]*)([-*+]|(\d{1,9})([.)]))(?:([ \t]+)(.*))?$/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const fence = /^([ \t]*)(`{3,}|~{3,})([^`]*|(?<=~).*)$/;
const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const html =
	/^ {0,3}<(?:\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|div|dl|dt|fieldset|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|option|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?:[\s/>]|$)|(?:script|pre|style|textarea)(?:[\s>]|$))/i;

const width = (spaces: string): number =>
	[...spaces].reduce((sum, character) => (character === '\t' ? sum + 4 - (sum % 4) : sum + 1), 0);

export const isBlank = (line: string): boolean => line.trim() === '';

export const indentOf = (line: string): number => width(/^[ \t]*/.exec(line)?.[0] ?? '');

export function markerOf(line: string): Marker | null {
	if (rule.test(line)) return null;
	const found = marker.exec(line);
	if (!found) return null;
	const [, before = '', mark = '', number, end, gap = ' ', text = ''] = found;
	const indent = width(before);
	return {
		indent,
		content: indent + mark.length + Math.min(width(gap), 4),
		type: end ?? mark,
		first: number === undefined ? null : Number(number),
		text,
	};
}

const numbersOf = 'abcdefghijklmnopqrstuvwxyz';
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const loose =
	/^([ \t]*)(?:([•◦‣▪●○■])[ \t]|([-*+])(?=\[[ xX]?\][ \t])|(?=[☐□☑☒][ \t])|([①-⑳])[ \t]?|([a-z])\)[ \t]|[(（]([a-z]|\d{1,2})[)）][ \t]?|(\d{1,2})[、）])[ \t]*(\S.*)$/;

/** As word processors and Chinese writers number: `• …`, `a) …`, `(1) …`, `1、…`, `① …`, `☐ …`, `-[ ] …`. */
function looseMarkerOf(line: string): Marker | null {
	const found = loose.exec(line);
	if (!found) return null;
	const [, before = '', bullet, dash, ring, letter, inBrackets, number, text = ''] = found;
	const named = letter ?? inBrackets;
	const indent = width(before);
	const first = ring
		? circled.indexOf(ring) + 1
		: named
			? numbersOf.indexOf(named) + 1 || Number(named)
			: number
				? Number(number)
				: null;
	const type = bullet ?? dash ?? (ring ? '①' : letter ? 'a)' : inBrackets ? '(1)' : number ? '、' : '☐');
	return {indent, content: indent + 2, type, first, text};
}

export const anyMarkerOf = (line: string): Marker | null => markerOf(line) ?? looseMarkerOf(line);

export const isThematicBreak = (line: string): boolean => rule.test(line);

/** How a fence opens: its mark to be repeated, and its word. */
export function fenceOf(line: string): {readonly mark: string; readonly info: string; readonly indent: number} | null {
	const found = fence.exec(line);
	return found ? {mark: found[2] ?? '', info: (found[3] ?? '').trim(), indent: width(found[1] ?? '')} : null;
}

export const closesFence = (line: string, mark: string): boolean => {
	const text = line.trim();
	return text.length >= mark.length && text.startsWith(mark) && text.replaceAll(mark[0] ?? '', '') === '';
};

export function headingOf(line: string): {readonly level: number; readonly text: string} | null {
	const found = heading.exec(line);
	return found
		? {
				level: (found[1] ?? '').length,
				text: (found[2] ?? '')
					.trim()
					.replace(/(?:^|(?<=[ \t]))#+$/, '')
					.trim(),
			}
		: null;
}

export const isComment = (line: string): boolean => /^ {0,3}<!--/.test(line);

/** A block of HTML, and the line that ends it: a closing tag, else a blank line. */
export const isHtml = (line: string): boolean => line.trimStart().startsWith('<') && html.test(line);

/** A line of `=` or `-` under text makes the text a heading of this level. */
export const underline = (line: string): number | null =>
	/^ {0,3}=+[ \t]*$/.test(line) ? 1 : /^ {0,3}-+[ \t]*$/.test(line) ? 2 : null;

/** Level of `2. Gates` over dashes of its length, meant as a heading: no code, no end of a sentence; else null. */
export function numberedHeadingAt(lines: readonly string[], at: number): number | null {
	const level = underline(lines[at + 1] ?? '');
	if (level === null || !isBlank(lines[at - 1] ?? '')) return null;
	const text = (lines[at] ?? '').trim();
	const isTitle = /^\d{1,2}(?:\.\d{1,2})*[.)]\s[^`]{1,80}$/.test(text) && !/[.;:,!?]$/.test(text);
	return isTitle && (lines[at + 1] ?? '').trim().length >= Math.max(5, text.length - 3) ? level : null;
}
