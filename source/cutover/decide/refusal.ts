/** Refusals are values: the rule, why it forbids this now, and what satisfies it. */
import {asSentence} from '../../text/sentence.ts';
import type {CommandName} from '../model/command.ts';
import {type Needs, type Refusal, type RefusalCode, rules} from '../model/refusal.ts';

const nothing: Needs = {words: [], fields: [], roles: [], command: null};

const refusal =
	(usageError: boolean) =>
	(code: RefusalCode, why: string, fix: string, needs: Partial<Needs> = {}): Refusal => ({
		refused: true,
		usageError,
		code,
		rule: rules[code],
		why: asSentence(why),
		fix,
		needs: {...nothing, ...needs},
	});

/** A rule forbids it (exit 1). */
export const refuse = refusal(false);

/** The caller named what does not exist, or left something out (exit 2). */
export const usageError = refusal(true);

/** Fields that are missing or wrong. */
export const fields = (...names: readonly string[]): Partial<Needs> => ({fields: names});

/** The command that fixes it; `on`: the gate, stage or trigger that it takes. */
export const instead = (name: CommandName, on: string | null = null, ...names: readonly string[]): Partial<Needs> => ({
	command: {name, on, fields: names},
});

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer && answer.refused === true;

/** A status as its headline writes it: HOLD, ROLLING BACK. */
export const statusWord = (status: string): string => status.replaceAll('-', ' ').toUpperCase();

/** Names in a sentence: `a, b and c`. */
export const listed = (names: readonly string[], last = 'and'): string =>
	names.length < 2 ? (names[0] ?? 'none') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1) ?? ''}`;

/** `a, b and c are`. */
export const allAre = (names: readonly string[]): string => `${listed(names)} ${names.length === 1 ? 'is' : 'are'}`;

/** What cannot be undone needs its typed word; null where every word was given. */
export const needWords = (
	given: readonly string[] | undefined,
	words: readonly string[],
	what: string,
): Refusal | null =>
	words.every(word => given?.includes(word))
		? null
		: refuse('word-needed', `${what} and cannot be undone.`, `Type ${listed(words)} to confirm.`, {words});
