/*
The words by which adoption finds what a part is about, one file of data a language; a text is searched in all of them at once. A word
matches whole words, a `*` at its end any ending; what stands between words does not count. Chinese matches anywhere.
*/
import {isHan} from '../../text/letters.ts';
import de from './words/de.json' with {type: 'json'};
import en from './words/en.json' with {type: 'json'};
import es from './words/es.json' with {type: 'json'};
import fr from './words/fr.json' with {type: 'json'};
import pt from './words/pt.json' with {type: 'json'};
import ru from './words/ru.json' with {type: 'json'};
import vi from './words/vi.json' with {type: 'json'};
import zh from './words/zh.json' with {type: 'json'};

export type Subject = keyof typeof en;

const languages: readonly Partial<Record<Subject, readonly string[]>>[] = [en, de, es, fr, pt, ru, vi, zh];

const folded = (text: string): string =>
	` ${text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}*]+/gu, ' ')
		.trim()} `;

const sought = (word: string): string => {
	const line = folded(word);
	return isHan.test(word) ? line.trim() : line.replace(/\* $/, '');
};

const known = new Map<Subject, readonly string[]>();

function wordsFor(subject: Subject): readonly string[] {
	const made =
		known.get(subject) ?? languages.flatMap(one => (one[subject] ?? []).flatMap(text => text.split(', ')).map(sought));
	known.set(subject, made);
	return made;
}

let last = {text: '', line: ' '};

/** Where in the list the first of the words that stands in the text is; -1 where none does. */
export function rankIn(text: string, subject: Subject): number {
	if (last.text !== text) last = {text, line: folded(text.replaceAll('*', ' '))};
	const {line} = last;
	return wordsFor(subject).findIndex(word => line.includes(word));
}

export const saysOf = (text: string, subject: Subject): boolean => rankIn(text, subject) !== -1;

/** Whether a text is one of the words and nothing else. */
export const isOnly = (text: string, subject: Subject): boolean =>
	wordsFor(subject).some(word => word.trim() === folded(text).trim());

/** Whether a text begins with one of the words. */
export const beginsWith = (text: string, subject: Subject): boolean => {
	const line = folded(text);
	return wordsFor(subject).some(word => line.startsWith(word.startsWith(' ') ? word : ` ${word}`));
};

/** Whether a text ends with one of the words. */
export const endsWith = (text: string, subject: Subject): boolean => {
	const line = folded(text);
	return wordsFor(subject).some(word => line.endsWith(word) || line.trimEnd().endsWith(`${word.trimEnd()}s`));
};

/** Alternatives for a pattern. */
export const choicesOf = (subject: Subject): string =>
	wordsFor(subject)
		.map(word => word.trim())
		.toSorted((a, b) => b.length - a.length)
		.join('|');
