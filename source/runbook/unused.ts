/* What no part of a runbook used, by section, so that nothing is dropped in silence. */
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

export const markSection = ({blocks}: Section): void => {
	for (const block of blocks) used.add(block);
};

/** `of` text: a line that says something, and may as well be a remark. */
type Left = {readonly line: number; readonly end: number; readonly of: 'box' | 'item' | 'row' | 'fence' | 'text'};

const names = {
	box: ['box', 'boxes'],
	item: ['item', 'items'],
	row: ['row', 'rows'],
	fence: ['fence', 'fences'],
} as const;

/** What is left of a section in one entry; none where nothing is. */
export function entryOf({heading}: Section, left: readonly Left[]): readonly Unused[] {
	const [first, ...others] = left.filter(({of}) => of !== 'text');
	if (!first) return [];
	const what = (['box', 'item', 'row', 'fence'] as const).flatMap(of => {
		const count = left.filter(one => one.of === of).length;
		return count === 0 ? [] : [`${count} ${names[of][count === 1 ? 0 : 1]}`];
	});
	const end = others.reduce((most, one) => Math.max(most, one.end), first.end);
	return [{line: first.line, end, heading, what: what.join(', ')}];
}

const itemsLeft = (items: readonly Item[], isTaken: (line: number) => boolean): readonly Left[] =>
	items.flatMap(({line, end, box, items: below}) => [
		...(isTaken(line) ? [] : [{line, end, of: box === null ? ('item' as const) : ('box' as const)}]),
		...itemsLeft(below, isTaken),
	]);

const quotedItem = /^(?: {0,3}> ?)+\s*(?:[-*+]|\d{1,3}[.)])\s/;

export function leftOf(block: Content, isTaken: (line: number) => boolean): readonly Left[] {
	if (block.kind === 'table') {
		const rows = block.rows.filter(({line}) => !isTaken(line));
		// With its header where all of it is left.
		const from = rows.length === block.rows.length ? block.line : (rows[0]?.line ?? 0);
		return rows.map(({line}, index) => ({line: index === 0 ? from : line, end: line, of: 'row'}));
	}
	if (block.kind === 'list') return itemsLeft(block.items, isTaken);
	const first = block.kind === 'fence' ? block.from : block.line;
	const lines = block.lines.map((text, index) => ({text, line: first + index}));
	// What is said of commands that are taken says nothing by itself.
	const isPart = lines.some(({line}) => isTaken(line));
	const isSaid = block.kind === 'fence' && isPart ? /^\s*(?:#|\/\/|$)/ : /^\s*$/;
	const left = lines.filter(({text, line}) => !isSaid.test(text) && !isTaken(line));
	const [top] = left;
	if (!top) return [];
	if (block.kind === 'fence') return [{line: isPart ? top.line : block.line, end: block.end, of: 'fence'}];
	return left.map(({line, text}) => ({line, end: line, of: quotedItem.test(text) ? 'item' : 'text'}));
}

export const unusedOf = ({sections}: Document): readonly Unused[] =>
	sections.flatMap(section => {
		const unused = section.blocks.filter(block => !used.has(block));
		return entryOf(
			section,
			unused.flatMap(block => leftOf(block, () => false)),
		);
	});
