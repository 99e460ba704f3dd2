/* Who owns an item, in the ways that people write it: before its text, behind it, or as a sub-item of its own. */

import {han} from '../text/letters.ts';
import {isAboutAny} from './document.ts';
import {fieldsOf, unfolded} from './items.ts';
import {plain} from './markdown/inline.ts';
import type {Cell} from './markdown/table.ts';
import type {Reading} from './reading.ts';
import {namesIn, namesPattern, type Roles, rolesOf, saysByWhom, wordsAlone} from './roles.ts';
import {says, words} from './words/words.ts';

type Owned = {readonly owners: readonly string[]; readonly text: string};

/** Whether a text is names of roles and nothing else. */
export const areOwners = (text: string, roles: Roles): boolean =>
	text.length <= 120 &&
	namesIn(text).length > 0 &&
	namesIn(text).every(part => /^(?:@|<[^<>]+>)/.test(part) || roles.isRole(part));

const ways: readonly RegExp[] = [
	/^[([（【](?:owner|role|who|by|负责人)?\s?[:：]?\s?([^)\]）】]{1,120})[)\]）】]\s*[:：\-–—|]?\s*(.*)$/is,
	/^((?:[@<][^\s>:：]{1,60}>?(?:\s*(?:[+,&/、，]|and|和|与)\s*)?){1,8})\s*[:：\-–—|]?\s*(.*)$/is,
	/^([^:：|–—]{1,120}?)\s*(?:[:：|–—]|\s-\s)\s*(.*)$/is,
];
/** What brackets say about a text and not who does it: where it comes from, when it holds, how sure it is. */
const notName =
	/^(?:\d|(?:if|when|see|from|for|in|at|on|with|without|after|before|until|since|once|per|via|not|no|only|must|should|may|e\.?g|i\.?e|incl\w*|or|and|then|this|that)\b|optional|all|any|note|verif|check|test|expect|result|output|command|evidence|target|link|status|mandatory|required|recommended|critical|blocker|done|open|pending|manual|automatic)/i;
export const isNameLike = (name: string): boolean =>
	name.length <= 30 &&
	name.split(/\s+/).length <= 3 &&
	wordsAlone.test(name) &&
	!notName.test(name) &&
	!saysByWhom(name) &&
	!doing.some(list => says(name, list));

const doing = [words.verify, words.run, words.decision, words.checks];

const inBrackets = /[([（]([^()[\]（）]{2,60})[)\]）]\s*\.?$/;
const behindDash = /\s[–—|-]\s([^–—|()]{2,40}?)\s*\.?$/;
/** `Platform: turn the page off` */
const led = /^([^:：]{2,60})[:：]\s+\S/;

/** Where a text may name who does it, and what is there; empty where nothing is. */
const named = {
	before: text => ways.map(way => way.exec(text)?.[1] ?? '').find(found => found !== '') ?? '',
	inBrackets: text => inBrackets.exec(text.slice(-80))?.[1] ?? '',
	behindDash: text => behindDash.exec(text.slice(-80))?.[1] ?? '',
	asLabel: text => led.exec(text)?.[1] ?? '',
} satisfies Record<string, (text: string) => string>;

