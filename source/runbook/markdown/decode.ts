/* Bytes to lines, without what is not UTF-8, what a terminal obeys, and what changes the order of reading. */
import {isUtf8} from 'node:buffer';
import {bidirectional, control, nameOf} from '../../text/characters.ts';
import type {Complain} from '../problems/complain.ts';

const newline = 0x0a;
const mark = [0xef, 0xbb, 0xbf];

function firstBadLine(bytes: Uint8Array): number {
	let start = 0;
	for (let line = 1; ; line++) {
		const end = bytes.indexOf(newline, start);
		const stop = end === -1 ? bytes.length : end;
		if (end === -1 || !isUtf8(bytes.subarray(start, stop))) return line;
		start = stop + 1;
	}
}

function complainOfCharacters(lines: readonly string[], complain: Complain): void {
	const unseen = new RegExp(`(?![\\t])${control.source}|${bidirectional.source}`, 'gu');
	lines.forEach((text, index) => {
		for (const match of text.matchAll(unseen)) {
			const at = {line: index + 1, column: match.index + 1};
			const code =
				match[0] === '\r' ? 'text-line-ends' : bidirectional.test(match[0]) ? 'text-direction' : 'text-control';
			complain(code, at, {name: nameOf(match[0])});
			break;
		}
	});
}

/** The lines of a text file; null where it cannot be read at all, after complaining. */
export function decode(bytes: Uint8Array, complain: Complain): readonly string[] | null {
	if (!isUtf8(bytes)) {
		complain('text-encoding', {line: firstBadLine(bytes), column: 1}, {});
		return null;
	}
	const marked = mark.every((byte, index) => bytes[index] === byte);
	const text = new TextDecoder().decode(marked ? bytes.subarray(mark.length) : bytes);
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === '') lines.pop();
	if (text.trim() === '') complain('text-empty', {line: 1, column: 1}, {});
	complainOfCharacters(lines, complain);
	return lines;
}
