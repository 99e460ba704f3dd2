/*
The words by which adoption finds what a part is about, one file of data a language; a text is searched in all of them at once.
*/
import {together} from '../words/synonyms.ts';
import {beginsWithWhich, endsWithOne, isOneOf, saysWhich} from '../words/words.ts';
import de from './words/de.json' with {type: 'json'};
import en from './words/en.json' with {type: 'json'};
import es from './words/es.json' with {type: 'json'};
import fr from './words/fr.json' with {type: 'json'};
import pt from './words/pt.json' with {type: 'json'};
import ru from './words/ru.json' with {type: 'json'};
import vi from './words/vi.json' with {type: 'json'};
import zh from './words/zh.json' with {type: 'json'};

export type Subject = keyof typeof en;

const words = together<Subject>(en, de, es, fr, pt, ru, vi, zh);

/** Where in the list the first of the words that stands in the text is; -1 where none does. */
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
