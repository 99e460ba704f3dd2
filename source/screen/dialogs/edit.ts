/** A line that is edited, with a cursor: the keys of a shell. Places are counted in graphemes. */
import {graphemesOf} from '../terminal/graphemes.ts';

/** `cursor`: graphemes before it. `left`: those of its end that did not fit. */
export type EditedLine = {readonly text: string; readonly cursor: number; readonly left?: number};

const usualLongest = 400;

const wordChar = /[\p{L}\p{N}]/u;

type Parts = {readonly all: readonly string[]; readonly at: number};

/** Where the word before ends up: spaces and signs are passed, then the word itself. */
const wordLeft = ({all, at}: Parts): number => {
	let place = at;
	while (place > 0 && !wordChar.test(all[place - 1] ?? '')) place--;
	while (place > 0 && wordChar.test(all[place - 1] ?? '')) place--;
	return place;
};

const wordRight = ({all, at}: Parts): number => {
	let place = at;
	while (place < all.length && !wordChar.test(all[place] ?? '')) place++;
	while (place < all.length && wordChar.test(all[place] ?? '')) place++;
	return place;
};

/** The shell's own word of Ctrl-W ends at a space only. */
const spacedLeft = ({all, at}: Parts): number => {
	let place = at;
	while (place > 0 && all[place - 1] === ' ') place--;
	while (place > 0 && all[place - 1] !== ' ') place--;
	return place;
};

const moves: Readonly<Record<string, (parts: Parts) => number>> = {
	left: ({at}) => at - 1,
	'ctrl-b': ({at}) => at - 1,
	right: ({at}) => at + 1,
	'ctrl-f': ({at}) => at + 1,
	home: () => 0,
	'ctrl-a': () => 0,
	end: ({all}) => all.length,
	'ctrl-e': ({all}) => all.length,
	'alt-b': wordLeft,
	'ctrl-left': wordLeft,
	'alt-left': wordLeft,
	'alt-f': wordRight,
	'ctrl-right': wordRight,
	'alt-right': wordRight,
};

/** From where to where is deleted. */
const deletions: Readonly<Record<string, (parts: Parts) => readonly [number, number]>> = {
	backspace: ({at}) => [at - 1, at],
	'ctrl-h': ({at}) => [at - 1, at],
	delete: ({at}) => [at, at + 1],
	'ctrl-d': ({at}) => [at, at + 1],
	'ctrl-w': parts => [spacedLeft(parts), parts.at],
	'alt-backspace': parts => [wordLeft(parts), parts.at],
	'alt-d': parts => [parts.at, wordRight(parts)],
	'ctrl-u': ({at}) => [0, at],
	'ctrl-k': ({all, at}) => [at, all.length],
};

const within = (place: number, length: number): number => Math.max(0, Math.min(length, place));

/** At the end of a text. */
export const atEnd = (text: string): EditedLine => ({text, cursor: [...graphemesOf(text)].length});

export const insert = ({text, cursor}: EditedLine, more: string, longest = usualLongest): EditedLine => {
	const all = [...graphemesOf(text)];
	const before = all.slice(0, cursor).join('') + more;
	const whole = [...graphemesOf(before + all.slice(cursor).join(''))];
	const kept = whole.slice(0, longest);
	const line = {text: kept.join(''), cursor: within([...graphemesOf(before)].length, kept.length)};
	return kept.length === whole.length ? line : {...line, left: whole.length - kept.length};
};

/** After a key; null for a key that does nothing to a line. */
export const edit = ({text, cursor}: EditedLine, key: string): EditedLine | null => {
	const all = [...graphemesOf(text)];
	const parts = {all, at: within(cursor, all.length)};
	const move = moves[key];
	if (move) return {text, cursor: within(move(parts), all.length)};
	const deletion = deletions[key];
	if (!deletion) return null;
	const [from, to] = deletion(parts).map(place => within(place, all.length)) as [number, number];
	return {text: [...all.slice(0, from), ...all.slice(to)].join(''), cursor: from};
};
