/* Lists with their sub-items. Nesting is a stack of indents, so that depth costs nothing. */
import {withoutComments, withoutStruck} from './inline.ts';
import {
	anyMarkerOf,
	closesFence,
	fenceOf,
	headingOf,
	indentOf,
	isBlank,
	isHtml,
	isThematicBreak,
	type Marker,
	numberedHeadingAt,
} from './shape.ts';
import {type Cell, longest, mostRows} from './table.ts';

/** Code in a fence, or in a block that is indented; `info`: its kind, such as `bash`, empty where none is said. */
export type Fence = {
	readonly kind: 'fence';
	readonly info: string;
	readonly lines: readonly string[];
	readonly line: number;
	/** Of its first line of code. */
	readonly from: number;
	readonly end: number;
};

export type Item = {
	readonly line: number;
	/** Its last line, with all that is in it. */
	readonly end: number;
	/** Of its text, behind the marker and the box. */
	readonly column: number;
	/** Its own lines joined by spaces; code in a fence under it is not part of it. */
	readonly text: string;
	readonly lines: readonly Cell[];
	readonly box: 'open' | 'ticked' | null;
	readonly items: readonly Item[];
	/** Code that is in it, fenced or indented. */
	readonly code: readonly Fence[];
};

export type List = {
	readonly kind: 'list';
	readonly ordered: boolean;
	readonly line: number;
	readonly items: readonly Item[];
	readonly end: number;
	/** Line of the first item that was not kept. */
	readonly overflow: number | null;
};

type Growing = {
	line: number;
	end: number;
	column: number;
	lines: Cell[];
	box: Item['box'];
	items: Growing[];
	code: Fence[];
	/** Nothing is left of its line but what is struck through. */
	isGone: boolean;
	content: number;
	indent: number;
};

const box = /^(?:\[([ xX✓✔]|)\]|([☐□☑☒]))(?:[ \t]+|$)/;

const isOpen = (mark: string): boolean => /^[ ☐□]?$/.test(mark);

function itemOf(line: string, number: number, marker: Marker, isStruck: boolean): Growing {
	const found = box.exec(marker.text);
	const text = marker.text.slice(found?.[0].length ?? 0);
	const column = line.length - text.length + 1;
	return {
		line: number,
		end: number,
		column,
		lines: [{text: text.trim(), line: number, column}],
		box: found ? (isOpen(found[1] ?? found[2] ?? '') ? 'open' : 'ticked') : null,
		items: [],
		code: [],
		isGone: isStruck && text.trim() === '',
		content: marker.content,
		indent: marker.indent,
	};
}

/** Without as much white space at its start as is before the fence. */
const outdented = (line: string, indent: number): string =>
	line.slice(Math.min(indent, line.length - line.trimStart().length));

/** The block of code that is indented so far, which begins at line `at` (from 0). */
export function indentedAt(lines: readonly string[], at: number, indent: number): Fence {
	let end = at;
	for (let index = at; index < lines.length; index++) {
		const line = lines[index] ?? '';
		if (isBlank(line)) continue;
		if (indentOf(line) < indent) break;
		end = index + 1;
	}
	const code = lines.slice(at, end).map(line => outdented(line, indent));
	return {kind: 'fence', info: '', lines: code, line: at + 1, from: at + 1, end};
}

/** The fence that opens at line `at` (from 0), and the line after it, which is beyond the end where nothing closes it. */
export function fenceAt(lines: readonly string[], at: number): {readonly block: Fence; readonly next: number} | null {
	const opened = fenceOf(lines[at] ?? '');
	if (!opened) return null;
	const {mark, indent, info} = opened;
	const code: string[] = [];
	let end = at + 1;
	while (end < lines.length && !closesFence(lines[end] ?? '', mark)) code.push(outdented(lines[end++] ?? '', indent));
	const last = Math.min(end + 1, lines.length);
	return {block: {kind: 'fence', info, lines: code, line: at + 1, from: at + 2, end: last}, next: end + 1};
}

