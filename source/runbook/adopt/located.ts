/*
Which places of a runbook the entries of its map take. Of two that take the same place the narrower wins, two that are as narrow are an
error; and text that changed since somebody looked at it is one.
*/
import type {Complain} from '../problems/complain.ts';
import type {Read} from '../settings/read.ts';
import type {ReadingMap} from '../settings/reading.ts';
import {type Anchor, digestKey, digestOf, placesFor, watched} from './anchors.ts';
import {type Place, seen} from './places.ts';
import {type Found, type Row, rowsOf, type Taking} from './rows.ts';

const parts = ['stages', 'gates', 'triggers', 'rollback', 'signOffs'] as const;
type Part = (typeof parts)[number];
type EntryOf<P extends Part> = NonNullable<ReadingMap[P]>[number];

export type Located = {
	readonly rows: {readonly [P in Part]: readonly Row<EntryOf<P>>[]};
	/** What takes each place: `gates 2`. */
	readonly taken: ReadonlyMap<Place, string>;
	/** Lines of all that is taken or left out. */
	readonly covered: ReadonlySet<number>;
};

export function located(
	map: ReadingMap,
	places: readonly Place[],
	lines: readonly string[],
	{parsed, complain: inFile}: Read,
	inText: Complain,
): Located {
	const digests = new Map(Object.entries(map.reviewed?.parts ?? {}));
	const taken = new Map<Place, string>();
	const covered = new Set<number>();
	const cover = ({line, end}: Place): void => {
		for (let at = line; at <= end; at++) covered.add(at);
	};
	const take = (place: Place, part: string, index: number, key: string, words: string): void => {
		const other = taken.get(place);
		// One line may say several triggers.
		if (other !== undefined && (key === 'in' || !other.startsWith(`${part} `)))
			inFile('reading-twice', parsed.at(['reading', part, index, key]), {words, line: place.line, other});
		taken.set(place, `${part} ${index + 1}`);
		cover(place);
	};
	const find = (entry: Taking, part: string, index: number): Place | null => {
		const {from, in: within, each, under, says} = entry;
		const key = each === undefined ? 'from' : 'in';
		const anchor: Anchor = {from: from ?? within ?? '', under, each};
		const [only, ...others] = placesFor(anchor, places);
		if (!only || others.length > 0) {
			const count = only
				? `${others.length + 1} places (lines ${[only, ...others].map(({line}) => line).join(', ')})`
				: 'no place';
			inFile('reading-place', parsed.at(['reading', part, index, key]), {words: anchor.from, count});
			return null;
		}
		if (each === undefined) take(only, part, index, key, anchor.from);
		if (typeof says === 'string' && !only.key.includes(seen(says)))
			inFile('reading-code', parsed.at(['reading', part, index]), {words: says});
		const known = digests.get(digestKey(anchor));
		if (known !== undefined && known !== digestOf(anchor, only, places, lines)) {
			const [first = only] = watched(anchor, only, places);
			inText(
				'reading-changed',
				{line: first.line || 1, column: first === only ? only.column : 1},
				{words: anchor.from || digestKey(anchor)},
			);
		}
		return only;
	};
	const found = <T extends Taking>(entries: readonly T[] | undefined, part: string): readonly Found<T>[] =>
		(entries ?? []).flatMap((entry, index) => {
			const place = find(entry, part, index);
			return place ? [{entry, place, index}] : [];
		});
	// All that name a single place come before those that take what is left.
	const all = {
		stages: found(map.stages, 'stages'),
		gates: found(map.gates, 'gates'),
		triggers: found(map.triggers, 'triggers'),
		rollback: found(map.rollback, 'rollback'),
		signOffs: found(map.signOffs, 'signOffs'),
	};
	for (const [index, one] of (map.ignore ?? []).entries())
		find(typeof one === 'string' ? {from: one} : one, 'ignore', index);
	const alone = new Map(taken);
	const rows = <T extends Taking>(some: readonly Found<T>[], part: Part): readonly Row<T>[] => {
		const isOthers = (place: Place): boolean => !(alone.get(place) ?? part).startsWith(part);
		const inMap: Parameters<typeof rowsOf>[3]['inMap'] = (index, keys, code, values) =>
			inFile(code, parsed.at(['reading', part, index, ...keys]), values);
		const made = rowsOf(some, places, isOthers, {zero: map.zero, inText, inMap}, cover);
		for (const {entry, place, index} of made)
			if (entry.each !== undefined) take(place, part, index, 'in', entry.in ?? `each ${entry.each}`);
		return made;
	};
	return {
		rows: {
			stages: rows(all.stages, 'stages'),
			gates: rows(all.gates, 'gates'),
			triggers: rows(all.triggers, 'triggers'),
			rollback: rows(all.rollback, 'rollback'),
			signOffs: rows(all.signOffs, 'signOffs'),
		},
		taken,
		covered,
	};
}
