/*
What a list item says besides its text: `Label: value` sub-items, and its owners, in the ways that people write them.
*/
import type {MoreColumns} from './columns.ts';
import type {Complain} from './complain.ts';
import {withoutPictures} from './letters.ts';
import {plain} from './markdown/inline.ts';
import type {Item, List} from './markdown/list.ts';
import type {Cell} from './markdown/table.ts';
import type {Reading} from './reading.ts';
import {looksLikeRole, type Roles, rolesOf, wordsAlone} from './roles.ts';
import {type Column, columns, words} from './synonyms.ts';
import {normal, says} from './words.ts';

export type Fields = Partial<Readonly<Record<Column, Cell>>>;

export const cellOfItem = (item: Item): Cell => ({text: item.text, line: item.line, column: item.column});

const labelled = /^[*_`\s]{0,4}([^:：`*_]{1,40})[*_`\s]{0,4}[:：][*_\s]{0,4}/;

/** `Label: value` -> the column of that name among the wanted ones, and the length of the label. */
export function labelOf(
	text: string,
	wanted: readonly Column[],
	more: MoreColumns,
): {readonly column: Column; readonly length: number} | null {
	const found = labelled.exec(text);
	if (!found) return null;
	const label = normal(withoutPictures(found[1] ?? '').replace(/\(s\)$/, 's'));
	const claims = wanted
		.map(name => ({
			name,
			rank: [...(more[name] ?? []), ...columns[name]].findIndex(word => normal(word) === label),
		}))
		.filter(({rank}) => rank !== -1);
	const column = claims.toSorted((a, b) => a.rank - b.rank)[0]?.name;
	return column === undefined ? null : {column, length: found[0].length};
}

/** The value of a labelled item, in its place. */
function fieldOf(item: Item, wanted: readonly Column[], more: MoreColumns): readonly [Column, Cell] | null {
	const found = labelOf(item.text, wanted, more);
	if (!found) return null;
	const code = item.code.map(({text}) => ` \`${text.replaceAll('`', '')}\``).join('');
	return [
		found.column,
		{text: item.text.slice(found.length) + code, line: item.line, column: item.column + found.length},
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

type Owned = {readonly owners: readonly string[]; readonly text: string};

const parts = (text: string): readonly string[] =>
	text.split(/\s*(?:\+|,|;|&|\/|、|，|\band\b|和|与|及)\s*/iu).filter(part => part !== '');
const areRoles = (text: string, roles: Roles): boolean =>
	text.length <= 120 &&
	parts(text).length > 0 &&
	parts(text).every(part => /^[@<]/.test(part) || roles.isKnown(part) || looksLikeRole(part));

const ways: readonly RegExp[] = [
	/^[([（【](?:owner|role|who|by|负责人)?\s?[:：]?\s?([^)\]）】]{1,120})[)\]）】]\s*[:：\-–—|]?\s*(.*)$/is,
	/^((?:[@<][^\s>:：]{1,60}>?(?:\s*(?:[+,&/、，]|and|和|与)\s*)?){1,8})\s*[:：\-–—|]?\s*(.*)$/is,
	/^([^:：|–—]{1,120}?)\s*(?:[:：|–—]|\s-\s)\s*(.*)$/is,
];
const isNameLike = (name: string): boolean =>
	name.length <= 30 &&
	name.split(/\s+/).length <= 3 &&
	wordsAlone.test(name) &&
	!/^(?:\d|if |when |optional|all|any|note|see )/i.test(name) &&
	!doing.some(list => says(name, list));

const doing = [words.verify, words.run, words.decision, words.checks];

/**
Names of roles that stand before each of several texts in the same way: `(postmaster): move the record`. Where all begin so, and a
name comes again or is a role's for sure, they are learnt as roles.
*/
export function learnNames(texts: readonly string[], roles: Roles): void {
	const leads = texts.map(text => {
		const names = ways.map(way => way.exec(text)?.[1] ?? '').find(found => found !== '') ?? '';
		return parts(names).map(part => part.replace(/[<>@`]/g, '').trim());
	});
	const all = leads.flat();
	const isSure = all.some(name => roles.isKnown(name) || looksLikeRole(name)) || new Set(all).size < all.length;
	if (texts.length > 1 && isSure && leads.every(names => names.length > 0 && names.every(isNameLike)))
		for (const name of all) roles.spell(name);
}

const labelledEnd =
	/^(.*\S)\s*[([（【]\s?(?:owners?|responsible|负责人|责任人)\s?[:：]\s?([^()[\]（）【】]{1,120})[)\]）】]\s*\.?$/is;
const trailing =
	/^(.*\S)\s*(?:[([（【]\s?(?:owners?|roles?|who|by|负责人)?\s?[:：]?\s?([^()[\]（）【】]{1,120})[)\]）】]|[–—-]\s(?:owners?|负责人)\s?[:：]\s?([^()]{1,120})|[–—-]\s?([@<][^\s>]{1,60}>?)|[–—-]\s([^()–—]{1,60}))\s*\.?$/is;

/** The owners that a text names at its start or end, and what is left of it. */
export function ownersOfText(text: string, roles: Roles, at: Cell, complain: Complain): Owned {
	const take = (names: string, left: string): Owned => ({
		owners: rolesOf({...at, text: names}, roles, complain),
		text: left.trim(),
	});
	const [, before = '', named = ''] = text.length < 4000 ? (labelledEnd.exec(text) ?? []) : [];
	if (named !== '') return take(named, before);
	for (const way of ways) {
		const [, names = '', left = ''] = way.exec(text) ?? [];
		if (names !== '' && areRoles(names, roles)) return take(names, left);
	}
	const [, left = '', ...names] = text.length < 4000 ? (trailing.exec(text) ?? []) : [];
	const name = names.find(one => one !== undefined) ?? '';
	return name !== '' && areRoles(name, roles) ? take(name, left) : {owners: [], text};
}

/** Owners of an item: of its `Owner:` sub-item, else of its text. */
export function ownersOfItem(item: Item, fields: Fields, text: string, roles: Roles, complain: Complain): Owned {
	if (fields.owner) return {owners: rolesOf(fields.owner, roles, complain), text};
	return ownersOfText(text, roles, cellOfItem(item), complain);
}

/** Text of an item with its unlabelled sub-items, as one line. */
export const fullText = (text: string, others: readonly Item[]): string =>
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
