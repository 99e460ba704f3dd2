// Cuts what a terminal sends into its sequences. A chunk may end anywhere, so what is unfinished is handed back to be put before
// the next one; whether an escape that is alone is the key or a beginning, only time can tell, and that is not decided here.

/** One piece: `paste` holds what was between the marks of a bracketed paste, `sequence` begins with escape. */
export type Sequence = {readonly kind: 'text' | 'sequence' | 'paste'; readonly text: string};

/** `rest`: the beginning of a sequence that is not complete. */
export type Sequences = {readonly found: readonly Sequence[]; readonly rest: string};

export const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

const csi = '\\[(?!\\[)[0-?]*[ -/]*[@-~]';
const consoleFunctionKey = '\\[\\[[A-E]';
const singleShift = 'O[ -~]';
const controlString = '[\\]P_^X][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)';
const escapeBeforeAnother = '(?=\\u001b)';
const alt = '[^\\[O\\]P_^X\\u001b]';
const sequence = new RegExp(
	`\\u001b(?:${[csi, consoleFunctionKey, singleShift, controlString, escapeBeforeAnother, alt].join('|')})`,
	'uy',
);

function sequenceAt(input: string, index: number): string | null {
	sequence.lastIndex = index;
	return sequence.exec(input)?.[0] ?? null;
}

/** Cuts `input` into sequences, in order. */
export function sequencesOf(input: string): Sequences {
	const found: Sequence[] = [];
	for (let at = 0; at < input.length; ) {
		const next = input.indexOf('\u001b', at);
		const start = next < 0 ? input.length : next;
		if (start > at) found.push({kind: 'text', text: input.slice(at, start)});
		if (next < 0) break;
		const text = sequenceAt(input, start);
		if (text === null) return {found, rest: input.slice(start)};
		at = start + text.length;
		if (text !== pasteStart) {
			found.push({kind: 'sequence', text});
			continue;
		}
		const close = input.indexOf(pasteEnd, at);
		if (close < 0) return {found, rest: input.slice(start)};
		found.push({kind: 'paste', text: input.slice(at, close)});
		at = close + pasteEnd.length;
	}
	return {found, rest: ''};
}
