/** What a place is about: by the nearest of its item, the line that leads to it and the headings above it which says so. */

import {chainOf} from '../document.ts';
import {beginsWithWhich, endsWithOne, isOneOf, saysWhich, together} from '../words/words.ts';
import type {Place} from './places.ts';
import de from './words/de.json' with {type: 'json'};
import en from './words/en.json' with {type: 'json'};
import es from './words/es.json' with {type: 'json'};
import fr from './words/fr.json' with {type: 'json'};
import it from './words/it.json' with {type: 'json'};
import ja from './words/ja.json' with {type: 'json'};
import pt from './words/pt.json' with {type: 'json'};
import ru from './words/ru.json' with {type: 'json'};
import vi from './words/vi.json' with {type: 'json'};
import zh from './words/zh.json' with {type: 'json'};

export type Subject = keyof typeof en;

/** A text is searched in all languages at once. */
const words = together<Subject>(en, de, es, fr, it, ja, pt, ru, vi, zh);

/** Where in the list the first of the words that is in the text is; -1 where none does. */
export const rankIn = (text: string, subject: Subject): number => saysWhich(text, words[subject]);

export const saysOf = (text: string, subject: Subject): boolean => rankIn(text, subject) !== -1;

/** Whether a text is one of the words and nothing else. */
export const isOnly = (text: string, subject: Subject): boolean => isOneOf(text, words[subject]);

/** Where in the list the first of the words is that the text begins with; -1 where it begins with none. */
export const rankAtStart = (text: string, subject: Subject): number => beginsWithWhich(text, words[subject]);

export const beginsWith = (text: string, subject: Subject): boolean => rankAtStart(text, subject) !== -1;

/** Whether a text ends with one of the words. */
export const endsWith = (text: string, subject: Subject): boolean => endsWithOne(text, words[subject]);

/** Alternatives for a pattern. */
export const choicesOf = (subject: Subject): string => words[subject].toSorted((a, b) => b.length - a.length).join('|');

export type Topic = 'gates' | 'goIf' | 'triggers' | 'rollback' | 'signOffs' | 'stage' | 'after' | 'none';

const isResponse = (text: string): boolean => isOnly(text, 'response') && !isOnly(text, 'path');

export const withoutBrackets = (text: string): string => text.replace(bracketed, ' ').trim() || text;

const bracketed = /\s*[([（][^()[\]（）]*[)\]）]/g;

/** "When do we restore?", "How do we restore?" */
const isAsked = (text: string): boolean =>
	/\?\W*$/.test(text) && (beginsWith(text, 'whenIf') || beginsWith(text, 'path'));

/** "Restore plan", "Stop if": of words that also name steps, only with what makes them speak of the rollback. */
const isBack = (text: string): boolean =>
	saysOf(text, 'back') ||
	(saysOf(text, 'undo') &&
		(saysOf(text, 'backSteps') || saysOf(text, 'conditions') || /(?:\bif|\bwhen)\W*$/i.test(text) || isAsked(text)));

/** "Go/no-go criteria" say when to go as well. */
const goOrNot = /\bgo\s?[/-]?\s?(?:or\s)?no[-\s]?go\b/i;

const known = new Map<string, Topic | null>();

/** More texts than that are above the places of no runbook. */
const mostKnown = 5000;

/** What a heading or leading line is about; null where it does not say. `isBelow`: a heading about rollback is above it. */
export function topicOf(text: string, isBelow: boolean): Topic | null {
	const key = `${isBelow} ${text}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	if (known.size >= mostKnown) known.clear();
	const topic = topicIn(text, isBelow);
	known.set(key, topic);
	return topic;
}

function topicIn(given: string, isBelow: boolean): Topic | null {
	const text = withoutBrackets(given);
	if (saysOf(text.replace(goOrNot, ' '), 'noGo')) return 'none';
	if (beginsWith(text, 'goIf') || saysOf(text, 'goFor')) return 'goIf';
	if (isBelow && isResponse(text)) return 'none';
	if (saysOf(text, 'wrong')) return 'rollback';
	// "Keep or roll back" is the last decision, and none of the rollback.
	if (saysOf(text, 'keepOr') && !saysOf(text, 'if')) return null;
	const isAbout = isBack(text);
	// What follows a rollback is no step of it.
	if (saysOf(text, 'afterBack')) return 'none';
	// "If major issues occur:" leads to what is done then, "If one of these holds, roll back" to when.
	if (isBelow && !isAbout && beginsWith(text, 'if') && text.split(/\s+/).length > 1 && !isOnly(text, 'if'))
		return saysOf(text, 'conditions') ? 'triggers' : 'rollback';
	// "A rollback is needed when:" leads to when, "Rollback (if needed)" to how.
	const isWhen = endsWith(text.replace(/\W+$/, ''), 'whenIf');
	if (isAbout && !isWhen && saysOf(text, 'needed')) return 'rollback';
	if (isAbout || isBelow) {
		if (saysOf(text, 'if') && !(saysOf(text, 'path') && !isAbout)) return 'triggers';
		if (saysOf(text, 'path') && !saysOf(text, 'sign')) return saysOf(text, 'notPath') && !isAbout ? 'none' : 'rollback';
		if (saysOf(text, 'notPath')) return isBelow ? 'none' : null;
		if (isAbout && (text.split(/\s+/).length <= 3 || beginsWith(text, 'back'))) return 'rollback';
	}
	if (saysOf(text, 'sign')) return 'signOffs';
	if (saysOf(text, 'gate') && !beginsWith(text, 'notGate')) return 'gates';
	if (beginsWith(text, 'notGate')) return 'after';
	return saysOf(text, 'aside') ? 'none' : null;
}

/** Texts above a place, the nearest first. Of a heading, those above it. */
export function above(place: Place): readonly {readonly text: string; readonly line: number}[] {
	const items: {readonly text: string; readonly line: number}[] = [];
	for (let one = place.parent; one; one = one.parent) items.push({text: one.text, line: one.line});
	const from = place.kind === 'heading' ? place.section.parent : place.section;
	return [
		...items,
		...(place.lead === '' ? [] : [{text: place.lead, line: place.block}]),
		...chainOf(from).flatMap(({heading, line}) => (heading === '' ? [] : [{text: heading, line}])),
	];
}

/** `stages`: lines of the stages; what is in one is its own unless a nearer line says otherwise. */
export function topicAt(place: Place, stages: ReadonlySet<number>): Topic | null {
	const texts = above(place);
	for (const [index, {text, line}] of texts.entries()) {
		if (stages.has(line)) return topicOf(text, false) === 'goIf' ? 'goIf' : 'stage';
		const isBelow = texts
			.slice(index + 1)
			.some(one => topicOf(one.text, false) === 'rollback' || saysOf(one.text, 'back'));
		const found = topicOf(text, isBelow);
		// "Rollback:" over some boxes of a checklist heads gates about it.
		const isList = found === 'rollback' && line === place.block && isOnly(text, 'back') && place.isBox;
		if (isList && texts.slice(index + 1).some(one => topicOf(one.text, false) === 'gates')) return 'gates';
		// "Before T0:" among the triggers: what stops then leaves nothing to roll back.
		const isStop = found === 'gates' && texts.slice(index + 1).some(one => topicOf(one.text, false) === 'triggers');
		if (found !== null) return isStop ? 'none' : found;
	}
	return null;
}
