/* What a list item says besides its text: `Label: value`, in sub-items, lines or parts of a line. */
import {fencedCommand} from '../text/code.ts';
import {withoutPictures} from '../text/letters.ts';
import {exactRank, type MoreColumns} from './columns.ts';
import type {Content} from './markdown/blocks.ts';
import {plain, spanOf, withoutCode} from './markdown/inline.ts';
import type {Item, List} from './markdown/list.ts';
import {type Cell, longest} from './markdown/table.ts';
import type {Complain} from './problems/complain.ts';
import type {Reading} from './reading.ts';
import {type Column, normal} from './words/words.ts';

export type Fields = Partial<Readonly<Record<Column, Cell>>>;

const labelled = /^[*_`\s]{0,4}([^:：`*_]{1,40})[*_`\s]{0,4}[:：][*_\s]{0,4}/;

/** `Owner — Ops` */
const dashed = /^[*_`\s]{0,4}(owners?|responsible)[*_`\s]{0,4} [–—-] [*_\s]{0,4}/i;

/** `Label: value` -> the column of that name among the wanted ones, and the length of the label. */
export function labelOf(
	text: string,
	wanted: readonly Column[],
	more: MoreColumns,
): {readonly column: Column; readonly length: number} | null {
	const found = dashed.exec(text) ?? labelled.exec(text);
	if (!found) return null;
	const label = normal(withoutPictures(found[1] ?? '').replace(/\(s\)$/, 's'));
	const claims = wanted.flatMap(name => {
		const rank = exactRank(label, name, more);
		return rank === null ? [] : [{name, rank}];
	});
	const column = claims.toSorted((a, b) => a.rank - b.rank)[0]?.name;
	return column === undefined ? null : {column, length: found[0].length};
}

function fieldOf(item: Item, wanted: readonly Column[], more: MoreColumns): readonly [Column, Cell] | null {
	const found = labelOf(item.text, wanted, more);
	if (!found) return null;
	const code = item.code.map(({lines, info}) => ` ${spanOf(fencedCommand(lines, info))}`).join('');
	// `Commands:` with an item for each.
	const below = item.items.map(sub => `; ${sub.text}`).join('');
	return [
		found.column,
		{text: item.text.slice(found.length) + code + below, line: item.line, column: item.column + found.length},
	];
}

/** Values of the labelled sub-items; `others`: sub-items that are none of them. */
export function fieldsOf(
	item: Item,
	wanted: readonly Column[],
	{columns: more}: Pick<Reading, 'columns'>,
): {readonly fields: Fields; readonly others: readonly Item[]} {
	const found = item.items.map(sub => ({sub, field: fieldOf(sub, wanted, more)}));
	return {
		fields: Object.fromEntries(found.flatMap(({field}) => (field ? [field] : []))),
		others: found.filter(({field}) => field === null).map(({sub}) => sub),
	};
}

const inLine =
	/(?:[,;.]|\s[–—-])(?=\s+(?:owners?|responsible|commands?|evidence|expected|pass(?:es)? (?:if|when)|负责人|命令|证据|通过条件)\s*[:：])|[，；。](?=\s*(?:负责人|命令|证据|通过条件)\s*[:：])/gi;

/** A line at each label that is in it. */
function partsOf(line: Cell): readonly Cell[] {
	const found: Cell[] = [];
	let from = 0;
	for (const match of withoutCode(line.text).matchAll(inLine)) {
		found.push({...line, text: line.text.slice(from, match.index), column: line.column + from});
		from = match.index + match[0].length;
	}
	const last = line.text.slice(from);
	const gap = last.length - last.trimStart().length;
	return [...found, {...line, text: last.trim(), column: line.column + from + gap}];
}

export const itemOf = (cell: Cell): Item => ({...cell, end: cell.line, lines: [cell], box: null, items: [], code: []});

/** The item with its labelled lines as sub-items; what goes on without a label belongs to the one before it. */
export function unfolded(item: Item, wanted: readonly Column[], {columns: more}: Pick<Reading, 'columns'>): Item {
	// What is too long is an error by itself.
	const [first, ...others] = item.text.length > longest ? [] : item.lines.flatMap(partsOf);
	const isLabelled = ({text}: Cell): boolean => labelOf(text, wanted, more) !== null;
	if (!first || !others.some(isLabelled)) return item;
	const own = [first];
	const found: Cell[] = [];
	for (const line of others) {
		const last = found.at(-1);
		if (isLabelled(line)) found.push(line);
		else if (last) found[found.length - 1] = {...last, text: `${last.text} ${line.text}`};
		else own.push(line);
	}
	return {
		...item,
		text: own
			.map(({text}) => text)
			.join(' ')
			.trim(),
		items: [...found.map(itemOf), ...item.items],
	};
}

export const fullText = (text: string, others: readonly Pick<Item, 'text'>[]): string =>
	[text, ...others.map(({text: sub}) => plain(sub))].filter(part => part !== '').join('; ');

const hasBox = (item: Item): boolean => item.box !== null || item.items.some(hasBox);

export const isChecklist = ({items}: List): boolean => items.some(hasBox);

/** Items with a box, those of groups among them; complains of those without. */
export const boxed = (items: readonly Item[], complain: Complain): readonly Item[] =>
	items.flatMap(item => {
		if (item.box !== null) return [item];
		if (hasBox(item)) return boxed(item.items, complain);
		complain('item-unboxed', item, {});
		return [];
	});

/** Lines of text without the mark of a quote, or the colon of a list of definitions. */
export const linesOf = (block: Content): readonly Cell[] =>
	block.kind !== 'paragraph'
		? []
		: block.lines.map((raw, index) => {
				const text = raw.replace(/^\s*(?:> ?)*\s*(?::\s+)?/, '');
				return {text: text.trim(), line: block.line + index, column: raw.length - text.length + 1};
			});

/** What lines, items or rows say, each as one text: of a row `Ticket: CHG-1`. */
export function textsOf(block: Content): readonly string[] {
	if (block.kind === 'paragraph') return block.lines;
	if (block.kind === 'list') return block.items.map(({text}) => text);
	if (block.kind !== 'table') return [];
	return [block.header, ...block.rows].map(({cells}) =>
		cells.map(({text}) => text.replace(/[:：]\s*$/, '')).join(': '),
	);
}
