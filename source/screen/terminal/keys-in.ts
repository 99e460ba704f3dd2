// From what the terminal sends to key presses, one by one however they arrive: several keys may come in one read, and one key in
// several. A paste is one event, so that nothing in it acts as a key. Each press says whether it came as a chunk of its own,
// which is what tells a person's Enter from one that was sent along with the letters before it.
import type {Clock} from '../../cutover/ports.ts';
import {graphemesOf} from './graphemes.ts';
import {keyOfSequence, keyOfText} from './key-names.ts';

// Cuts what a terminal sends into its sequences. A chunk may end anywhere, so what is unfinished is handed back to be put before
// the next one; whether an escape that is alone is the key or a beginning, only time can tell, and that is not decided here.

/** One piece: `paste` holds what was between the marks of a bracketed paste, `sequence` begins with escape. */
type Sequence = {readonly kind: 'text' | 'sequence' | 'paste'; readonly text: string};

/** `rest`: the beginning of a sequence that is not complete. */
type Sequences = {readonly found: readonly Sequence[]; readonly rest: string};

const pasteStart = '\u001b[200~';
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
function sequencesOf(input: string): Sequences {
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

/**
 * `key`: the typed grapheme (`r`, `!`, `é`) or a name (`enter`, `esc`, `up`, `shift-tab`, `page-down`, `ctrl-c`); `alone`: nothing
 * else was in its chunk. Or a bracketed paste, as it came: uncleaned, line breaks and all; `isCut`: its end did not come in time.
 */
export type Press = {readonly key: string; readonly alone: boolean} | {readonly paste: string; readonly isCut?: true};

/** `reply`: the terminal answered `CSI 5n`; `pass`: all input but such replies, sequence by sequence. */
export type KeysInPorts = {
	readonly after: Clock['after'];
	readonly press: (press: Press) => void;
	readonly reply: () => void;
	readonly pass: (text: string) => void;
};

const escapeIsAKeyAfter = 50;
const pasteIsOverAfter = 1000;
const statusReply = /^\u001b\[[03]n$/;

const isReply = ({kind, text}: Sequence) => kind === 'sequence' && statusReply.test(text);

function keysOf({kind, text}: Sequence): string[] {
	const keys =
		kind === 'sequence' ? [keyOfSequence(text)] : [...graphemesOf(text.replaceAll('\r\n', '\r'))].map(keyOfText);
	return keys.filter(key => key !== null);
}

function pressesOf(sequences: readonly Sequence[], crowded: boolean): Press[] {
	const keys = sequences.flatMap<string | Sequence>(sequence =>
		sequence.kind === 'paste' ? [sequence] : keysOf(sequence),
	);
	const alone = keys.length === 1 && !crowded;
	return keys.map(key => (typeof key === 'string' ? {key, alone} : {paste: key.text}));
}

/** What an unfinished sequence was after all, once nothing followed it: a key with escape or Alt, or nothing. */
const outOfTime = (rest: string): Sequence[] => (rest.length <= 2 ? [{kind: 'sequence', text: rest}] : []);

/** A function that takes the terminal's input, decoded, chunk by chunk. */
export function keysIn({after, press, reply, pass}: KeysInPorts): (chunk: string) => void {
	let rest = '';
	let crowded = false;
	let stop = () => {};

	function deliver(sequences: readonly Sequence[]): void {
		for (const sequence of sequences) {
			if (isReply(sequence)) reply();
			else pass(sequence.text);
		}
		for (const pressed of pressesOf(
			sequences.filter(sequence => !isReply(sequence)),
			crowded,
		))
			press(pressed);
	}

	function wait(): void {
		stop = after(rest.startsWith(pasteStart) ? pasteIsOverAfter : escapeIsAKeyAfter, () => {
			const late = rest;
			rest = '';
			if (late.startsWith(pasteStart)) press({paste: late.slice(pasteStart.length), isCut: true});
			else deliver(outOfTime(late));
			crowded = false;
		});
	}

	return chunk => {
		stop();
		const sequences = sequencesOf(rest + chunk);
		rest = sequences.rest;
		crowded ||= rest !== '' && sequences.found.some(sequence => !isReply(sequence));
		deliver(sequences.found);
		if (rest === '') crowded = false;
		else wait();
	};
}
