/** Refusals are values: the rule in its own words, why it holds here, and what would satisfy it. */
import type {Refusal} from '../model/command.ts';

/** A rule forbids it (exit 1). */
export const refuse = (rule: string, why: string, fix: string, words: readonly string[] = []): Refusal => ({
	refused: true,
	usageError: false,
	rule,
	why,
	fix,
	words,
});

/** The caller named what is not there, or did not say which (exit 2). */
export const usageError = (rule: string, why: string, fix: string): Refusal => ({
	refused: true,
	usageError: true,
	rule,
	why,
	fix,
	words: [],
});

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer && answer.refused === true;

/** Names in a sentence: `a, b and c`. */
export const listed = (names: readonly string[]): string =>
	names.length < 2 ? (names[0] ?? 'none') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** What cannot be undone takes its typed word; null where every word was given. */
export const needWords = (
	given: readonly string[] | undefined,
	words: readonly string[],
	what: string,
): Refusal | null =>
	words.every(word => given?.includes(word))
		? null
		: refuse(
				'what cannot be undone takes its typed word',
				`${what} and cannot be undone.`,
				`Type ${listed(words)} to confirm (${words.map(word => `--confirm ${word.includes(' ') ? `"${word}"` : word}`).join(' ')}).`,
				words,
			);
