/*
Places of a runbook that a map can name: headings, items, rows and lines of text, each by its own words. What is compared is what a
reader sees: no marks, numbers of headings, bullets, boxes or final colons; white space is one space, dashes are one, case does not count.
*/
import {createHash} from 'node:crypto';
import {type Document, isUnder, type Section} from '../document.ts';
import {plain} from '../markdown/inline.ts';
import type {Item} from '../markdown/list.ts';
import {withoutPictures} from '../words/letters.ts';

export type Place = {
	readonly kind: 'heading' | 'item' | 'row' | 'line' | 'fence';
	/** As it is written, marks and all, and as it is seen. */
	readonly raw: string;
	readonly text: string;
	readonly line: number;
	/** Its last line, with all that stands under it. */
	readonly end: number;
	readonly column: number;
	readonly section: Section;
	readonly isBox: boolean;
};

const number = /^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|step \d{1,2}[.:)]?)\s+/i;

/** How words are compared. */
export const seen = (text: string): string =>
	withoutPictures(plain(text))
		.normalize('NFKC')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[:：]$/, '')
		.toLowerCase();

const shown = (text: string): string => withoutPictures(plain(text)).replace(/\s+/g, ' ').trim();

const endOf = (item: Item): number =>
	Math.max(
		item.line,
		item.lines.at(-1)?.line ?? 0,
		...item.code.map(({line, text}) => line + text.split('\n').length),
		...item.items.slice(-1).map(endOf),
	);

const ofItem = (item: Item, section: Section): readonly Place[] => [
	{
		kind: 'item',
		raw: item.text,
		text: shown(item.text),
		line: item.line,
		end: endOf(item),
		column: item.column,
		section,
		isBox: item.box !== null,
	},
	...item.items.flatMap(sub => ofItem(sub, section)),
];

/** The last line of the lists and fences that follow a paragraph, up to the next text or table. */
function behind(blocks: Section['blocks'], from: number): number {
	let last = 0;
	for (const block of blocks.slice(from + 1)) {
		if (block.kind === 'list') last = Math.max(last, ...block.items.slice(-1).map(endOf));
		else if (block.kind === 'fence') last = block.line + block.lines.length + 1;
		else break;
	}
	return last;
}

/** Every place, in the order of the document. `last`: the number of lines of the file. */
export function placesOf({sections}: Document, last: number): readonly Place[] {
	return sections.flatMap((section, index) => {
		const next = sections.slice(index + 1).find(other => !isUnder(other, section));
		const heading: Place = {
			kind: 'heading',
			raw: section.heading,
			text: section.heading.replace(number, ''),
			line: section.line,
			end: (next?.line ?? last + 1) - 1,
			column: 1,
			section,
			isBox: false,
		};
		const inside = section.blocks.flatMap((block, order): readonly Place[] => {
			if (block.kind === 'list') return block.items.flatMap(item => ofItem(item, section));
			const at = {section, isBox: false} as const;
			if (block.kind === 'table')
				return block.rows.map(row => ({
					...at,
					kind: 'row',
					raw: row.cells.map(({text}) => text).join(' | '),
					text: row.cells
						.map(({text}) => shown(text))
						.filter(text => text !== '')
						.join(' | '),
					line: row.line,
					end: row.line,
					column: row.cells[0]?.column ?? 1,
				}));
			if (block.kind === 'paragraph')
				return block.lines.map((raw, step) => ({
					...at,
					kind: 'line',
					raw,
					text: shown(raw),
					line: block.line + step,
					end: step === 0 ? Math.max(block.end, behind(section.blocks, order)) : block.line + step,
					column: 1,
				}));
			return [];
		});
		return section.heading === '' ? inside : [heading, ...inside];
	});
}

export type Anchor = {readonly from: string; readonly under?: string | undefined};

const isCut = (from: string): boolean => /(?:…|\.\.\.)$/.test(from.trim());

/** The places that an anchor names; one of several headings goes before other places of the same words. */
export function placesFor({from, under}: Anchor, places: readonly Place[]): readonly Place[] {
	const whole = from.replace(/\s*(?:…|\.\.\.)\s*$/, '');
	const wanted = {heading: seen(whole.replace(number, '')), other: seen(whole)};
	const above = under === undefined ? null : seen(under.replace(number, ''));
	const isAbove = (section: Section | null): boolean =>
		section !== null && (seen(section.heading.replace(number, '')) === above || isAbove(section.parent));
	const found = places.filter(({text, section, kind}) => {
		const own = seen(text);
		const words = kind === 'heading' ? wanted.heading : wanted.other;
		const is = isCut(from) ? own.startsWith(words) : own === words;
		return is && (above === null || isAbove(kind === 'heading' ? section.parent : section));
	});
	const headings = found.filter(({kind}) => kind === 'heading');
	return headings.length === 1 && found.length > 1 ? headings : found;
}

/** Eight hex digits of what stands at a place and under it; bullets, white space and line ends aside. */
export function digestOfPlace({line, end}: Place, lines: readonly string[]): string {
	const text = lines
		.slice(line - 1, end)
		.map(one =>
			one
				.replace(/\r$/, '')
				.replace(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+/, '')
				.replace(/\s+/g, ' ')
				.trim(),
		)
		.filter(one => one !== '')
		.join('\n');
	return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** The shortest beginning of four words or more that names a place alone, with the heading above it where it needs one. */
export function anchorOf(place: Place, places: readonly Place[]): Anchor | null {
	const names = (anchor: Anchor): boolean => {
		const found = placesFor(anchor, places);
		return found.length === 1 && found[0] === place;
	};
	const words = place.text.split(' ');
	const heading = place.kind === 'heading' ? place.section.parent?.heading : place.section.heading;
	for (const under of heading === undefined || heading === '' ? [undefined] : [undefined, heading]) {
		const about = under === undefined ? {} : {under};
		for (let count = 4; count < words.length; count++) {
			const from = words.slice(0, count).join(' ');
			if (from.length >= 18 && names({from: `${from}…`, ...about})) return {from: `${from}…`, ...about};
		}
		if (names({from: place.text, ...about})) return {from: place.text, ...about};
	}
	return null;
}