const bareName = (part: string): string => part.replace(/[<>@`]/g, '').trim();

/**
Learns the roles that several texts name in the same place, `(postmaster): move the record`: where all do so, and a name comes again
or is a role's for sure. A label alone comes again as well where it says what is looked at.
*/
export function learnRoles(texts: readonly string[], places: readonly (keyof typeof named)[], roles: Roles): void {
	for (const place of places) {
		const each = texts.map(text => namesIn(named[place](text)).map(bareName));
		const all = each.flat();
		const comesAgain = place !== 'asLabel' && new Set(all).size < all.length;
		const isSure = comesAgain || all.some(roles.isRole);
		if (texts.length > 1 && isSure && each.every(names => names.length > 0 && names.every(isNameLike)))
			for (const name of all) roles.spell(name);
	}
}

/** Who is before the colon of each of several texts, or in brackets at its end; none where one of them names no role. */
export const ownersOfEach = (texts: readonly string[], roles: Roles): readonly string[] =>
	[named.inBrackets, named.asLabel]
		.map(place => texts.map(place))
		.find(names => names.every(name => areOwners(name, roles))) ?? [];

/** Whether a text is a few names, and no sentence. */
export const areNames = (text: string, roles: Roles): boolean =>
	areOwners(text, roles) || namesIn(text).every(part => isNameLike(bareName(part)));

const joint = String.raw`\s*(?:,|&|\+|/|\band\b|和|与|、)\s*`;

type Speakers = {readonly count: number; readonly pattern: RegExp | null};

const speakers = new WeakMap<Roles, Speakers>();

/** More roles than that no runbook has, and a pattern of them all would take long to make. */
const mostSpeakers = 200;

/** Known roles at the start of a sentence; made again where more are known. */
function patternOf(roles: Roles): RegExp | null {
	const all = roles.all();
	const before = speakers.get(roles);
	if (before?.count === all.length) return before.pattern;
	const known = all.filter(role => role.length > 1).slice(0, mostSpeakers);
	const name = `(?:the\\s+)?@?(?:${namesPattern(known)})`;
	const end = `(?:\\s+(?=[a-z${han}])|(?<=[${han}])(?=[${han}]))`;
	const pattern = known.length === 0 ? null : new RegExp(`^(${name}(?:${joint}${name}){0,5})${end}(.+)$`, 'is');
	speakers.set(roles, {count: all.length, pattern});
	return pattern;
}

/** `systems and ops decide whether to go`: known roles, and what they do. Null where a text does not begin with one. */
function spoken(text: string, roles: Roles): {readonly names: string; readonly left: string} | null {
	const found = patternOf(roles)?.exec(text) ?? null;
	return found && {names: (found[1] ?? '').replace(/\bthe\s+/gi, ''), left: found[2] ?? ''};
}

export const areSpoken = (texts: readonly string[], roles: Roles): boolean =>
	texts.length > 1 && texts.every(text => text.length < 4000 && spoken(text, roles) !== null);

export function ownersSpoken(text: string, at: Cell, reading: Reading): Owned {
	const found = spoken(text, reading.roles);
	return found ? {owners: rolesOf({...at, text: found.names}, reading), text: found.left.trim()} : {owners: [], text};
}

const labelledInside = /[([（【]\s?(?:owners?|responsible|负责人|责任人)\s?[:：]\s?([^()[\]（）【】]{1,120})[)\]）】]/i;

/** Whom brackets in a text name as its owner; empty where they name none. */
export const namedOwner = (text: string): string => labelledInside.exec(text)?.[1] ?? '';

const trailing =
	/^(.*\S)\s*(?:[([（【]\s?(?:owners?|roles?|who|by|负责人)?\s?[:：]?\s?([^()[\]（）【】]{1,120})[)\]）】]|[–—-]\s(?:owners?|负责人)\s?[:：]\s?([^()]{1,120})|[–—-]\s?([@<][^\s>]{1,60}>?)|[–—|-]\s([^()–—|]{1,60})|(?<=\s)(@[\w.-]{1,40}(?:[\s,&+/]{1,3}@[\w.-]{1,40}){0,3}))\s*\.?$/is;

/** Who is named for what is done with them does not do it. */
const leadsOn = /\b(?:by|from|with|to|of|for|in|at|and|or|via|notify|tell|ask|ping|inform|call|page|per|see)$/i;

/** The owners that a text names at its start or end, and what is left of it. */
export function ownersOfText(text: string, at: Cell, reading: Reading): Owned {
	const {roles} = reading;
	const take = (names: string, left: string): Owned => ({
		owners: rolesOf({...at, text: names}, reading),
		text: left.trim(),
	});
	const [bracket = '', named = ''] = labelledInside.exec(text) ?? [];
	if (named !== '')
		return take(
			named,
			text
				.replace(bracket, '')
				.replace(/ {2,}/g, ' ')
				.replace(/\s+\.?$/, ''),
		);
	for (const way of ways) {
		const [, names = '', left = ''] = way.exec(text) ?? [];
		if (names !== '' && areOwners(names, roles)) return take(names, left);
	}
	const [, left = '', ...names] = text.length < 4000 ? (trailing.exec(text) ?? []) : [];
	const name = names.find(one => one !== undefined) ?? '';
	const isOwner = name !== '' && areOwners(name, roles) && !(name.startsWith('@') && leadsOn.test(left));
	return isOwner ? take(name, left) : {owners: [], text};
}

/**
Roles that labels and brackets name as owners: learnt before anything is read, so that a sentence or line that begins with one of
them says who acts, wherever the other parts are.
*/
export function learnOwners(reading: Reading): void {
	// A wrong name is reported where it is read.
	const silent = {roles: reading.roles, complain: () => {}};
	for (const {block, section} of reading.document.lists) {
		if (!isAboutAny(section, ['gates', 'prerequisites', 'timeline', 'triggers', 'signOffs'])) continue;
		const texts = block.items.map(({text}) => plain(text));
		if (section.topics.has('gates')) learnRoles(texts, ['inBrackets', 'behindDash'], reading.roles);
		for (const item of block.items) {
			const {owner} = fieldsOf(unfolded(item, ['owner'], reading), ['owner'], reading).fields;
			const text = owner?.text ?? namedOwner(item.text);
			if (text !== '') rolesOf({...item, text}, silent);
		}
	}
}
