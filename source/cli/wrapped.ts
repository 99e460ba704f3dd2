/* Lines for whoever reads them on a terminal: broken between words, and what goes on indented. Elsewhere each stays one line. */
import {type SafeText, safe} from '../text/clean.ts';
import {cells, wrapHanging} from '../text/fit.ts';
import {type Line, stated, uncoloured} from './colour.ts';

type Terminal = {readonly isTTY?: boolean; readonly columns?: number};

/** A word that is wider than the terminal is left to it, so that it is copied whole. */
const fits = (lines: readonly SafeText[], text: string): boolean =>
	lines.flatMap(line => line.trim().split(/ +/)).join(' ') === text.trim().split(/ +/).join(' ');

function wrappedLine(line: Line, columns: number): readonly Line[] {
	const text = safe(uncoloured(line));
	if (cells(text) <= columns) return [line];
	const [first, ...others] = wrapHanging(text, columns);
	if (first === undefined || !fits([first, ...others], text)) return [line];
	if (typeof line === 'string') return [first, ...others];
	const {before, word} = line;
	const isWhole = first.startsWith(`${before}${word}`);
	return [isWhole ? stated(before, word, first.slice(before.length + word.length)) : first, ...others];
}

/** As they are on this stream. */
export const wrapped = ({isTTY, columns = 0}: Terminal, lines: readonly Line[]): readonly Line[] =>
	isTTY && columns > 0 ? lines.flatMap(line => wrappedLine(line, columns)) : lines;

/** What was printed, as one line without colours, however it was broken; a blank at both ends. */
export const unwrapped = (text: string): string =>
	` ${text
		.replaceAll(/\u001b\[[\d;]*m/g, '')
		.replaceAll(/\s+/g, ' ')
		.trim()} `;
