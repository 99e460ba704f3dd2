/*
Places of a runbook that a map can name: headings, items, rows and lines of text, each by its own words. What is compared is what a
reader sees: no marks, numbers of headings, bullets, boxes or final colons; white space is one space, dashes are one, case does not count.
*/
import {commandLines} from '../../text/code.ts';
import {withoutPictures} from '../../text/letters.ts';
import {type Document, documentOf, isUnder, type Section, withoutNumber} from '../document.ts';
import type {Content} from '../markdown/blocks.ts';
import {plain} from '../markdown/inline.ts';
import type {Fence, Item} from '../markdown/list.ts';
import type {Cell, Table} from '../markdown/table.ts';

export type Place = {
	readonly kind: 'heading' | 'item' | 'row' | 'line' | 'code';
	/** As it is written, marks and all, and as it is seen. */
	readonly raw: string;
	readonly text: string;
	/** As it is compared. */
	readonly key: string;
	readonly line: number;
	/** Its last line, with all that is under it. */
	readonly end: number;
	readonly column: number;
	readonly section: Section;
	readonly isBox: boolean;
	/** Of a list with numbers. */
	readonly isOrdered: boolean;
	/** The item that it is in. */
	readonly parent: Place | null;
	/** The line of text that leads to it: `**Before the move**`, `GO if:`; empty where there is none. */
	readonly lead: string;
	/** Of a row, as they are seen. */
	readonly header: readonly string[];
	readonly cells: readonly string[];
	/** Of a row, as they are written. */
	readonly written: readonly Cell[];
	/** Line of the list, table or fence that it is in; its own line otherwise. */
	readonly block: number;
};

/** How words are compared. */
export const seen = (text: string): string => {
	const line = plain(text);
	const bare = isAscii.test(line) ? line : folded(line);
	return bare.replace(/[:：]$/, '').toLowerCase();
};

/** No picture, `:rocket:` among them, and one way of writing. */
const isAscii = /^(?!.*:[a-z])[ -~]*$/;
const folded = (line: string): string =>
	withoutPictures(line)
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\s+/g, ' ')
		.trim();

const shown = (text: string): string => withoutPictures(plain(text)).replace(/\s+/g, ' ').trim();

type Common = Pick<Place, 'section' | 'lead' | 'block' | 'isOrdered'>;

const place = (
	of: Omit<Place, 'key' | 'header' | 'cells' | 'written' | 'isBox' | 'parent'> & Partial<Place>,
): Place => ({
	header: [],
	cells: [],
	written: [],
	isBox: false,
	parent: null,
	...of,
	key: seen(of.text),
});

function ofItem(item: Item, common: Common, parent: Place | null): readonly Place[] {
	const own = place({
		...common,
		kind: 'item',
		raw: item.text,
		text: shown(item.text),
		line: item.line,
		end: item.end,
		column: item.column,
		isBox: item.box !== null,
		parent,
	});
	return [own, ...item.items.flatMap(sub => ofItem(sub, common, own))];
}

const ofRows = (table: Table, common: Common): readonly Place[] => {
	const header = table.header.cells.map(({text}) => shown(text));
	return table.rows.map(row => {
		const cells = row.cells.map(({text}) => shown(text));
		return place({
			...common,
			kind: 'row',
			raw: row.cells.map(({text}) => text).join(' | '),
			text: cells.filter(text => text !== '').join(' | '),
			line: row.line,
			end: row.line,
			column: row.cells[0]?.column ?? 1,
			header,
			cells,
			written: row.cells,
		});
	});
};

