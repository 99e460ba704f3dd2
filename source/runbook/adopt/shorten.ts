/*
Entries of a map that are shorter as one for each of a kind: the rows of a table, the boxes or items of a list. It is taken only where it
comes to the very same as the single entries do; what it would read otherwise keeps an entry of its own.
*/
import {secondsIn} from '../../text/time.ts';
import {chainOf} from '../document.ts';
import {offsetOf} from '../parts/timeline/offset.ts';
import {createRoles} from '../roles.ts';
import {byColumn} from '../settings/reading.ts';
import {type Anchor, type EachKind, eachIn, wholeOf} from './anchors.ts';
import type {Place} from './places.ts';
import {anchorOf, type Entry, type Kind, type Listed, type Value} from './proposal.ts';
import {type Row, rowsOf, type Taking} from './rows.ts';

export type About = {
	readonly places: readonly Place[];
	/** Id of the stage at T0. */
	readonly zero: string | undefined;
	/** Whether another part takes a place. */
	isOthers(place: Place): boolean;
	/** Whether a person said that a place is nothing. */
	isLeft(place: Place): boolean;
};

type Said = Readonly<Record<string, unknown>>;
const anchoring = new Set(['from', 'under', 'each', 'in', 'but', 'fields']);
const keysOf = (entries: readonly Said[]): readonly string[] =>
	[...new Set(entries.flatMap(entry => Object.keys(entry)))].filter(key => !anchoring.has(key));

/** A value in one way of writing; empty where there is none. */
function normal(key: string, value: unknown): string {
	if (value === undefined) return '';
	if (key === 'at') return String(offsetOf(String(value))?.seconds);
	if (key === 'takes' || key === 'outage') return String(secondsIn(String(value)));
	const isNames = key === 'owner' || key === 'ask';
	return JSON.stringify(isNames ? [value].flat().map(name => createRoles().spell(String(name))) : value);
}

/** Whether an entry says the same of a place as the single one does. */
const isSame = ({entry: single, free = []}: Listed, entry: Said): boolean =>
	keysOf([single, entry]).every(key => free.includes(key) || normal(key, single[key]) === normal(key, entry[key]));

/** What entries come to; `faults`: lines of the runbook with something wrong, 0 for what is wrong with the map. */
function readOf(list: readonly Pick<Listed, 'entry' | 'place'>[], {places, zero}: About) {
	const faults = new Set<number>();
	const found = list.map(({entry, place}, index) => ({entry: entry as Taking, place, index}));
	const rows = rowsOf(found, places, () => false, {
		zero,
		inText: (_, {line}) => faults.add(line),
		inMap: () => faults.add(0),
	});
	return {rows, faults};
}

/** What says the keys of most of these entries: a column, else a value that they share. */
function sayingOf(
	part: Kind,
	covered: readonly Listed[],
	read: (fields: Record<string, string>) => readonly Row<Taking>[],
) {
	const fixed: Record<string, Value> = {};
	const fields: Record<string, string> = {};
	const headers = (covered[0]?.place.header ?? []).filter(text => text !== '');
	const entries = new Map(covered.map(({entry, place}) => [place, entry]));
	for (const key of keysOf(covered.map(({entry}) => entry))) {
		const count = (name: string): number =>
			// Times of day count from a row that is known by its id.
			read({...(key === 'at' ? fields : {}), [key]: name}).filter(({entry, place}) => {
				const wanted = normal(key, entries.get(place)?.[key]);
				return wanted !== '' && wanted === normal(key, entry[key]);
			}).length;
		const isField = byColumn[part].some(one => one === key);
		let column = {name: '', count: 0};
		for (const name of isField ? headers : []) {
			const hits = column.count < covered.length ? count(name) : 0;
			if (hits > column.count) column = {name, count: hits};
		}
		const bound = covered.filter(({free = []}) => !free.includes(key));
		const groups = key === 'id' ? [] : [...Map.groupBy(bound, ({entry}) => normal(key, entry[key])).values()];
		const [shared = []] = groups.toSorted((one, other) => other.length - one.length);
		const value = shared[0]?.entry[key];
		if (column.count > 0 && column.count >= shared.length) fields[key] = column.name;
		else if (value !== undefined && shared.length > 1) fixed[key] = value;
	}
	return {...fixed, ...(Object.keys(fields).length === 0 ? {} : {fields})};
}

