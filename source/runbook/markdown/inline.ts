/* Inside a line: code, links and the text as it is seen. Each pass goes over it once, however hostile it is. */
import {letter} from '../../text/letters.ts';

/** `at`: index of the code in the text it is in. */
export type Span = {readonly code: string; readonly at: number; readonly from: number; readonly to: number};

type Run = {readonly at: number; readonly length: number};

function runsOf(text: string): Run[] {
	const runs: Run[] = [];
	for (const match of text.matchAll(/\\?(`+)/g)) {
		// An escaped backtick opens no code; the rest of its run may.
		const escaped = match[0].startsWith('\\') ? 1 : 0;
		const length = (match[1] ?? '').length - escaped;
		if (length > 0) runs.push({at: match.index + 2 * escaped, length});
	}
	return runs;
}

const unpadded = (code: string): string =>
	code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code;

/** Code spans as CommonMark pairs their backticks. */
export function spans(text: string): readonly Span[] {
	if (!text.includes('`')) return [];
	const runs = runsOf(text);
	return pair(
		text,
		runs,
		Map.groupBy(runs.toReversed(), ({length}) => length),
	);
}

function pair(text: string, runs: readonly Run[], byLength: ReadonlyMap<number, Run[]>): readonly Span[] {
	const found: Span[] = [];
	let end = 0;
	for (const {at, length} of runs) {
		if (at < end) continue;
		const later = byLength.get(length) ?? [];
		while ((later.at(-1)?.at ?? Infinity) <= at) later.pop();
		const close = later.at(-1);
		if (!close) continue;
		const from = at + length;
		const inside = text.slice(from, close.at);
		found.push({
			code: unpadded(inside),
			at: from + (unpadded(inside) === inside ? 0 : 1),
			from: at,
			to: close.at + length,
		});
		end = close.at + length;
	}
	return found;
}

export function spanOf(code: string): string {
	const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
	const mark = '`'.repeat(longest + 1);
	return longest === 0 ? `${mark}${code}${mark}` : `${mark} ${code} ${mark}`;
}

const entities: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' '};

const underscores = new RegExp(
	String.raw`(?<![${letter}\\_])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?![${letter}_])`,
	'g',
);

/** A text outside code spans, as it is read: no emphasis, links by their words, line breaks as spaces. */
const unmarked = (text: string): string =>
	text
		.replace(/<br ?\/?>/gi, ' ')
		.replace(/!?\[([^[\]]*)\]\([^()[\]]*\)/g, '$1')
		.replace(/(?<!\\)\*{1,3}(?! )|(?<=\S)(?<!\\)\*{1,3}/g, '')
		.replace(underscores, '')
		.replaceAll('~~', '')
		.replace(/&(lt|gt|amp|quot|nbsp);/g, (_, name: string) => entities[name] ?? '')
		.replace(/\\([!-/:-@[-`{-~])/g, '$1');

const marks = /[`*_~<[&\\]/;

/** The text anew: its code spans, and what is between them. */
export function respelt(text: string, between: (text: string) => string, code: (span: Span) => string): string {
	let written = '';
	let end = 0;
	for (const span of spans(text)) {
		written += between(text.slice(end, span.from)) + code(span);
		end = span.to;
	}
	return written + between(text.slice(end));
}

/** As a reader sees it, in one line: code without its backticks, no emphasis. */
export const plain = (text: string): string =>
	(marks.test(text) ? respelt(text, unmarked, ({code}) => code) : text).replace(/\s+/g, ' ').trim();

const link = /(?<![!\\])\[[^[\]]*\]\(\s*<?([^()[\]<>\s]+)>?(?:\s+["'][^"'()]*["'])?\s*\)/g;

export type Link = {readonly target: string; readonly from: number; readonly to: number};

export const links = (text: string): readonly Link[] =>
	text.includes('](')
		? [...withoutCode(text).matchAll(link)].map(match => ({
				target: match[1] ?? '',
				from: match.index,
				to: match.index + match[0].length,
			}))
		: [];

/** The text with the insides of its code spans blanked out, same length. */
export const withoutCode = (text: string): string =>
	respelt(
		text,
		between => between,
		({from, to}) => ' '.repeat(to - from),
	);

/** The text with what is struck through blanked out, code in it as well, same length. */
export function withoutStruck(text: string): string {
	if (!text.includes('~~')) return text;
	let left = '';
	let end = 0;
	for (const {index, 0: all} of withoutCode(text).matchAll(struck)) {
		left += text.slice(end, index) + ' '.repeat(all.length);
		end = index + all.length;
	}
	return left + text.slice(end);
}

const struck = /(?<![~\\])~~(?=[^\s~])[^~]*(?:~(?!~)[^~]*)*(?<=\S)~~(?!~)/g;

/** Where a backtick is that opens no code: nothing closes it. Null where each is closed. */
export function openCode(text: string): number | null {
	if (!text.includes('`')) return null;
	return /(?<!\\)`/.exec(withoutCode(text))?.index ?? null;
}

/** Without comments that open and close in the text. */
export function withoutComments(text: string): string {
	let observed = '';
	let end = 0;
	for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', end)) {
		const close = text.indexOf('-->', open + 4);
		if (close === -1) break;
		observed += text.slice(end, open);
		end = close + 3;
	}
	return observed + text.slice(end);
}

/** `[.!?]` and their like, a semicolon, and the comma before what is done otherwise. */
const end = /[.!?;](?=\s)|[。；！？]|,(?=\s+(?:otherwise|or else|else|alternatively|if (?:that|this|it|the)\b))/gi;

/** More than anybody says in one paragraph. */
const longest = 20_000;

/** Sentences as they are written, code marks and all; a point inside code ends none. */
export function sentences(whole: string): readonly string[] {
	const text = whole.slice(0, longest);
	const found: string[] = [];
	let from = 0;
	for (const match of withoutCode(text).matchAll(end)) {
		found.push(text.slice(from, match.index + 1).trim());
		from = match.index + 1;
	}
	return [...found, text.slice(from).trim()].filter(sentence => sentence !== '');
}
