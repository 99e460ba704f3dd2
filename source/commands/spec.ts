/*
An entry of the catalogue: everything that a front end has to know of a command. A new command is one entry; its options,
help, completion, form, place in the palette and pages of docs/ follow from it.
*/
import {doubtOf, parseWhen, wall} from '../text/time.ts';
import {because, type Choice, type Field, reason, type Values} from './field.ts';
import {anything, type Draft, type Situation} from './situation.ts';

/** What a command speaks of, by its id. */
export type TargetKind =
	| 'gate'
	| 'stage'
	| 'gate or stage'
	| 'trigger'
	| 'sign-off'
	| 'evidence field'
	| 'evidence field or sign-off'
	| 'role'
	| 'entry'
	| 'link';

/** Where it is on the command line: the command, and the option or word that tells it from others of that name. */
export type Line = {
	readonly command: string;
	/** `--NAME` chooses this one: a flag, or a field of that name, which says what it is. */
	readonly flag?: {readonly name: string; readonly about?: string};
	/** The first word chooses this one; `noun`: what such a word is, said with the first of them. */
	readonly word?: string;
	readonly noun?: string;
	/** What the choice says already. */
	readonly preset?: Values;
	/** To say it is itself the typed word. */
	readonly confirms?: string;
};

/** One command to send, in which role; null: the person's own, or the only one. */
export type Step = {readonly draft: Draft; readonly as: string | null};

/** A sentence where what was given cannot be used, and the fields that would fix it. */
export type Problem = {readonly problem: string; readonly fields?: readonly string[]};

export type Spec = {
	/** As the palette and the first line of its form name it. */
	readonly title: string;
	/** In the list of commands, of the first that has its name there: starts with a verb, no full stop. */
	readonly summary?: string;
	/** In a sentence or two: what it does. */
	readonly help: string;
	/** Command lines, without the program's name. */
	readonly examples: readonly string[];
	/** One entry of several lines may be reached in several ways. */
	readonly lines: readonly Line[];
	/** Without one it speaks of the cutover. */
	readonly target?: TargetKind;
	/** What it could speak of; empty with `nothing` said where it speaks of nothing now. */
	targets?(situation: Situation): readonly Choice[];
	readonly nothing?: string;
	readonly fields: readonly Field[];
	/** What its owner says may be passed on by somebody else. */
	readonly relayable?: true;
	/** It starts something that takes no typed word: the form asks once more. */
	readonly asks?: string;
	/** It changes the course of the cutover: what it would do is shown before it is done. */
	readonly course?: true;
	titleOn?(situation: Situation, on: string): string;
	/** Worth offering beside others; whether it may be done is for the rules to say. */
	fits?(situation: Situation, on: string): boolean;
	/** What it is about, above the fields. */
	about?(situation: Situation, on: string): readonly string[];
	/** As it would be sent if everything typed were in order; null for what the rules have no say in. */
	probe(situation: Situation, on: string): Draft | null;
	/** What is sent, in this order. */
	steps(values: Values, on: string, situation: Situation): readonly Step[] | Problem;
};

export const send = (draft: Draft, as: string | null = null): readonly Step[] => [{draft, as}];

/** What a command is that takes nothing but its reason. */
export const reasoned = (draft: (why: string, on: string) => Draft): Pick<Spec, 'fields' | 'probe' | 'steps'> => ({
	fields: [reason],
	probe: (_, on) => draft(anything, on),
	steps: (values, on) => send(draft(because(values), on)),
});

export const isProblem = (answer: object): answer is Problem => 'problem' in answer;

/** WHEN of something to come, in ms. */
export function timeOf(text: string, now: number): number | Problem {
	const doubt = doubtOf(text.trim(), now);
	if (doubt !== null) return {problem: doubt};
	return (
		parseWhen(text.trim(), now) ?? {
			problem: `"${text}" is not a time. Write 22:00 (the next one), +90m, or 2031-03-08T22:00:00+01:00.`,
		}
	);
}

const dayMs = 86_400_000;
/** By how much clocks change at most: a day may be so much shorter, or longer. */
const changeMs = 7_200_000;

/** WHEN of something that has happened: a time of day is the newest one before `now`. Null where none was given. */
export const pastOf = (text: string | null, now: number): number | null | Problem => {
	if (text === null) return null;
	const doubt = doubtOf(text.trim(), now - dayMs);
	if (doubt !== null) return {problem: doubt};
	const found = [now - dayMs - changeMs, now - dayMs + changeMs].flatMap(from => parseWhen(text, from) ?? []);
	if (text.startsWith('+') || found.length === 0)
		return {problem: `"${text}" is not a past time. Write 21:47:19 or 2031-03-08T21:47:19+01:00.`};
	const past = found.filter(at => at <= now);
	return past.length === 0
		? {problem: `${wall(Math.min(...found))} is in the future: it is ${wall(now)}.`}
		: Math.max(...past);
};
