/*
A field of a command: what has to be said, by name. The command line makes an option or a word of it, the screen a row of
a form; neither says anything of a field again.
*/
import type {Situation} from './situation.ts';

/** What was given, by field. A checklist's answers are under `NAME:ITEM`. */
export type Values = Readonly<Record<string, string>>;

export type Choice = {readonly value: string; readonly label: string};

/** `past`: a time that has happened. `flag`: `yes` or nothing. `checklist`: an answer for each of several rows. */
export type FieldKind =
	| 'text'
	| 'time'
	| 'past'
	| 'number'
	| 'choice'
	| 'flag'
	| 'role'
	| 'roles'
	| 'person'
	| 'file'
	| 'checklist';

type Of<T> = (situation: Situation, on: string) => T;

export type Field = {
	/** The option without its dashes, and the name of the value. */
	readonly name: string;
	readonly kind: FieldKind;
	/** As the help writes its value: `TEXT`, `WHEN`. */
	readonly metavar: string;
	/** What it is, for the help of the command line. */
	readonly about: string;
	/** In front of its row on a form. */
	readonly label: string;
	/** Shown while the row is empty. */
	readonly hint: string | Of<string>;
	/** A word of the command line instead of an option. */
	readonly positional?: true;
	/** Such a word that may be left out. */
	readonly optional?: true;
	/** Known to one of the two front ends only. */
	readonly only?: 'line' | 'form';
	/** Values that never change, for help and completion. */
	readonly values?: readonly string[];
	/** What one of the choices is, where the command line takes no other: `rollback path`. */
	readonly noun?: string;
	/** What may be chosen now; without it, the fixed values. A text field offers them as a list. */
	readonly choices?: Of<readonly Choice[]>;
	/** Rows of a checklist, and the answers that each takes. */
	readonly rows?: Of<readonly string[]>;
	/** Beside each row of a checklist: what is known of it, and the answer that follows from it. */
	readonly known?: Of<Readonly<Record<string, {readonly value: string | null; readonly text: string}>>>;
	/** What is known already; null where nothing is. */
	readonly initial?: Of<string | null>;
	readonly requiredWhen?: (values: Values, situation: Situation, on: string) => boolean;
	/** Without it a form always has a row for it. */
	readonly askedWhen?: (values: Values, situation: Situation, on: string) => boolean;
	/** Graphemes that it holds at most; without it 400. */
	readonly longest?: number;
	/** A form comes to it by itself only where it is required; what is known is passed over. */
	readonly aside?: true;
};

const metavars: Readonly<Record<FieldKind, string>> = {
	text: 'TEXT',
	time: 'WHEN',
	past: 'WHEN',
	number: 'N',
	choice: 'VALUE',
	flag: '',
	role: 'ROLE',
	roles: 'ROLE',
	person: 'NAME',
	file: 'FILE',
	checklist: 'NAME=RESULT',
};

const hints: Readonly<Partial<Record<FieldKind, string>>> = {
	time: 'HH:MM, +10m, or RFC 3339',
	past: 'HH:MM[:SS]; empty for now',
	file: 'its path',
};

type Given = Partial<Omit<Field, 'name' | 'kind' | 'about'>>;

/** The hint as it holds now. */
export const hintOf = ({hint}: Field, situation: Situation, on: string): string =>
	typeof hint === 'string' ? hint : hint(situation, on);

/** `about` is said on the command line; on a form the label has to do. */
export const field = (name: string, kind: FieldKind, about: string, given: Given = {}): Field => ({
	name,
	kind,
	about,
	metavar: metavars[kind],
	label: name.replaceAll('-', ' '),
	hint: hints[kind] ?? '',
	...given,
});

const always = (): boolean => true;

export const same = (value: string): Choice => ({value, label: value});
export const choice = (value: string, label: string): Choice => ({value, label});

/** The reason that was given, empty where none was. */
export const because = ({reason: text = ''}: Values): string => text.trim();

/** A reason that cannot be left out. */
export const reason: Field = field('reason', 'text', 'why, in your own words', {requiredWhen: always});

/** Answers of a checklist, by row. */
export const answersOf = (values: Values, name: string): readonly (readonly [string, string])[] =>
	Object.entries(values).flatMap(([key, value]) =>
		key.startsWith(`${name}:`) && value !== '' ? [[key.slice(name.length + 1), value] as const] : [],
	);

export const orNull = (text: string | undefined): string | null =>
	text === undefined || text.trim() === '' ? null : text.trim();
