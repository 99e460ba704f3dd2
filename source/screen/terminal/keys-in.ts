// From what the terminal sends to key presses, one by one however they arrive: several keys may come in one read, and one key in
// several. A paste is one event, so that nothing in it acts as a key. Each press says whether it came as a chunk of its own,
// which is what tells a person's Enter from one that was sent along with the letters before it.
import type {Clock} from '../../cutover/ports.ts';
import {graphemesOf} from './graphemes.ts';

// Which key a sequence is, by the names that a key table uses: `up`, `shift-tab`, `page-down`, `ctrl-x`, `alt-enter`, `f5`.
const byFinal: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	M: 'enter',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

const byNumber: Readonly<Record<string, string>> = {
	'1': 'home',
	'2': 'insert',
	'3': 'delete',
	'4': 'end',
	'5': 'page-up',
	'6': 'page-down',
	'7': 'home',
	'8': 'end',
	'11': 'f1',
	'12': 'f2',
	'13': 'f3',
	'14': 'f4',
	'15': 'f5',
	'17': 'f6',
	'18': 'f7',
	'19': 'f8',
	'20': 'f9',
	'21': 'f10',
	'23': 'f11',
	'24': 'f12',
};

const byControl: Readonly<Record<string, string>> = {
	'\b': 'backspace',
	'\t': 'tab',
	'\n': 'enter',
	'\r': 'enter',
	'\u001b': 'esc',
	'\u007f': 'backspace',
	'\0': 'ctrl-space',
};

/** A parameter holds the modifiers as bits, plus one. */
function modified(name: string, parameter: string | undefined): string {
	const bits = Number(parameter ?? 1) - 1;
	return `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${bits & 1 ? 'shift-' : ''}${name}`;
}

/** The name of a typed grapheme or control character; null for one that is no key. */
function keyOfText(text: string): string | null {
	const named = byControl[text];
	if (named !== undefined) return named;
	const code = text.charCodeAt(0);
	if (code < 0x20) return `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}`;
	return code >= 0x7f && code < 0xa0 ? null : text;
}

function keyOfCsi(parameters: string, final: string): string | null {
	const [number = '', modifiers] = parameters.split(';');
	if (final === 'Z') return 'shift-tab';
	const name = final === '~' ? byNumber[number] : final === 'M' ? undefined : byFinal[final];
	return name === undefined ? null : modified(name, modifiers);
}

/** The key that a whole escape sequence stands for; null for a report or a key without a name. */
function keyOfSequence(sequence: string): string | null {
	if (sequence === '\u001b') return 'esc';
	const csi = /^\u001b\[([\d;]*)([A-Za-z~])$/.exec(sequence);
	if (csi) return keyOfCsi(csi[1] ?? '', csi[2] ?? '');
	const functionKey = /^\u001b\[\[([A-E])$/.exec(sequence)?.[1];
	if (functionKey) return `f${functionKey.charCodeAt(0) - 0x40}`;
	const shifted = /^\u001bO([A-Z])$/.exec(sequence)?.[1];
	if (shifted) return byFinal[shifted] ?? null;
	const alt = /^\u001b([^\u001b])$/u.exec(sequence)?.[1];
	const key = alt === undefined ? null : keyOfText(alt);
	return key === null ? null : `alt-${key}`;
}

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
