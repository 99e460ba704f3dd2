/*
What the entries of a part of a map come to: one place each. `each` takes all of a kind in a place; an entry for one of them alone, being
narrower, is read in its stead and in its turn.
*/
import {durationText} from '../../text/time.ts';
import {checkList, checkRows} from '../columns.ts';
import {plain} from '../markdown/inline.ts';
import type {Cell} from '../markdown/table.ts';
import {type Clock, clockAt, placed, spanEnd} from '../parts/timeline/clock.ts';
import {offsetOf, offsetOfSeconds} from '../parts/timeline/offset.ts';
import {lengthOf, saysNoLength, unitNamed} from '../parts/timeline/row.ts';
import type {Complain} from '../problems/complain.ts';
import type {Code, Values} from '../problems/complaints.ts';
import {rolesOf} from '../roles.ts';
import {type EachKind, eachIn, placesFor} from './anchors.ts';
import {type Place, seen} from './places.ts';
import {slug} from './proposal.ts';

/** What of an entry says which places it takes. */
export type Taking = {
	readonly [key: string]: unknown;
	readonly from?: string | undefined;
	readonly each?: EachKind | undefined;
	readonly in?: string | undefined;
	readonly under?: string | undefined;
	readonly but?: readonly string[] | undefined;
	readonly id?: string | undefined;
	readonly ids?: string | undefined;
	/** Keys of the entry by the header of the column that says them. */
	readonly fields?: Readonly<Record<string, string | undefined>> | undefined;
};

/** `place`: where the words of the entry are; `index`: of the entry in its list. */
export type Found<T> = {readonly entry: T; readonly place: Place; readonly index: number};

/** `from`: its words, whole or as the map has them. */
export type Row<T> = Found<T & {readonly from: string}>;

export type Faults = {
	/** Id of the stage at T0. */
	readonly zero: string | undefined;
	readonly inText: Complain;
	/** At a key of the entry with that index. */
	inMap<C extends Code>(index: number, keys: readonly string[], code: C, values: Values<C>): void;
};

/** What a cell says: undefined where it is empty, null where it is not what it should be. */
type Field = {
	/** What it should be, and how that is written. */
	readonly wanted: string;
	readonly as: string;
	read(cell: Cell, unit: string, faults: Faults): unknown;
};

/** A time of day, or from when until when. */
function wholeClock(text: string): Clock | null {
	const clock = clockAt(text);
	return clock && (spanEnd(clock.rest)?.rest ?? clock.rest).trim() === '' ? clock : null;
}

const length: Field = {
	wanted: 'a length',
	as: '90s, 10m, 1h30m or 10 minutes',
	read({text}, unit) {
		const said = plain(text);
		const seconds = lengthOf(said, unit) ?? 0;
		return saysNoLength(said) ? undefined : seconds > 0 ? durationText(seconds) : null;
	},
};
const roles: Field = {
	wanted: 'names of roles',
	as: 'them with commas between',
	read(cell, _, {inText}) {
		const names = rolesOf(cell, {roles: {spell: name => name}, complain: inText});
		return names.length === 0 ? undefined : names;
	},
};
const words: Field = {wanted: 'a text', as: 'one', read: ({text}) => text || undefined};
export const fieldsOfCells: Readonly<Record<string, Field>> = {
	at: {
		wanted: 'a time of a timeline',
		as: 'T-60, T-2h, T+0:15, T-1d, T0 or a time of day',
		read({text}, unit) {
			const said = plain(text);
			const offset = offsetOf(said, {unit, bare: /^(?:[-+\u2010-\u2015\u2212]|0$)/.test(said)});
			return offset?.id ?? wholeClock(said);
		},
	},
	takes: length,
	outage: length,
	owner: roles,
	ask: roles,
	says: words,
	id: words,
	role: {wanted: 'a role that signs', as: 'its name', read: ({text}) => text || null},
};

/** Headers as they are compared, once for all rows of a table. */
const compared = new WeakMap<readonly string[], readonly string[]>();

/** A cell by the header of its column, with the unit that the header gives to numbers. */
export function cellAt({header, written, cells, line, column}: Place, name: string) {
	const headers = compared.get(header) ?? header.map(seen);
	compared.set(header, headers);
	const at = headers.indexOf(seen(name));
	const cell = {line, column: written[at]?.column ?? column, text: written[at]?.text ?? ''};
	return at === -1 ? null : {cell, shown: cells[at] ?? '', unit: unitNamed(header[at] ?? '')};
}

/** Written as an id already. */
const isId = /^[A-Z]{1,4}[-.]?\d{1,4}$/;

