// From what the terminal sends to key presses, one by one however they arrive: several keys may come in one read, and one key in
// several. A paste is one event, so that nothing in it acts as a key. Each press says whether it came as a chunk of its own,
// which is what tells a person's Enter from one that was sent along with the letters before it.
import type {Clock} from '../../cutover/ports.ts';
import {graphemesOf} from './graphemes.ts';
import {keyOfSequence, keyOfText} from './key-names.ts';
import {pasteStart, type Sequence, sequencesOf} from './sequences.ts';

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
