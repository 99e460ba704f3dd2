/*
Letters and Enter, the same in every dialogue: a paste or a key that was sent along with others confirms nothing, so that
text meant for another window never does something here.
*/
import type {Press} from '../terminal/keys-in.ts';
import type {Typing} from './dialog.ts';

/** Real ms between the last letter and an Enter that counts. */
export const pauseMs = 150;

const longest = 400;

/** Enter was pressed by hand, after a look. */
export const confirms = (press: Press, {letterAt}: Typing, steady: number): boolean =>
	'key' in press && press.alone && (letterAt === null || steady - letterAt >= pauseMs);

const isLetter = (key: string): boolean => !/^[a-z]+(-[a-z0-9]+)*$|^f\d+$/.test(key) || key.length === 1;

/** The grapheme that a key types; null for a key that has a name. */
export const letterOf = (press: Press): string | null => {
	if (!('key' in press)) return null;
	if (press.key === 'space') return ' ';
	return isLetter(press.key) ? press.key : null;
};

const erasers: Readonly<Record<string, (text: string) => string>> = {
	backspace: text => Array.from(text).slice(0, -1).join(''),
	'ctrl-w': text => text.replace(/\S*\s*$/, ''),
	'ctrl-u': () => '',
};

/** The text after a key or a paste; null where it types nothing. A paste is one line, whatever it held. */
export const typedInto = (text: string, press: Press): string | null => {
	if ('paste' in press) return (text + press.paste.replace(/\s*[\r\n]+\s*/g, ' ').trimEnd()).slice(0, longest);
	const erase = erasers[press.key];
	if (erase) return erase(text);
	const letter = letterOf(press);
	return letter === null ? null : (text + letter).slice(0, longest);
};