/** What the columns of an entry say of each row. `taken`: ids of others. */
function readerOf({entry, index}: Found<Taking>, taken: Set<string>, faults: Faults) {
	const lacking = new Set<string>();
	return (place: Place): Readonly<Record<string, unknown>> =>
		Object.fromEntries(
			Object.entries(entry.fields ?? {}).flatMap(([key, name = '']) => {
				const found = cellAt(place, name);
				const field = fieldsOfCells[key];
				if (!found || !field) {
					const about = {name, line: place.block, headers: place.header.map(text => `"${text}"`).join(', ')};
					const once = `${place.block} ${key}`;
					if (!lacking.has(once)) faults.inMap(index, ['fields', key], 'reading-column', about);
					lacking.add(once);
					return [];
				}
				const {cell, shown, unit} = found;
				const value = field.read(field === words ? {...cell, text: shown} : cell, unit, faults);
				const {wanted, as} = field;
				if (value === null) faults.inText('reading-cell', cell, {text: shown, name, wanted, as});
				const id = key === 'id' && typeof value === 'string' && !isId.test(value) ? slug(value, taken) : value;
				return id === undefined || id === null ? [] : [[key, id]];
			}),
		);
}

/** Complains of tables and lists that are not kept whole. */
function checkBlocks(members: readonly Place[], {inText}: Faults): void {
	const sections = new Set(members.map(({section}) => section));
	const lines = new Set(members.map(({block}) => block));
	for (const block of [...sections].flatMap(({blocks}) => blocks)) {
		if (!lines.has(block.line)) continue;
		if (block.kind === 'table') checkRows(block, inText);
		else if (block.kind === 'list') checkList(block, inText);
	}
}

/** The places of an entry that are left out. */
function leftOut({entry: {but = []}, index}: Found<Taking>, members: readonly Place[], {inMap}: Faults) {
	return new Set(
		but.flatMap((from, at) => {
			const [only, ...others] = placesFor({from}, members);
			if (only && others.length === 0) return only;
			const count = only ? `${others.length + 1} of these places` : 'none of these places';
			inMap(index, ['but', String(at)], 'reading-but', {words: from, count});
			return [];
		}),
	);
}

/** Rows with times of day as they count from the one at T0, each on the day of the one before it or on the next. */
function fromZero<T extends Taking>(
	rows: readonly Row<T>[],
	{entry: {fields}, index}: Found<Taking>,
	inside: readonly Place[],
	{zero, inMap}: Faults,
): readonly Row<T>[] {
	const isClock = ({entry: {at}}: Row<T>): boolean => typeof at === 'object';
	if (!rows.some(isClock)) return rows;
	const clocks = inside.map(place => wholeClock(plain(cellAt(place, fields?.['at'] ?? '')?.cell.text ?? '')));
	const seconds = new Map(placed(clocks).map((one, turn) => [inside[turn], one]));
	const t0 = seconds.get(rows.find(({entry: {id}}) => id === zero)?.place) ?? null;
	if (t0 === null) inMap(index, ['fields', 'at'], 'reading-clock', {zero: zero ?? 'T0'});
	return rows.map(row => {
		const at = isClock(row) ? offsetOfSeconds((seconds.get(row.place) ?? 0) - (t0 ?? 0)).id : row.entry['at'];
		return {...row, entry: {...row.entry, at}};
	});
}

/** `isOthers`: whether an entry of another part takes a place alone. `leave` is called for each that `but` leaves out. */
export function rowsOf<T extends Taking>(
	found: readonly Found<T>[],
	places: readonly Place[],
	isOthers: (place: Place) => boolean,
	faults: Faults,
	leave: (place: Place) => void = () => {},
): readonly Row<T>[] {
	const alone = found.filter(({entry}) => entry.each === undefined);
	const own = Map.groupBy(alone, ({place}) => place);
	const members = new Map(
		found.flatMap(one => (one.entry.each ? [[one, eachIn(one.entry.each, one.place, places)] as const] : [])),
	);
	const inEach = new Set([...members.values()].flat());
	const taken = new Set(alone.flatMap(({entry}) => entry.id ?? []));
	const rowOf = (one: Found<T>): Row<T> => ({...one, entry: {...one.entry, from: one.entry.from ?? one.place.text}});
	return found.flatMap(one => {
		const inside = members.get(one);
		if (!inside) return inEach.has(one.place) ? [] : [rowOf(one)];
		const {entry, index} = one;
		const {each = 'row', in: words = 'The runbook', ids: prefix} = entry;
		if (inside.length === 0) faults.inMap(index, ['in'], 'reading-each', {words, kind: each});
		checkBlocks(inside, faults);
		const out = leftOut(one, inside, faults);
		for (const place of out) leave(place);
		const valuesOf = readerOf(one, taken, faults);
		const rows = inside.flatMap((place, step): readonly Row<T>[] => {
			const narrower = own.get(place);
			if (narrower) return narrower.map(rowOf);
			if (out.has(place) || isOthers(place)) return [];
			const id = prefix === undefined ? {} : {id: `${prefix}-${step + 1}`};
			return [{entry: {...entry, from: place.text, ...id, ...valuesOf(place)}, place, index}];
		});
		return fromZero(rows, one, inside, faults);
	});
}
