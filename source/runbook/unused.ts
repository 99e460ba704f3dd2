/*
What no part of a runbook used: tables, lists and fences outside its parts, listed by section. A reader that used
something marks it; unmarked blocks are shown, so that nothing is dropped in silence.
*/
import type {Document, Section} from './document.ts';
import type {Content} from './markdown/blocks.ts';
import type {Item} from './markdown/list.ts';

/** Lines `line` to `end`; `what`: "3 boxes", "a table of 4 rows". `heading`: empty before the first one, null of text in several sections. */
export type Unused = {
	readonly line: number;
	readonly end: number;
	readonly heading: string | null;
	readonly what: string;
};

const used = new WeakSet<Content>();

export const markUsed = (block: Content): void => {
	used.add(block);
};

/** Everything of a section, which is a stage or a gate itself. */
export const markSection = ({blocks}: Section): void => {
	for (const block of blocks) used.add(block);
};

const boxes = (items: readonly Item[]): number =>
	items.reduce((sum, {box, items: below}) => sum + (box === null ? 0 : 1) + boxes(below), 0);

type Part = {
	readonly line: number;
	readonly end: number;
	readonly count: number;
	readonly of: 'box' | 'item' | 'row' | 'fence';
};

const quotedItem = /^(?: {0,3}> ?)+\s*(?:[-*+]|\d{1,3}[.)])\s/;

function partOf(block: Content): Part | null {
	const {line, end} = block;
	if (block.kind === 'table') return {line, end, count: block.rows.length, of: 'row'};
	if (block.kind === 'fence') return {line, end, count: 1, of: 'fence'};
	if (block.kind === 'paragraph') {
		const count = block.lines.filter(text => quotedItem.test(text)).length;
		return count === 0 ? null : {line, end, count, of: 'item'};
	}
	const ticks = boxes(block.items);
	return {line, end, count: ticks || block.items.length, of: ticks > 0 ? 'box' : 'item'};
}

const names = {
	box: ['box', 'boxes'],
	item: ['item', 'items'],
	row: ['row', 'rows'],
	fence: ['fence', 'fences'],
} as const;

/** What is left of a section in one entry; none where nothing is. */
function entryOf({heading}: Section, parts: readonly Part[]): readonly Unused[] {
	const [first] = parts;
	if (!first) return [];
	const what = (['box', 'item', 'row', 'fence'] as const).flatMap(of => {
		const count = parts.reduce((sum, part) => sum + (part.of === of ? part.count : 0), 0);
		return count === 0 ? [] : [`${count} ${names[of][count === 1 ? 0 : 1]}`];
	});
	const end = parts.reduce((most, part) => Math.max(most, part.end), 0);
	return [{line: first.line, end, heading, what: what.join(', ')}];
}

/** One entry a section, in the order of the document. */
export const unusedOf = ({sections}: Document): readonly Unused[] =>
	sections.flatMap(section =>
		entryOf(
			section,
			section.blocks.flatMap(block => (used.has(block) ? [] : (partOf(block) ?? []))),
		),
	);

type Left = {readonly line: number; readonly of: Part['of'] | 'text'};

const itemsLeft = (items: readonly Item[], isTaken: (line: number) => boolean): readonly Left[] =>
	items.flatMap(({line, box, items: below}) => [
		...(isTaken(line) ? [] : [{line, of: box === null ? ('item' as const) : ('box' as const)}]),
		...itemsLeft(below, isTaken),
	]);

function leftOf(block: Content, isTaken: (line: number) => boolean): readonly Left[] {
	if (block.kind === 'table')
		return block.rows.flatMap(({line}) => (isTaken(line) ? [] : [{line, of: 'row' as const}]));
	if (block.kind === 'list') return itemsLeft(block.items, isTaken);
	const first = block.kind === 'fence' ? block.line + 1 : block.line;
	const lines = block.lines.map((text, index) => ({text, line: first + index}));
	// What is said of commands that are taken says nothing by itself.
	const isSaid = block.kind === 'fence' && lines.some(({line}) => isTaken(line)) ? /^\s*(?:#|\/\/|$)/ : /^\s*$/;
	const left = lines.filter(({text, line}) => !isSaid.test(text) && !isTaken(line));
	const [top] = left;
	if (!top) return [];
	return block.kind === 'fence' ? [{line: top.line, of: 'fence'}] : left.map(({line}) => ({line, of: 'text'}));
}

const ranges = (lines: readonly number[]): string => {
	const runs: {from: number; to: number}[] = [];
	for (const line of lines) {
		const run = runs.at(-1);
		if (run && line <= run.to + 1) run.to = line;
		else runs.push({from: line, to: line});
	}
	return runs.map(({from, to}) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
};

/** What of a document no entry of its map takes: by section, and mere text in one entry. */
export function unusedBeside({sections}: Document, isTaken: (line: number) => boolean): readonly Unused[] {
	const text: {readonly line: number; readonly heading: string}[] = [];
	const parts = sections.flatMap((section): readonly Unused[] => {
		const left = section.blocks.flatMap(block => leftOf(block, isTaken));
		text.push(...left.flatMap(({line, of}) => (of === 'text' ? {line, heading: section.heading} : [])));
		return entryOf(
			section,
			left.flatMap(({line, of}) => (of === 'text' ? [] : [{line, end: line, count: 1, of}])),
		);
	});
	const [first] = text;
	if (first === undefined) return parts;
	return [
		...parts,
		{
			line: first.line,
			end: text.at(-1)?.line ?? first.line,
			heading: text.every(({heading}) => heading === first.heading) ? first.heading : null,
			what: `text on ${text.length === 1 ? 'line' : 'lines'} ${ranges(text.map(({line}) => line))}`,
		},
	];
}
