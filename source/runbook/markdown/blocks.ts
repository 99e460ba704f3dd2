/* Lines as headings, tables, lists, fences and text. It keeps no tree, so that hostile nesting costs what it is long. */
import {beginsWithWhich, words} from '../words/words.ts';
import {withoutComments, withoutStruck} from './inline.ts';
import {type Fence, fenceAt, indentedAt, type List, listAt} from './list.ts';
import {
	anyMarkerOf,
	fenceOf,
	headingOf,
	indentOf,
	isBlank,
	isComment,
	isHtml,
	isThematicBreak,
	markerOf,
	numberedHeadingAt,
	underline,
} from './shape.ts';
import {cellsOf, isGone, isRule, mostRows, type Row, type Table} from './table.ts';

export type Heading = {readonly kind: 'heading'; readonly level: number; readonly text: string; readonly line: number};
export type Paragraph = {
	readonly kind: 'paragraph';
	readonly text: string;
	/** As they are in the file. */
	readonly lines: readonly string[];
	readonly line: number;
	readonly end: number;
};
/** What is under a heading; `end` of each is its last line. */
export type Content = Paragraph | Fence | Table | List;
export type Block = Heading | Content;

type Found = {readonly blocks: readonly Block[]; readonly next: number};
type Recogniser = (lines: readonly string[], at: number) => Found | null;

/** The line after a comment; one that does not close takes the rest. */
function afterComment(lines: readonly string[], at: number): number {
	let index = at;
	while (index < lines.length && !(lines[index] ?? '').includes('-->')) index++;
	return index + 1;
}

const comment: Recogniser = (lines, at) =>
	isComment(lines[at] ?? '') ? {blocks: [], next: afterComment(lines, at)} : null;

const html: Recogniser = (lines, at) => {
	const line = lines[at] ?? '';
	if (!isHtml(line)) return null;
	const raw = /^ {0,3}<(script|pre|style|textarea)[\s>]/i.exec(`${line} `)?.[1]?.toLowerCase();
	let index = at;
	while (
		index < lines.length &&
		!(raw ? (lines[index] ?? '').toLowerCase().includes(`</${raw}>`) : isBlank(lines[index] ?? ''))
	)
		index++;
	const text = lines.slice(at, index);
	const isTable = text.some(one => /<table[\s>]/i.test(one));
	return {
		blocks: isTable ? [{kind: 'paragraph', text: '', lines: text, line: at + 1, end: index}] : [],
		next: index + 1,
	};
};

const fence: Recogniser = (lines, at) => {
	const found = indentOf(lines[at] ?? '') > 3 ? null : fenceAt(lines, at);
	return found && {blocks: [found.block], next: found.next};
};

const heading: Recogniser = (lines, at) => {
	const found = headingOf(withoutStruck(lines[at] ?? ''));
	return found && {blocks: [{kind: 'heading', ...found, line: at + 1}], next: at + 1};
};

const numberedHeading: Recogniser = (lines, at) => {
	const level = numberedHeadingAt(lines, at);
	return level === null
		? null
		: {blocks: [{kind: 'heading', level, text: (lines[at] ?? '').trim(), line: at + 1}], next: at + 2};
};

const list: Recogniser = (lines, at) => {
	const block = listAt(lines, at);
	return block && {blocks: [block], next: block.end};
};

const startsAlways = (line: string): boolean =>
	headingOf(line) !== null || isThematicBreak(line) || isComment(line) || isHtml(line) || fenceOf(line) !== null;
const isQuote = (line: string): boolean => /^ {0,3}>/.test(line);
const startsOther = (line: string): boolean => startsAlways(line) || markerOf(line) !== null || isQuote(line);
const isRow = (line: string): boolean => !isBlank(line) && indentOf(line) < 4 && !startsOther(line);

const startsTable = (lines: readonly string[], at: number): boolean =>
	isRow(lines[at] ?? '') &&
	indentOf(lines[at + 1] ?? '') < 4 &&
	isRule(lines[at + 1] ?? '') &&
	((lines[at] ?? '').includes('|') || cellsOf(lines[at + 1] ?? '', 0).cells.length === 1);

/** Rows behind blank lines or comments, up to the next thing that is none; `next` where none are there. */
function straysAfter(lines: readonly string[], at: number): {rows: Row[]; next: number} {
	let index = at;
	while (index < lines.length && (isBlank(lines[index] ?? '') || isComment(lines[index] ?? '')))
		index = isComment(lines[index] ?? '') ? afterComment(lines, index) : index + 1;
	if (startsTable(lines, index)) return {rows: [], next: at};
	const rows: Row[] = [];
	while (index < lines.length && /^ {0,3}\|.*\|/.test(lines[index] ?? '') && !startsTable(lines, index))
		rows.push(cellsOf(lines[index] ?? '', ++index));
	return {rows, next: rows.length > 0 ? index : at};
}

