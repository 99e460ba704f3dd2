/** What a proposal of a map consists of, and how a place of the runbook is named in it. */

import type {Runbook} from '../../cutover/model/runbook.ts';
import {type Anchor, placesFor} from './anchors.ts';
import {withoutMark} from './marks.ts';
import type {Place} from './places.ts';

export type Question = {
	readonly id: string;
	readonly question: string;
	readonly default: string;
	/** Line of the runbook that it is about. */
	readonly line: number | null;
	readonly choices?: readonly string[];
	/** Another answer than these is taken, too. */
	readonly others?: true;
};

export type Value = string | number | boolean | readonly (string | number)[] | {readonly [key: string]: Value};

export type Entry = Readonly<Record<string, Value>>;

/** What a place may be taken as. */
const kinds = ['stages', 'gates', 'triggers', 'rollback', 'signOffs'] as const;
export type Kind = (typeof kinds)[number];

/** How an answer `line.N` calls them. */
export const kindNames: Readonly<Record<string, Kind>> = {
	step: 'stages',
	gate: 'gates',
	trigger: 'triggers',
	rollback: 'rollback',
	'sign-off': 'signOffs',
};

/** A place and what it is taken as. */
export type Taken = {
	readonly kind: Kind;
	readonly line: number;
	readonly end: number;
	readonly text: string;
	/** Id of a stage; empty of the others. */
	readonly id: string;
};

export type Proposal = {
	readonly title: string;
	/** What the head of the runbook says of the change. */
	readonly about: Pick<Runbook, 'ticket' | 'environment'>;
	readonly top: Readonly<Record<string, string | readonly string[]>>;
	readonly parts: ReadonlyMap<Kind, readonly Entry[]>;
	/** By line. */
	readonly taken: readonly Taken[];
	readonly ignore: readonly Anchor[];
	/** Digest by the words of an entry. */
	readonly digests: Readonly<Record<string, string>>;
	readonly questions: readonly Question[];
};

/** Answers by the id of a question. */
export type Answers = Readonly<Record<string, string>>;

/** Asks, and is answered at once: by what was said before, else by the default. */
export type Asking = {ask(question: Question): string; readonly answers: Answers};

/** Where a place is known by an anchor; `key`: of its digest. */
export type Named = {readonly place: Place; readonly anchor: Anchor};

/** An entry of a map, and where its words are. */
export type Listed = Named & {
	readonly entry: Entry;
	/** Keys that would change nothing there. */
	readonly free?: readonly string[];
};

export const listedAs = ({anchor, place}: Named, rest: Entry, free: readonly string[] = []): Listed => ({
	free,
	anchor,
	place,
	entry: {...rest, from: anchor.from, ...(anchor.under === undefined ? {} : {under: anchor.under})},
});

/** The shortest beginning of four words or more that names a place alone, with the heading above it where it needs one. */
export function anchorOf(place: Place, places: readonly Place[]): Anchor | null {
	const names = (anchor: Anchor): boolean => {
		const found = placesFor(anchor, places);
		return found.length === 1 && found[0] === place;
	};
	const words = place.text.split(' ');
	const heading = place.kind === 'heading' ? place.section.parent?.heading : place.section.heading;
	for (const under of [undefined, heading, place.lead].filter(one => one !== '')) {
		const about = under === undefined ? {} : {under};
		for (let count = 4; count < words.length; count++) {
			const from = words.slice(0, count).join(' ');
			if (from.length >= 18 && names({from: `${from}…`, ...about})) return {from: `${from}…`, ...about};
		}
		if (names({from: place.text, ...about})) return {from: place.text, ...about};
	}
	return null;
}

/** What is before the name of a step: its number, its time. */
export const prefix =
	/^(?:[\p{L}]+\s*#?\d{1,2}[a-z]?(?:\.\d+)*\s*(?:---?|[-–—:.)](?!\d)|$)\s*|T ?(?:minus|plus|[-+=]) ?\d+ ?[a-z]*\s*[-–—:]?\s*|\d{1,2}:\d\d(?: ?[AP]M)?\s*[-–—:|]?\s*|[#\d.]+[.)]?\s+)/iu;

/** A name of up to three words. `taken`: names of others, to which it is added. */
export function slug(text: string, taken: Set<string>): string {
	const bare = withoutMark(text).replace(/^[^\p{L}\p{N}]+/u, '');
	// "T-7 days" and nothing else is a name as well.
	const named = bare.replace(prefix, '').replace(/^(?:days?|weeks?|hours?|minutes?|mins?)\b/i, '');
	const words = (/[\p{L}\p{N}]/u.test(named) ? bare.replace(prefix, '') : bare)
		.replace(/\([^()]{1,40}\)/g, '')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	const base =
		words
			.split('-')
			.slice(0, 3)
			.join('-')
			.replace(/^(?=\d)/, 's-') || 'stage';
	let id = base;
	for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
	taken.add(id);
	return id;
}
