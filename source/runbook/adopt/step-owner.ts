/* Who does a step: by a label, a mark, brackets, or whoever all steps of a timeline name in one way. */

import {clockAt} from '../parts/timeline/clock.ts';
import {offsetOf} from '../parts/timeline/offset.ts';
import {isLength, lengthIn, withoutMark} from './marks.ts';
import type {Place} from './places.ts';
import {isOnly, saysOf} from './topics.ts';

export type Lines = readonly string[];
export const bodyOf = (place: Place, lines: Lines): Lines => lines.slice(place.line, place.end);

/** `Owner: DBA`, `- **Responsible**: DBA`, `… (owner: DBA)`: a label, and what it says. */
const labelIn =
	/(?:^\s*(?:[-*+>]\s+)?(?:\[.\]\s*)?|[;(|[·]\s*|\.\s+)(?:\*\*|__)?([\p{L}\p{M} /]{2,30}?)\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*([^|;·()"“”\n\]]{1,120}?)\s*(?=[();|·\]]|$)/giu;

/** What the label says that is one of the words; null where a line has none. */
export function labelSaid(text: string, subject: 'owner' | 'time'): string | null {
	const said = [...text.matchAll(labelIn)].find(([, label = '']) => isOnly(label, subject));
	return said?.[2] ?? null;
}

/** `- [ ] @build: stop` */
const addressed = /^\s*[-*+]\s+(?:\[.\]\s*)?@([\w.-]{1,40})\s*[:–—-]/;

/** `13:00 @build stop the queue` */
const atStart = /^@([\w.-]{1,40})\s/;

/** `Test the flows @netsec @app-owners` */
const atEnd = /((?:\s+@[\w.-]{1,40})+)\s*$/;

/** Who a line says does it; null where it does not say, or leaves a blank to fill in. */
function labelledOwner(text: string): string | null {
	const [first = ''] = (
		labelSaid(text, 'owner') ??
		labelSaid(withoutMark(text), 'owner') ??
		addressed.exec(text)?.[1] ??
		''
	).split(/[.;] /);
	const name = first.replace(/[.*_`<>@]+/g, ' ').trim();
	return name === '' || name.split(/\s+/).length > 5 || /^[[({]/.test(name) ? null : name;
}

/** Whoever the first of the lines names that names somebody. */
export const ownerAmong = (lines: Lines): string | null => lines.map(labelledOwner).find(one => one !== null) ?? null;

/** `T-90 – Engineers on site (Site lead)` */
export function bracketedOwner(text: string): string | null {
	const [, said = ''] = /[([]([^()[\]]{2,60})[)\]]\s*(?:\W*(?:←|<[-=]+).*)?$/u.exec(text) ?? [];
	// "(5 min, service desk)", "[service desk, 2 h before]"
	const isName = (piece: string): boolean => !isLength(piece) && offsetOf(piece) === null && clockAt(piece) === null;
	const [inside = '', ...more] = said.split(/[,;·]\s+/).filter(isName);
	return more.length > 0 ||
		!/^@?\p{L}[\p{L} /&+-]{1,40}$/u.test(inside) ||
		lengthIn(inside) !== null ||
		saysOf(inside, 'noReturn') ||
		/^(?:optional|required|if needed|est)/i.test(inside) ||
		inside.split(/\s*[+&/]\s*/).some(name => name.split(' ').length > 4)
		? null
		: inside.replace('@', '');
}

export function ownerOf(place: Place, lines: Lines): string | null {
	const [, named] = atEnd.exec(place.raw) ?? [];
	return (
		labelledOwner(place.raw) ??
		(place.kind === 'heading' ? null : bracketedOwner(place.text)) ??
		atStart.exec(withoutMark(place.text))?.[1] ??
		named?.replace(/\s*@/g, ', ').slice(2) ??
		ownerAmong(bodyOf(place, lines)) ??
		(place.kind === 'heading' ? partOwners(bodyOf(place, lines)) : null)
	);
}

export const cellsOf = (row: string): readonly string[] => row.split('|').map(cell => cell.trim());

/** The few who do the rows of a phase, or each of its items. */
function partOwners(body: Lines): string | null {
	const rows = body.filter(line => /^\s*\|/.test(line)).map(cellsOf);
	const column = rows[0]?.findIndex(cell => isOnly(cell, 'owner')) ?? -1;
	const items = body.filter(line => /^(?:[-*+]|\d{1,2}[.)])\s/.test(line)).map(bracketedOwner);
	const inItems = items.includes(null) ? [] : items;
	const named = new Set(column === -1 ? inItems : rows.slice(2).map(cells => cells[column] ?? ''));
	named.delete('');
	return named.size === 0 || named.size > 4 ? null : [...named].join(', ');
}

/** `### Freeze [Build team]`, `Mira — roll call`, `06:00 `pki` publish` */
const waysToName: readonly ((place: Place) => string | null)[] = [
	({kind, text}) =>
		kind === 'heading' ? (/\[([\p{L}][^[\]]{1,40})\]\s*$/u.exec(text)?.[1] ?? bracketedOwner(text)) : null,
	({raw}) => /^[^\p{L}`]*`\[?([\p{L}][\w-]{1,24})\]?` \p{L}/u.exec(raw)?.[1] ?? null,
	({raw}) => /[·|]\s*@([\w.-]{1,40})\s*[·|]/.exec(raw)?.[1] ?? null,
	// Wide gaps are those of columns.
	({raw}) => /^\s*\S+(?:\t+| {3,})(\p{L}[\p{L} .-]{1,30}?)(?:\t+| {3,})\S/u.exec(raw)?.[1] ?? null,
	({text}) => /\s[–—]\s(\p{L}[\p{L} -]{1,40})$/u.exec(text)?.[1] ?? null,
	({text}) => /^(\p{Lu}[\p{L}'’-]{1,20}(?: [\p{L}'’-]{1,20})?)(?: [–—|-] |: )/u.exec(withoutMark(text))?.[1] ?? null,
	({text}) => /^(\p{L}[\p{L}'’-]{1,20}(?: [\p{L}'’-]{1,20}){0,2}): \p{L}/u.exec(withoutMark(text))?.[1] ?? null,
];

/** `Freeze the producers (5 min) — Ana`, with more on the lines below it; "everybody" and "Ana asks the others" beside them are nobody. */
const behindDash = ({text}: Place): string | null =>
	/\s[–—]\s(\p{Lu}\p{Ll}[\p{L}'’-]{0,20})(?=$| [\p{Lu}`])/u.exec(text)?.[1] ?? null;

/** Most name somebody, and one of those does more than one of them. */
const isMost = (names: readonly (string | null)[]): boolean => {
	const known = names.filter(name => name !== null);
	return known.length > 2 && known.length * 3 >= names.length * 2 && new Set(known).size < known.length;
};

/** Whoever the places all name in one way, some of them more than once, or most of them behind a dash; null where they do not. */
export function namesOf(places: readonly Place[]): readonly (string | null)[] | null {
	const found = waysToName.map(way => places.map(way)).filter(names => !names.includes(null));
	const named =
		found.find(names => new Set(names).size < names.length) ?? [places.map(behindDash)].find(isMost) ?? null;
	// "Who: …" in each of them is a label.
	return named && new Set(named).size === 1 && isOnly(named[0] ?? '', 'owner') ? null : named;
}
