/*
A line of an attempt's log as a terminal would show it: its 16 colours stay, a carriage return overwrites, a backspace goes
back, an erase erases; every other escape sequence is removed. The time before it is taken off.
*/
import {type SafeText, safe} from '../../../text/clean.ts';
import {instant, wall} from '../../../text/time.ts';
import type {Colour} from '../../theme.ts';
import {type Line, type Look, plain, span} from '../line.ts';

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) /;

/** CSI, OSC and its kin up to their end (or the line's), two-character escapes, C1 forms of the same. */
const sequence =
	/(?:\u001b\[|\u009b)([0-?]*)([ -/]*)([@-~]?)|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/y;

const colours: readonly Colour[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const mostCells = 4000;

type Cell = {readonly text: string; readonly look: Look};

/** Of an SGR parameter; 256 and true colours beyond the 16 are left out with their parameters. */
const lookAfter = (before: Look, parameters: string): Look => {
	let look = before;
	const codes = parameters.split(/[;:]/).map(Number);
	for (let at = 0; at < codes.length; at++) {
		const code = codes[at] ?? 0;
		if (code === 0) look = plain;
		else if (code === 1) look = {...look, bold: true};
		else if (code === 2) look = {...look, dim: true};
		else if (code === 7) look = {...look, inverse: true};
		else if (code === 22) look = {...look, bold: false, dim: false};
		else if (code === 27) look = {...look, inverse: false};
		else if (code === 38 || code === 48) {
			const index = codes[at + 1] === 5 ? (codes[at + 2] ?? 16) : 16;
			if (index < 16) look = {...look, [code === 38 ? 'colour' : 'background']: colours[index % 8]};
			at += codes[at + 1] === 5 ? 2 : 4;
		} else if (code === 39) look = {...look, colour: undefined};
		else if (code === 49) look = {...look, background: undefined};
		else if (code >= 30 && code <= 37) look = {...look, colour: colours[code - 30]};
		else if (code >= 90 && code <= 97) look = {...look, colour: code === 90 ? 'gray' : colours[code - 90]};
		else if (code >= 40 && code <= 47) look = {...look, background: colours[code - 40]};
		else if (code >= 100 && code <= 107) look = {...look, background: colours[code - 100]};
	}
	return look;
};

/** What is in the row after all of it was written. */
const written = (text: string): readonly Cell[] => {
	const cells: Cell[] = [];
	let at = 0;
	let look: Look = plain;
	for (let index = 0; index < text.length && at < mostCells; ) {
		sequence.lastIndex = index;
		const found = sequence.exec(text);
		if (found !== null && found[0] !== '') {
			const [whole, parameters = '', , final] = found;
			if (final === 'm') look = lookAfter(look, parameters);
			if (final === 'K') cells.splice(parameters === '1' || parameters === '2' ? 0 : at);
			index += whole.length;
			continue;
		}
		const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
		index += character.length;
		if (character === '\r') at = 0;
		else if (character === '\b') at = Math.max(0, at - 1);
		else if (character !== '\u0007') {
			while (cells.length < at) cells.push({text: ' ', look: plain});
			cells[at++] = {text: character, look};
		}
	}
	return cells;
};

const joined = (cells: readonly Cell[]): Line => {
	const spans: {text: string; look: Look}[] = [];
	for (const {text, look} of cells) {
		const last = spans.at(-1);
		if (last !== undefined && last.look === look) last.text += text;
		else spans.push({text, look});
	}
	return spans.map(({text, look}) => span(text, look));
};

/** Without its time and its escape sequences; `raw`: with these as pictures. */
export type LogLine = {readonly time: SafeText; readonly spans: Line};

const acts = /[\u0000-\u001f\u007f-\u009f]/;

export const logLine = (line: string, raw: boolean): LogLine => {
	const stamp = stamped.exec(line);
	const time = safe(stamp === null ? '' : wall(instant(stamp[1] ?? '')));
	const text = (stamp === null ? line : line.slice(stamp[0].length)).replace(/\r+$/, '');
	if (raw || !acts.test(text)) return {time, spans: [span(text.slice(0, mostCells))]};
	return {time, spans: joined(written(text))};
};

/** As it is searched. */
export const logText = (line: string): string =>
	logLine(line, false)
		.spans.map(({text}) => text)
		.join('');

const failure =
	/(?:^|[^\w-])(?:error|errors|failed|failure|fatal|panic|exception|traceback|not ok|cannot|segmentation fault)(?:$|[^\w-])|[✖✗✘×]/i;
const harmless =
	/(?:^|\W)(?:0|no|without) (?:error|errors|failed|failures?)|(?:error|errors|failed|failures?)[ :=]+0(?:\D|$)/i;

/** Whether a line reads like a failure: as good as a person's glance, no better. */
export const readsLikeFailure = (text: string): boolean => failure.test(text) && !harmless.test(text);
