/*
Letters and Enter, the same in every dialog: a paste or a key that was sent along with others confirms nothing, so that
text meant for another window never does something here.
*/
import type {Press} from '../terminal/keys-in.ts';
import type {Typing} from './dialog.ts';
import {atEnd, type EditedLine, edit, insert} from './edit.ts';

/** Real ms between the last letter and an Enter that counts. */
export const pauseMs = 150;

/** Enter was pressed by hand, after a look. */
export const confirms = (press: Press, {letterAt}: Typing, steady: number): boolean =>
	'key' in press && press.alone && (letterAt === null || steady - letterAt >= pauseMs);

const isLetter = (key: string): boolean => !/^[a-z]+(-.+)*$|^f\d+$/.test(key) || key.length === 1;

/** The grapheme that a key types; null for a key that has a name. */
export const letterOf = (press: Press): string | null => {
	if (!('key' in press)) return null;
	if (press.key === 'space') return ' ';
	return isLetter(press.key) ? press.key : null;
};

/** The line after a key or a paste; null where it does nothing to it. A paste is one line, whatever it held. */
export const lineAfter = (line: EditedLine, press: Press, longest?: number): EditedLine | null => {
	if ('paste' in press) return insert(line, press.paste.replace(/\s*[\r\n]+\s*/g, ' ').trimEnd(), longest);
	const letter = letterOf(press);
	return letter === null ? edit(line, press.key) : insert(line, letter, longest);
};

/** The same where the cursor always is at the end. */
export const typedInto = (text: string, press: Press): string | null => lineAfter(atEnd(text), press)?.text ?? null;
