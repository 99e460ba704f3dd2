/* What is typed at the prompt of a plain session, word by word. */
import type {State} from '../cutover/model/state.ts';
import {sameName} from '../text/same-name.ts';

/** A typed line as words; quotes keep blanks together. */
export const wordsOf = (line: string): readonly string[] =>
	[...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|((?:[^\s"'\\]|\\.)+)/g)].map(
		([, double, single, bare]) => single ?? (double ?? bare ?? '').replaceAll(/\\(.)/g, '$1'),
	);

/** `Alice Kim release-manager`: a name of any number of words, and then a role. Two words are a name where somebody has it. */
export const whoIn = (
	words: readonly string[],
	people: State['people'],
): {readonly name: string | undefined; readonly role: string | undefined} => {
	const whole = words.length === 0 ? undefined : words.join(' ');
	const isBound = Object.values(people ?? {}).some(names => names.some(name => sameName(name, whole ?? '')));
	return words.length < 2 || isBound
		? {name: whole, role: undefined}
		: {name: words.slice(0, -1).join(' '), role: words.at(-1)};
};