/** A line for each command; one that a backslash goes on from is not done yet. What else is there behind prompts was printed, and is none. */
function ofFence({from, lines, info}: Fence, common: Common): readonly Place[] {
	const commands = new Set(commandLines(lines, info).map(({at}) => at));
	return lines.flatMap((first, index) => {
		if (!/[\p{L}\p{N}]/u.test(first) || /^\s*(?:#|\/\/)/.test(first) || lines[index - 1]?.endsWith('\\')) return [];
		if (commands.size > 0 && !commands.has(index)) return [];
		let last = index;
		while (lines[last]?.endsWith('\\')) last++;
		const raw = lines.slice(index, last + 1).join('\n');
		const text = raw.replace(/\s*\\\n\s*/g, ' ').trim();
		return [place({...common, kind: 'code', raw, text, line: from + index, end: from + last, column: 1})];
	});
}

/** `**Step 1: Stop the producers** (5 min)` alone on its line: many write their headings so. */
const isLabel = (block: Content): boolean =>
	block.kind === 'paragraph' &&
	block.lines.length === 1 &&
	/^\s*(?:\*\*|__)[^*_]{2,120}(?:\*\*|__)[:：]?(?:\s*\([^()]{1,60}\))?[:：]?\s*$/.test(block.text);

/** The last line of the lists and fences that follow a paragraph, up to the next text or table; of a label, all up to the next one. */
function behind(blocks: Section['blocks'], from: number): number {
	const [first] = blocks.slice(from, from + 1);
	const takesAll = first !== undefined && isLabel(first);
	let last = 0;
	for (const block of blocks.slice(from + 1)) {
		if (isLabel(block) || (!takesAll && block.kind !== 'list' && block.kind !== 'fence')) break;
		last = block.end;
	}
	return last;
}

/** "Backout", and of a list also "We go back if": no sentence, and no value behind a label. */
const isShort = (text: string, leadsToList: boolean): boolean => {
	const words = text.split(/\s+/).length;
	return (words < 4 && !/[.!?]\s*$/.test(text)) || (leadsToList && words < 9 && /\p{L}\s*$/u.test(text));
};

/** The text before a block that leads to it: right before it, or the last label of the section. */
function leadOf(blocks: Section['blocks'], index: number): string {
	const before = blocks[index - 1];
	const isList = blocks[index]?.kind === 'list';
	if (
		before?.kind === 'paragraph' &&
		(isShort(before.text, isList) || isLabel(before) || /[:：]\s*\**\s*$/.test(before.text))
	)
		return plain(before.text);
	const label = blocks.slice(0, index).findLast(isLabel);
	return label?.kind === 'paragraph' ? plain(label.text) : '';
}

const isMarkdown = ({info}: Fence): boolean => /^\s*(?:markdown|md)\b/i.test(info);

/** A plan that is in a fence as Markdown, at the lines where it is, under the headings that the fence is under. */
function opened(fence: Fence, outer: Section): readonly Place[] {
	const lines = [...Array.from({length: fence.from - 1}, () => ''), ...fence.lines];
	const made = new Map<Section, Section>();
	const under = (section: Section): Section => {
		if (section.heading === '') return outer;
		const known = made.get(section) ?? {...section, parent: section.parent ? under(section.parent) : outer};
		made.set(section, known);
		return known;
	};
	return placesOf(documentOf(lines, 0), lines.length).map(place => ({...place, section: under(place.section)}));
}

const isMeaning = /^ {0,3}:\s+\S/;

const entries = [/^\s*(?:\*\*|__)/, /^\s*(?:\*\*|__)?(?:T ?[-+]? ?\d|\d{1,2}:\d\d)/i, /^\s*[\p{L} ]{2,40}[:：]/u];

/** Whether the lines of a paragraph stand for themselves: broken by hand, or others begin as the first does. */
const linesApart = ([first = '', ...others]: readonly string[]): boolean =>
	(others.length > 0 && [first, ...others.slice(0, -1)].some(line => /(?: {2}|\\)$/.test(line))) ||
	entries.some(entry => entry.test(first) && others.some(line => entry.test(line)));

function inside(section: Section): readonly Place[] {
	return section.blocks.flatMap((block, order): readonly Place[] => {
		const common = {section, lead: leadOf(section.blocks, order), block: block.line, isOrdered: false};
		if (block.kind === 'list')
			return block.items.flatMap(item => ofItem(item, {...common, isOrdered: block.ordered}, null));
		if (block.kind === 'table') return ofRows(block, common);
		if (block.kind === 'fence') return isMarkdown(block) ? opened(block, section) : ofFence(block, common);
		const isApart = linesApart(block.lines);
		const last = block.lines.length - 1;
		return block.lines.flatMap((term, step) => {
			const line = block.line + step;
			// `T-60`, and `: Freeze` on the line below it
			if (step > 0 && isMeaning.test(term)) return [];
			const meaning = block.lines[step + 1] ?? '';
			const hasMeaning = isMeaning.test(meaning);
			const raw = hasMeaning ? `${term}${meaning.trimStart()}` : term;
			const own = step === 0 && !isApart ? block.end : line + Number(hasMeaning);
			const end = step === 0 && (!isApart || last === 0) ? Math.max(own, behind(section.blocks, order)) : own;
			return place({
				...common,
				kind: 'line',
				raw,
				text: shown(raw.replace(/^\s*(?:> ?)+/, '')),
				line,
				end: isApart && step === last ? Math.max(end, behind(section.blocks, order)) : end,
				column: 1,
			});
		});
	});
}

/** Every place of a runbook, of which the front matter is none. */
export const placesIn = (lines: readonly string[]): readonly Place[] => placesOf(documentOf(lines), lines.length);

/** Every place, in the order of the document. `last`: the number of lines of the file. */
export function placesOf({sections}: Document, last: number): readonly Place[] {
	return sections.flatMap((section, index) => {
		const next = sections.slice(index + 1).find(other => !isUnder(other, section));
		const heading = place({
			kind: 'heading',
			raw: section.heading,
			text: withoutNumber(section.heading),
			line: section.line,
			end: (next?.line ?? last + 1) - 1,
			column: 1,
			section,
			lead: '',
			block: section.line,
			isOrdered: withoutNumber(section.heading) !== section.heading,
		});
		return section.heading === '' ? inside(section) : [heading, ...inside(section)];
	});
}

export const grouped = (places: readonly Place[], key: (place: Place) => unknown): readonly (readonly Place[])[] => [
	...Map.groupBy(places, key).values(),
];

/** The groups, those as one that go on where the one before them ended. */
export function goingOn<T>(
	groups: readonly (readonly T[])[],
	goesOn: (last: T, first: T) => boolean,
): readonly (readonly T[])[] {
	const found: T[][] = [];
	for (const group of groups) {
		const [last, first] = [found.at(-1)?.at(-1), group[0]];
		if (last !== undefined && first !== undefined && goesOn(last, first)) found.at(-1)?.push(...group);
		else found.push([...group]);
	}
	return found;
}