const table: Recogniser = (lines, at) => {
	if (!startsTable(lines, at)) return null;
	const header = cellsOf(lines[at] ?? '', at + 1);
	const rule = cellsOf(lines[at + 1] ?? '', at + 2);
	const rows: Row[] = [];
	let index = at + 2;
	for (; index < lines.length && isRow(lines[index] ?? ''); index++) {
		const row = cellsOf(lines[index] ?? '', index + 1);
		if (!isGone(lines[index] ?? '', row)) rows.push(row);
	}
	const end = index;
	const strays = straysAfter(lines, index);
	const block: Table = {
		kind: 'table',
		line: at + 1,
		header,
		rule,
		rows: [...rows, ...strays.rows].slice(0, mostRows),
		cut: strays.rows[0] ?? null,
		end,
		overflow: [...rows, ...strays.rows][mostRows] ?? null,
	};
	return {blocks: [block], next: strays.next};
};

/** Whether a line ends a paragraph by beginning something else; a number other than 1 does so behind a colon ("Then:") alone. */
const interrupts = (lines: readonly string[], at: number): boolean => {
	const line = lines[at] ?? '';
	const marker = anyMarkerOf(line);
	if (marker) {
		const goesOn = /[:：]\**\s*$/.test(lines[at - 1] ?? '');
		return marker.text !== '' && (marker.first === null || marker.first === 1 || goesOn);
	}
	return startsAlways(line) || startsTable(lines, at) || (isQuote(line) && !isQuote(lines[at - 1] ?? ''));
};

const paragraph: Recogniser = (lines, at) => {
	const texts = [lines[at] ?? ''];
	let index = at + 1;
	for (; index < lines.length && !isBlank(lines[index] ?? ''); index++) {
		const level = underline(lines[index] ?? '');
		if (level !== null)
			return {blocks: [{kind: 'heading', level, text: texts.join(' ').trim(), line: at + 1}], next: index + 1};
		if (interrupts(lines, index)) break;
		texts.push((lines[index] ?? '').trim());
	}
	const block: Paragraph = {
		kind: 'paragraph',
		text: withoutStruck(withoutComments(texts.join(' '))).trim(),
		lines: lines.slice(at, index).map(withoutStruck),
		line: at + 1,
		end: index,
	};
	return {blocks: [block], next: index};
};

const skipped: Recogniser = (lines, at) =>
	isBlank(lines[at] ?? '') || isThematicBreak(lines[at] ?? '') ? {blocks: [], next: at + 1} : null;

const indented: Recogniser = (lines, at) => {
	if (indentOf(lines[at] ?? '') < 4) return null;
	const block = indentedAt(lines, at, 4);
	return {blocks: [block], next: block.end};
};

const isText = ({kind}: Block): boolean => kind === 'paragraph' || kind === 'heading';

/**
The blocks of a quote that holds a list, a table or a fence: as if it were not quoted, save that a heading in it heads nothing else. Text alone
stays a paragraph as it is written, and so does an alert (`> [!NOTE]`, `> **Note:** …`).
*/
const quote: Recogniser = (lines, at) => {
	if (!isQuote(lines[at] ?? '')) return null;
	/** In their places, and nothing before them. */
	const inside: string[] = [];
	let next = at;
	for (; isQuote(lines[next] ?? ''); next++) inside[next] = (lines[next] ?? '').replace(/^(?: {0,3}> ?)+/, '');
	const first = inside[at] ?? '';
	if (first.startsWith('[!') || beginsWithWhich(first, words.remark) !== -1) return null;
	const blocks = blocksOf(inside, at);
	if (blocks.every(isText)) return null;
	return {
		next,
		blocks: blocks.map(block =>
			block.kind === 'heading'
				? {...block, kind: 'paragraph', text: `**${block.text}**`, lines: [`**${block.text}**`], end: block.line}
				: block,
		),
	};
};

const recognisers: readonly Recogniser[] = [
	quote,
	skipped,
	indented,
	comment,
	fence,
	heading,
	numberedHeading,
	table,
	list,
	html,
	paragraph,
];

export type Opened = (line: number, what: 'block of code' | 'comment') => void;

const isTitle = (line: string): boolean => /^#{1,6} \S/.test(line);

/** What swallows headings and goes on to the end, or into what opens another fence of its kind. */
function openAt(
	lines: readonly string[],
	at: number,
	{blocks: [block], next}: Found,
): 'block of code' | 'comment' | null {
	const endless = next > lines.length;
	if (block?.kind === 'fence') {
		const mark = fenceOf(lines[at] ?? '')?.mark ?? '';
		const opens = (line: string): boolean => line.startsWith(mark) && /^[`~]+ ?\w/.test(line);
		return block.lines.some(isTitle) && (endless || block.lines.some(opens)) ? 'block of code' : null;
	}
	return endless && isComment(lines[at] ?? '') && lines.slice(at + 1).some(isTitle) ? 'comment' : null;
}

/** The blocks of a document, in order. `from`: the first line that counts, from 0 (behind the front matter). */
export function blocksOf(lines: readonly string[], from = 0, opened: Opened = () => {}): readonly Block[] {
	const blocks: Block[] = [];
	for (let at = from; at < lines.length; ) {
		const found = recognisers.reduce<Found | null>((known, recognise) => known ?? recognise(lines, at), null);
		blocks.push(...(found?.blocks ?? []));
		const open = found && openAt(lines, at, found);
		if (open) opened(at + 1, open);
		at = Math.max(at + 1, found?.next ?? 0);
	}
	return blocks;
}
