/*
What a terminal without UTF-8 gets: each cell a plain ASCII one, so that a row keeps its width. Words in other scripts
cannot be shown there; a question mark says that something is there.
*/
import type {SafeText} from '../../text/clean.ts';
import {safe} from '../../text/clean.ts';
import {cells, graphemes} from '../../text/fit.ts';

const known: Readonly<Record<string, string>> = {
	'─': '-',
	'│': '|',
	'█': '#',
	'░': '-',
	'…': '~',
	'·': '.',
	'–': '-',
	'—': '-',
	'✔': '+',
	'✖': 'x',
	'▶': '>',
	'↑': '^',
	'↓': 'v',
	'→': '>',
	'←': '<',
	'⏎': '<',
	'×': 'x',
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
};

const plain = /^[ -~]*$/;
const inAscii = (grapheme: string): string => {
	if (plain.test(grapheme)) return grapheme;
	const wide = cells(grapheme);
	const simple = known[grapheme] ?? grapheme.normalize('NFKD').replace(/\p{M}+/gu, '');
	return plain.test(simple) && simple.length === wide ? simple : '?'.repeat(wide);
};

/** The same number of cells, in ASCII alone. */
export const toAscii = (text: SafeText): SafeText =>
	plain.test(text) ? text : safe(Array.from(graphemes().segment(text), ({segment}) => inAscii(segment)).join(''));