/** The list with one entry for each of a kind in a place; null where that is no shorter, or comes to something else. */
function withEach(
	part: Kind,
	list: readonly Listed[],
	each: EachKind,
	place: Place,
	about: About,
): readonly Listed[] | null {
	const {places, isOthers, isLeft} = about;
	const named: Anchor | null = place.line === 0 ? {from: ''} : anchorOf(place, places);
	const members = eachIn(each, place, places);
	const inside = new Set(members);
	const covered = list.filter(one => one.anchor.each === undefined && inside.has(one.place));
	const byPlace = Map.groupBy(covered, one => one.place);
	const others = members.filter(one => !byPlace.has(one));
	const but = others.map(one => anchorOf(one, members));
	if (!named || covered.length < 2 || byPlace.size < covered.length) return null;
	if (members.some(isOthers) || !others.every(isLeft)) return null;
	if (but.some(one => one === null || one.under !== undefined)) return null;
	const anchor: Anchor = {...named, each};
	const base: Entry = {
		each,
		...(named.from === '' ? {} : {in: named.from}),
		...(named.under === undefined ? {} : {under: named.under}),
	};
	const entry: Entry = {
		...base,
		...sayingOf(part, covered, fields => readOf([{entry: {...base, fields}, place}], about).rows),
		...(but.length === 0 ? {} : {but: but.map(one => one?.from ?? '')}),
	};
	const {rows, faults} = readOf([{entry, place}], about);
	const read = new Map(rows.map(row => [row.place, row.entry]));
	const isRead = (one: Listed): boolean => !faults.has(one.place.line) && isSame(one, read.get(one.place) ?? {});
	const own = covered.filter(one => !isRead(one));
	if (own.length + 1 >= covered.length) return null;
	const gone = new Set(covered.filter(one => !own.includes(one)));
	const [first] = gone;
	return list.flatMap(one => (one === first ? [{entry, place, anchor}] : gone.has(one) ? [] : [one]));
}

/** Where all of a kind may be said at once: a heading above, the widest first, the text that leads to the table or list, or else anywhere. */
function withinOf({section, block}: Place, places: readonly Place[]): readonly Place[] {
	const lines = new Set(chainOf(section).map(({line}) => line));
	const above = places.filter(({kind, line}) => kind === 'heading' && lines.has(line));
	const lead = places.findLast(one => one.line < block && one.section === section);
	return [...above, ...(lead?.kind === 'line' ? [lead] : []), ...wholeOf(places)];
}

/** The shortest entries that come to the same as these. */
export function shortened(part: Kind, singles: readonly Listed[], about: About): readonly Listed[] {
	const tried = new Set<string>();
	let list = singles;
	for (const {place} of singles) {
		const kinds: readonly EachKind[] = place.kind === 'row' ? ['row'] : place.kind === 'item' ? ['box', 'item'] : [];
		for (const within of withinOf(place, about.places))
			for (const each of kinds) {
				const name = `${each} ${within.line}`;
				const shorter = tried.has(name) ? null : withEach(part, list, each, within, about);
				tried.add(name);
				if (shorter && comesTo(shorter, singles, about)) list = shorter;
			}
	}
	return list;
}

function comesTo(list: readonly Listed[], singles: readonly Listed[], about: About): boolean {
	const {rows, faults} = readOf(list, about);
	return (
		faults.size === 0 &&
		rows.length === singles.length &&
		rows.every(({place, entry}, index) => {
			const single = singles[index];
			return single !== undefined && single.place === place && isSame(single, entry);
		})
	);
}
