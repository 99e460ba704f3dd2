/* Roles by one spelling: lower case with hyphens, but for what is in capitals alone (L1, DBA). */
import {hiddenCharacter} from '../text/clean.ts';
import {isHan, isLetter, latin, letter, withoutPictures} from '../text/letters.ts';
import {plain} from './markdown/inline.ts';
import type {Cell} from './markdown/table.ts';
import type {Complain} from './problems/complain.ts';
import {roleEnds, says} from './words/words.ts';

export type Roles = {
	/** The one spelling of a role; remembers it. */
	spell(name: string): string;
	/** Every role met so far, once. */
	all(): readonly string[];
	/** Roles that a text names, in its order: known ones, `<role>`, and L1, L2, … */
	named(text: string): readonly string[];
	isKnown(name: string): boolean;
	/** Whether it is known, or reads as one. */
	isRole(text: string): boolean;
};

const key = (name: string): string =>
	name
		.normalize('NFKC')
		.replace(/^[@<\s]+|[>\s:.]+$/g, '')
		.replace(/[\s_]+/g, '-')
		.toLowerCase();

/** Roles are looked up by name, and every object has something called `constructor`. */
const spelt = (name: string): string => {
	if (/^[A-Z][A-Z0-9]+$/.test(name)) return name;
	return key(name) === 'constructor' ? 'Constructor' : key(name);
};

const levels = new RegExp(String.raw`(?<![${latin}])L([1-9])(?:\s?[-–~]\s?L?([1-9]))?(?![${latin}])`, 'g');
const isLatin = new RegExp(`[${latin}]`);

function levelsIn(text: string): readonly {readonly name: string; readonly at: number}[] {
	return [...text.matchAll(levels)].flatMap(({1: from = '1', 2: to = from, index}) =>
		Array.from({length: Math.max(1, Number(to) - Number(from) + 1)}, (_, step) => ({
			name: `L${Number(from) + step}`,
			at: index + step / 10,
		})),
	);
}

export function createRoles(): Roles {
	const known = new Map<string, string>();
	/** By each way in which it was asked for. */
	const asked = new Map<string, string>();
	const spell = (name: string): string => {
		const before = asked.get(name);
		if (before !== undefined) return before;
		const found = known.get(key(name)) ?? spelt(name.trim());
		known.set(key(name), found);
		asked.set(name, found);
		return found;
	};
	const named = (text: string): readonly string[] => {
		const low = text.toLowerCase().replace(/[\s_]/g, '-');
		const met = [...known].flatMap(([name, spelling]) => {
			const at = low.indexOf(name);
			const whole =
				!isLatin.test(low[at - 1] ?? ' ') && !isLatin.test((low[at + name.length] ?? ' ').replace('s', ' '));
			return name !== '' && at !== -1 && (whole || isHan.test(name))
				? [{name: spelling, at, end: at + name.length}]
				: [];
		});
		const longest = met.filter(
			one =>
				!met.some(
					other => other !== one && other.at <= one.at && other.end >= one.end && other.name.length > one.name.length,
				),
		);
		const marked = [...text.matchAll(/<([A-Za-z][\w -]{0,60})>/g)].map(match => ({
			name: match[1] ?? '',
			at: match.index,
		}));
		return [
			...new Set(
				[...longest, ...marked, ...levelsIn(text)].toSorted((a, b) => a.at - b.at).map(({name}) => spell(name)),
			),
		];
	};
	const isKnown = (name: string): boolean => known.has(key(name));
	const isRole = (text: string): boolean => isKnown(text) || looksLikeRole(text);
	return {spell, named, all: () => [...known.values()], isKnown, isRole};
}

/** Any of these names, the longest first, in whatever way its words are joined. */
export const namesPattern = (roles: readonly string[]): string =>
	roles
		.toSorted((a, b) => b.length - a.length)
		.map(role => role.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('-', '[\\s_-]+'))
		.join('|');

const mostRoles = 20;

const joint = /\s*(?:\+|,|;|&|\/|、|，|；|＋|\b(?:and|und|et)\b|和|与|及)\s*|\s+(?=@)/i;

/** Names that are said together: `QA + Ops`, `DBA and Network`. */
export const namesIn = (text: string): readonly string[] => text.split(joint).filter(name => name.trim() !== '');

/** `QA **Status**: open`, `____ Date: ____`: the next label of the line, or a blank to fill in, and what follows it. */
const nextLabel = /(?:^|\s)(?:(?:\*\*|__)[^*_]{1,40}(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])|_{3,}|\.{4,}|…{2,}).*$/s;

/** What stands for nobody, and what is filled in beside a name. */
const nobody =
	/^(?:n\/?a|none|tbd|anyone|any|all|-|–|—|无|date|time|date ?time|name|names|signature|initials|status|your name)$/i;

/** Roles of an owner cell; complains of characters that hide in one. */
export function rolesOf(
	cell: Cell,
	{roles, complain}: {readonly roles: Pick<Roles, 'spell'>; readonly complain: Complain},
): readonly string[] {
	// "Go/No-Go Lead" is one role, "[Release Lead Name]" a blank for the name of one.
	const own = cell.text
		.replace(nextLabel, ' ')
		// A footnote is no part of a name.
		.replace(/\[\^[^\]]{1,20}\]/g, '')
		.replace(/\bgo ?\/ ?no[ -]?go\b/gi, 'go-no-go')
		.replace(/\[([^[\]]{2,40}) name\]/gi, '$1');
	const text = withoutPictures(plain(own.replace(/<br ?\/?>/gi, ', '))).replace(
		/[(（][^)）]{0,80}[)）]|\s[–—-]\s.*$/gs,
		' ',
	);
	const names = namesIn(text)
		.map(name => name.replace(/[<>[\]]|(?<!\w)@/g, '').trim())
		.filter(name => isLetter.test(name) && !nobody.test(name));
	if (names.length > mostRoles) complain('roles-many', cell, {most: mostRoles});
	for (const name of names.slice(0, mostRoles)) {
		const hidden = hiddenCharacter(name);
		if (hidden) complain('name-hidden', cell, {what: 'The role', name, character: hidden.name});
	}
	return [...new Set(names.slice(0, mostRoles).map(name => roles.spell(name)))];
}

export const wordsAlone = new RegExp(`^[${letter}][${letter} _-]*$`);

/** `acknowledged by ops-lead` says what somebody does, and is nobody's name. */
export const saysByWhom = (text: string): boolean => /\sby\s/i.test(text);

/** Whether words read as the name of a role although nothing else tells. */
export const looksLikeRole = (text: string): boolean => {
	const name = plain(text)
		.trim()
		.replace(/^[<@]+|>+$/g, '')
		.trim();
	return (
		name.length <= 40 &&
		wordsAlone.test(name) &&
		// "Prepare - Label team" says what is done as well.
		!/--|\s-\s/.test(name) &&
		!saysByWhom(name) &&
		name.split(/[\s-]+/).length <= 4 &&
		(/^L[1-9]$|^(?:head|director|chief|manager|owner|lead) of [a-z]/i.test(name) ||
			(says(name, roleEnds) &&
				roleEnds.some(end => name.toLowerCase().endsWith(end) || name.toLowerCase().endsWith(`${end}s`))))
	);
};
