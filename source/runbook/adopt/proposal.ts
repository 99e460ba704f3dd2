/** What a proposal of a map consists of, and how a place of the runbook is named in it. */

import {type Anchor, anchorOf, type Place} from './places.ts';

export type Question = {
	readonly id: string;
	readonly question: string;
	readonly default: string;
	/** Line of the runbook that it is about. */
	readonly line: number | null;
	readonly choices?: readonly string[];
};

export type Value = string | number | boolean | readonly (string | number)[] | {readonly [key: string]: Value};

export type Entry = Readonly<Record<string, Value>>;

export type Proposal = {
	readonly title: string;
	readonly top: Readonly<Record<string, string>>;
	readonly parts: Readonly<Record<'stages' | 'gates' | 'triggers' | 'rollback' | 'signOffs', readonly Entry[]>>;
	readonly ignore: readonly string[];
	/** Digest by the words of an entry. */
	readonly digests: Readonly<Record<string, string>>;
	readonly questions: readonly Question[];
	/** What stands in the runbook and cannot be named alone. */
	readonly lost: readonly number[];
};

/** Answers by the id of a question. */
export type Answers = Readonly<Record<string, string>>;

export type Named = {readonly place: Place; readonly anchor: Anchor};

export type Finder = {
	at(line: number): Named | null;
	readonly lost: number[];
};

export function finder(places: readonly Place[]): Finder {
	const lost: number[] = [];
	return {
		lost,
		at(line) {
			const place = places.find(one => one.line === line);
			const anchor = place ? anchorOf(place, places) : null;
			if (!place || !anchor) {
				lost.push(line);
				return null;
			}
			return {place, anchor};
		},
	};
}

export const entryOf = ({anchor}: Named, rest: Entry): Entry => ({
	...rest,
	from: anchor.from,
	...(anchor.under === undefined ? {} : {under: anchor.under}),
});
