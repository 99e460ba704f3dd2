/*
How a map names places of its runbook: one by its words, or all of a kind in a place. A digest tells when the text there is another one.
*/
import {createHash} from 'node:crypto';
import {chainOf, type Section, withoutNumber} from '../document.ts';
import {spans} from '../markdown/inline.ts';
import {type Place, seen} from './places.ts';

export type EachKind = 'row' | 'box' | 'item' | 'heading';

/** `each`: not the place itself is meant, but all of that kind in it; without words in the whole runbook. */
export type Anchor = {
	readonly from: string;
	readonly under?: string | undefined;
	readonly each?: EachKind | undefined;
};

const isCut = (from: string): boolean => /(?:…|\.\.\.)$/.test(from.trim());

const byHead = new WeakMap<readonly Place[], ReadonlyMap<string, readonly Place[]>>();

/** Places whose words may begin so: a map of five hundred steps asks as often as that. */
function candidatesFor(words: string, places: readonly Place[]): readonly Place[] {
	const known = byHead.get(places) ?? Map.groupBy(places, ({key}) => key.slice(0, 12));
	byHead.set(places, known);
	return words.length < 12 ? places : (known.get(words.slice(0, 12)) ?? []);
}

/** All of the runbook, as a heading over it would be; none where nothing is there. */
export const wholeOf = (places: readonly Place[]): readonly Place[] =>
	places.slice(0, 1).map(first => ({...first, kind: 'heading', line: 0, end: Math.max(...places.map(({end}) => end))}));

/** The places that the words of an anchor name; one of several headings goes before other places of the same words. */
export function placesFor({from, under, each}: Anchor, places: readonly Place[]): readonly Place[] {
	if (each !== undefined && from === '') return wholeOf(places);
	const whole = from.replace(/\s*(?:…|\.\.\.)\s*$/, '');
	const bare = withoutNumber(whole);
	const other = seen(whole);
	const heading = bare === whole ? other : seen(bare);
	const above = under === undefined ? null : seen(withoutNumber(under));
	const isAbove = (section: Section | null): boolean =>
		chainOf(section).some(({heading: own}) => seen(withoutNumber(own)) === above);
	const begins = isCut(from);
	const heads = heading === other ? candidatesFor(other, places) : places;
	const found = heads.filter(({key: own, section, kind, lead}) => {
		const words = kind === 'heading' ? heading : other;
		const is = begins ? own.startsWith(words) : own === words;
		const isUnder = above === null || seen(lead) === above || isAbove(kind === 'heading' ? section.parent : section);
		return is && isUnder;
	});
	const headings = found.filter(({kind}) => kind === 'heading');
	return headings.length === 1 && found.length > 1 ? headings : found;
}

const isOf: Readonly<Record<EachKind, (place: Place) => boolean>> = {
	row: ({kind}) => kind === 'row',
	box: ({isBox}) => isBox,
	item: ({kind}) => kind === 'item',
	heading: ({kind}) => kind === 'heading',
};

export const isEachKind = (text: string): text is EachKind => Object.hasOwn(isOf, text);

/** All of a kind in a place, those inside one of them aside; in the text that leads to a table its rows. */
export function eachIn(each: EachKind, {kind, line, end, section}: Place, places: readonly Place[]): readonly Place[] {
	const next = kind === 'line' ? places.find(one => one.line > end && one.section === section) : undefined;
	const table = next?.kind === 'row' ? places.filter(({block}) => block === next.block) : [];
	const last = table.at(-1)?.end ?? end;
	let until = line;
	return places.filter(one => {
		const is = one.line > until && one.line <= last && isOf[each](one);
		if (is) until = one.end;
		return is;
	});
}

/** How the digest of an anchor is called in a map. */
export const digestKey = ({from, under, each}: Anchor): string =>
	`${each === undefined ? '' : from === '' ? `each ${each}` : `each ${each} in `}${under === undefined ? '' : `${under} > `}${from}`;

/** What an anchor watches: its place, of a row with its header; of `each` the tables and lists that hold what it takes, whole. */
export function watched(
	{each}: Anchor,
	place: Place,
	places: readonly Place[],
): readonly Pick<Place, 'line' | 'end'>[] {
	// What a cell means is said by its header.
	if (each === undefined) return place.kind === 'row' ? [{line: place.block, end: place.block}, place] : [place];
	const blocks = new Set(eachIn(each, place, places).map(({block}) => block));
	const inside = places.filter(({block}) => blocks.has(block));
	return [...Map.groupBy(inside, ({block}) => block)].map(([line, all]) => ({
		line,
		end: Math.max(...all.map(({end}) => end)),
	}));
}

/** Eight hex digits of what an anchor watches, `place` being where its words are; bullets, white space and line ends aside. */
export function digestOf(anchor: Anchor, place: Place, places: readonly Place[], lines: readonly string[]): string {
	const text = watched(anchor, place, places)
		.flatMap(({line, end}) => lines.slice(line - 1, end))
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

/** Code that is at a place; of a line of a fence, the line itself without its prompt. */
export const codesAt = ({kind, raw, text}: Place): readonly string[] =>
	kind === 'code' ? [text.replace(/^[$>] /, '')] : spans(raw).map(({code}) => code.trim());
