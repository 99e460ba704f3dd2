/*
What was typed after a verb, by name, and the table's words for it: a verb's file reads only this and never the
parser's own shapes.
*/

import {isProblem, type Problem, timeOf} from '../commands/spec.ts';
import type {Io} from './io.ts';
import type {RowKind} from './runbook-rows.ts';
import {UsageError} from './usage-error.ts';

/** A word after the verb: `RUNBOOK`, `[ID]`; `completes` names what a shell offers for it. */
export type Argument = Omit<Option, 'value' | 'spread'> & {readonly optional?: true};

/** `value` null: a flag. `many`: may be given several times, or with several words where it is `spread`. */
export type Option = {
	readonly name: string;
	readonly value: string | null;
	readonly about: string;
	readonly many?: true;
	readonly spread?: true;
	readonly choices?: readonly string[];
	readonly completes?: Completes;
};

export type Completes = 'runbook' | 'file' | 'cutover' | RowKind;

export type Run = (call: Args) => Promise<number>;

export type Verb = {
	readonly name: string;
	readonly about: string;
	/** What a reader of `--help` has to know beyond arguments and options, a sentence or two each line. */
	readonly detail: readonly string[];
	/** Command lines, without the program's name. */
	readonly examples: readonly string[];
	readonly arguments: readonly Argument[];
	readonly options: readonly Option[];
	/** The verb's file, loaded only when it is named. */
	load(): Promise<{readonly run: Run}>;
};

type Given = Readonly<Record<string, unknown>>;

const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** What runs a command line to its end: its exit code. */
export type RunLine = (argv: readonly string[], io: Io) => Promise<number>;

/** Says how or where an act is done, and not which. */
const besideAct: ReadonlySet<string> = new Set(['commandId', 'confirm', 'cutover', 'detach', 'sign', 'state', 'store']);

export class Args {
	readonly io: Io;
	/** Runs another command line, for a command that takes some of them. */
	runLine: RunLine = async () => 2;
	/** Every verb, that of the screen first: what a shell may complete. */
	readonly verbs: readonly Verb[];
	readonly #verb: string;
	readonly #words: readonly unknown[];
	readonly #given: Given;

	constructor(io: Io, words: readonly unknown[], given: Given, verbs: readonly Verb[] = [], verb = '') {
		this.io = io;
		this.#words = words;
		this.#given = given;
		this.verbs = verbs;
		this.#verb = verb;
	}

	/** The same call with other options, where null is none, and perhaps with other words. */
	but(options: Readonly<Record<string, string | null>>, words: readonly unknown[] = this.#words): Args {
		const given = Object.entries({...this.#given, ...options}).filter(([, value]) => value !== null);
		const call = new Args(this.io, words, Object.fromEntries(given), this.verbs, this.#verb);
		call.runLine = this.runLine;
		return call;
	}

	/** What it asks for, as it was typed: another text for another act. */
	asked(): string {
		const options = Object.entries(this.#given).filter(([name]) => !besideAct.has(name));
		return JSON.stringify([this.#verb, this.#words.filter(word => typeof word === 'string'), options.toSorted()]);
	}

	/** The word at this place (from 0), null where none was given. */
	word(index: number): string | null {
		const word = this.#words[index];
		return typeof word === 'string' ? word : null;
	}

	/** A word that the verb cannot do without; the parser has seen to it. */
	must(index: number): string {
		const word = this.word(index);
		if (word === null) throw new UsageError('A word is missing; --help shows which.');
		return word;
	}

	/** All words, in order. */
	words(): readonly string[] {
		return this.#words.filter(word => typeof word === 'string');
	}

	text(option: string): string | null {
		const value = this.#given[camel(option)];
		return typeof value === 'string' ? value : null;
	}

	flag(option: string): boolean {
		return this.#given[camel(option)] === true;
	}

	list(option: string): readonly string[] {
		const value = this.#given[camel(option)];
		return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
	}
}

/** What the catalogue read; throws UsageError where that is none. */
export function must<T>(read: T | Problem): T {
	if (typeof read === 'object' && read !== null && isProblem(read)) throw new UsageError(read.problem);
	return read as T;
}

/** A number of these bounds, of an option; `usual` where none was given. Throws UsageError that says `what` is meant. */
export function numberGiven(
	call: Args,
	option: string,
	usual: number,
	[least, most]: readonly [number, number],
	what: string,
): number {
	const text = call.text(option);
	const number = text === null ? usual : Number(text.replace(/^x/i, ''));
	if (number >= least && number <= most) return number;
	throw new UsageError(`"${text}" is not a valid ${option}. Write ${what}, from ${least} to ${most}.`);
}

/** WHEN -> ms. Throws UsageError where it is none. */
export const when = (text: string, now: number): number => must(timeOf(text, now));