/** `content`: where the text of the last item begins; a line of it may begin with a `#`, as comments of commands do. */
const endsList = (line: string, content: number): boolean =>
	(headingOf(line) !== null && indentOf(line) < Math.max(2, content)) ||
	isThematicBreak(line) ||
	/^\s*<!--|^>/.test(line) ||
	isHtml(line) ||
	fenceOf(line)?.indent === 0;

/** A label of what follows (`**No-go if**`), although Markdown joins it to the item above. */
const boldLine = /^\s*(\*\*|__)[^*_`]{1,80}\1[:：]?\s*$/;

/** No more of it than one character over the longest, which tells that there was. */
function joined(lines: readonly Cell[]): string {
	let text = '';
	for (const line of lines) {
		if (text.length > longest) break;
		text += `${text === '' ? '' : ' '}${line.text}`;
	}
	return text.slice(0, longest + 1);
}

function finished({line, column, lines, box, items: below, code, end, isGone}: Growing): readonly Item[] {
	const items = below.flatMap(finished);
	const text = withoutComments(joined(lines)).trim();
	if (isGone && text === '' && items.length === 0) return [];
	return [{line, column, text, lines, box, items, code, end: Math.max(end, items.at(-1)?.end ?? 0)}];
}

export const fencesOf = ({code, items}: Item): readonly Fence[] => [...code, ...items.flatMap(fencesOf)];

/** The deepest item under which this indent belongs. */
function parentOf(open: Growing[], indent: number): Growing | null {
	while (open.length > 0 && indent <= (open.at(-1)?.indent ?? -1)) open.pop();
	while (open.length > 1 && indent < (open.at(-1)?.content ?? 0) - 2) open.pop();
	return open.at(-1) ?? null;
}

/** The list that begins at line `at` (from 0); null where none does. */
export function listAt(lines: readonly string[], at: number): List | null {
	const first = anyMarkerOf(lines[at] ?? '');
	if (!first || first.indent > 3) return null;
	const top: Growing[] = [];
	const open: Growing[] = [];
	let index = at;
	let end = at;
	let blank = false;
	let count = 0;
	let overflow: number | null = null;
	while (index < lines.length) {
		const raw = lines[index] ?? '';
		const line = withoutStruck(raw);
		const current = open.at(-1);
		const fence = fenceOf(line);
		const marker = anyMarkerOf(line);
		if (isBlank(line)) {
			blank = true;
			index++;
			continue;
		}
		if (blank && numberedHeadingAt(lines, index) !== null) break;
		const inside = current && fence && fence.indent > (top[0]?.indent ?? 0) ? fenceAt(lines, index) : null;
		if (current && inside) {
			current.code.push(inside.block);
			current.end = inside.block.end;
			index = inside.next;
		} else if (blank && !marker && current && indentOf(line) >= current.content + 4) {
			const code = indentedAt(lines, index, current.content + 4);
			current.code.push(code);
			current.end = index = code.end;
		} else if (marker && (marker.indent > first.indent + 1 || marker.type === first.type) && depthAllowed(open)) {
			const item = itemOf(line, ++index, marker, line !== raw);
			const parent = parentOf(open, marker.indent);
			if (++count > mostRows) overflow ??= index;
			else (parent?.items ?? top).push(item);
			open.push(item);
		} else if (marker || endsList(line, current?.content ?? 0)) break;
		else if (indentOf(line) <= first.indent && (blank || boldLine.test(line))) break;
		else {
			index++;
			current?.lines.push({text: line.trim(), line: index, column: line.length - line.trimStart().length + 1});
			if (current) current.end = index;
		}
		blank = false;
		end = index;
	}
	return {kind: 'list', ordered: first.first !== null, line: at + 1, items: top.flatMap(finished), end, overflow};
}

const deepest = 200;
const depthAllowed = (open: readonly Growing[]): boolean => open.length < deepest;
