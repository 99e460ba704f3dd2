/*
Secrets leave a text before it is written, in whatever usual spelling: as they are, in base64, in an
address, in JSON, in HTML, quoted, in hexadecimal. A stream comes in chunks, and a secret may lie across two or more: what might be the
beginning of one is held back until the next chunk tells.
*/
import {decoded} from './decoded.ts';

const mask = '[redacted]';

/** In characters. A shorter secret would blacken every line, and its base64 is a few letters. */
export const shortestSecret = 6;

/** The letters of base64 that a secret alone decides when it begins `shift` bytes into a group of three. */
function base64At(bytes: Uint8Array, shift: number): string {
	const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
	return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** Every byte that is not plain, as `%XX`. */
const percented = (text: string, plain: RegExp): string =>
	[...Buffer.from(text)]
		.map(byte => {
			const character = String.fromCharCode(byte);
			return byte < 0x80 && plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');

const lowerPercents = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase());

const upperCodes = (text: string): string =>
	text.replaceAll(/\\u[0-9a-f]{4}/g, code => `\\u${code.slice(2).toUpperCase()}`);

/** A log in JSON may hold an answer in JSON. */
const inJson = (text: string): readonly string[] => once(text).flatMap(found => [found, ...once(found)]);

const once = (text: string): readonly string[] => {
	const plain = JSON.stringify(text).slice(1, -1);
	const ascii = plain.replaceAll(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	const html = ascii.replaceAll(/[<>&']/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return [plain, ascii, html, upperCodes(ascii), upperCodes(html)].flatMap(found => [
		found,
		found.replaceAll('/', '\\/'),
	]);
};

/** As an address has it in its path, its query, or anywhere; also within another address. */
const inAddresses = (text: string): readonly string[] =>
	[
		/[A-Za-z0-9\-_.!~*'();,/?:@&=+$#]/,
		/[A-Za-z0-9\-_.!~*'()]/,
		/[A-Za-z0-9\-_.~/]/,
		/[A-Za-z0-9\-_.~]/,
		/[A-Za-z0-9\-_.*]/,
		/(?!)/,
	].flatMap(plain => {
		const found = percented(text, plain);
		return [found, found.replaceAll('%20', '+'), lowerPercents(found), found.replaceAll('%', '%25')];
	});

/** How HTML and XML write quotes. */
const quotes = [
	['"', "'"],
	['&quot;', "'"],
	['&quot;', '&#39;'],
	['&quot;', '&#x27;'],
	['&quot;', '&apos;'],
	['&#34;', '&#39;'],
] as const;

const inMarkup = (text: string): readonly string[] => {
	const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return quotes.map(([double, single]) => plain.replaceAll('"', double).replaceAll("'", single));
};

/** As shells, SQL and CSV quote it. */
const quoted = (text: string): readonly string[] => [
	text.replaceAll("'", `'\\''`),
	text.replaceAll("'", `'"'"'`),
	text.replaceAll("'", "''"),
	text.replaceAll('"', '""'),
	text.replaceAll(/["$`\\]/g, '\\$&'),
	text.replaceAll(/[ !"#$&'()*,;<>?[\\\]^`{|}~]/g, '\\$&'),
];

/** Also with what tools put between bytes. */
const inHex = (bytes: Uint8Array): readonly string[] => {
	const pairs = [...bytes].map(byte => byte.toString(16).padStart(2, '0'));
	const upper = pairs.map(pair => pair.toUpperCase());
	return ['', ' ', ':', '\\x'].flatMap(between => [pairs.join(between), upper.join(between)]);
};

/** Of the lines that `base64` and `openssl` break a long text into, the whole ones. */
const brokenBase64 = (bytes: Buffer): readonly string[] =>
	[64, 76].flatMap(width => bytes.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? []);

/**
 * What of an address is its key: an error, or a service that answers, may name the path alone. Short words of it are no secrets, and
 * are in other texts too.
 */
function keysIn(secret: string): readonly string[] {
	const url = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(secret.trim()) ? URL.parse(secret.trim()) : null;
	if (url === null) return [];
	const path = `${url.pathname}${url.search}`;
	return [
		...[path, url.pathname].filter(text => text.length >= 2 * shortestSecret),
		...path.split(/[/?&=]/).filter(text => text.length >= 16),
		...[url.password, decoded(url.password)].filter(text => text.length >= shortestSecret),
	];
}

/** A secret of several lines is sought line by line as well: tools wrap and indent. One that was set with a line end is sought without it. */
const partsOf = (secret: string): readonly string[] => [
	secret,
	secret.trim(),
	...keysIn(secret),
	...secret
		.split(/\r?\n/)
		.map(line => line.trim())
		.filter(line => line.length >= 2 * shortestSecret),
];

function spellingsOf(text: string): readonly string[] {
	const bytes = Buffer.from(text);
	const base64 = [0, 1, 2].map(shift => base64At(bytes, shift));
	return [
		text,
		...base64,
		...base64.map(urlSafe),
		...brokenBase64(bytes).filter(line => line.length >= 2 * shortestSecret),
		...inAddresses(text),
		...inJson(text),
		...inMarkup(text),
		...quoted(text),
		...inHex(bytes),
	];
}

/** All texts that must not be written, as latin1 of their UTF-8 or as they are, the longest first. */
function sought(secrets: readonly string[], latin1: boolean): readonly string[] {
	const all = secrets
		.filter(secret => secret.length >= shortestSecret)
		.flatMap(partsOf)
		.flatMap(spellingsOf)
		.map(text => (latin1 ? Buffer.from(text).toString('latin1') : text))
		.filter(text => text.length >= shortestSecret);
	return [...new Set(all)].sort((a, b) => b.length - a.length);
}

type Place = {readonly from: number; readonly to: number};

const pairOf = (before: number, code: number): number => ((before & 0xff) << 8) | (code & 0xff);

/**
Finds the next of some texts, and of those that begin there the longest. Not by a regular expression: one of the keys and keystores
that secrets may be is larger than can be compiled, and the error that says so shows them all.
*/
class Finder {
	readonly #longest: number;
	/** The two characters that one of them begins with: there is none of them almost anywhere. */
	readonly #pairs = new Uint8Array(1 << 16);
	/** By as many characters as each of them has, the longest first. */
	readonly #byHead = new Map<string, string[]>();
	/** What is shorter than a head, and the beginning of one. */
	readonly #beginnings = new Set<string>();

	/** `texts`: the longest first, none shorter than `shortestSecret`. */
	constructor(texts: readonly string[]) {
		this.#longest = texts[0]?.length ?? 0;
		for (const text of texts) {
			const head = text.slice(0, shortestSecret);
			this.#pairs[pairOf(head.charCodeAt(0), head.charCodeAt(1))] = 1;
			for (let end = 1; end < shortestSecret; end++) this.#beginnings.add(head.slice(0, end));
			const same = this.#byHead.get(head);
			if (same) same.push(text);
			else this.#byHead.set(head, [text]);
		}
	}

	/** Those that may be there, by more than their first two characters. */
	#at(text: string, at: number): readonly string[] {
		return this.#byHead.get(text.slice(at, at + shortestSecret)) ?? [];
	}

	/** Null where none follows. */
	next(text: string, start: number): Place | null {
		const pairs = this.#pairs;
		const last = text.length - shortestSecret;
		for (let [from, pair] = [start, text.charCodeAt(start)]; from <= last; from++) {
			pair = pairOf(pair, text.charCodeAt(from + 1));
			if (pairs[pair] === 0) continue;
			const found = this.#at(text, from).find(each => text.startsWith(each, from));
			if (found !== undefined) return {from, to: from + found.length};
		}
		return null;
	}

	/** The first place from `start` on at which one may begin that ends behind the text; the text's length where there is none. */
	doubtful(text: string, start: number): number {
		for (let at = Math.max(start, text.length - this.#longest + 1); at < text.length; at++) {
			const rest = text.length - at;
			const mayBegin =
				rest < shortestSecret
					? this.#beginnings.has(text.slice(at))
					: this.#pairs[pairOf(text.charCodeAt(at), text.charCodeAt(at + 1))] !== 0 &&
						this.#at(text, at).some(each => each.length > rest && each.startsWith(text.slice(at)));
			if (mayBegin) return at;
		}
		return text.length;
	}

	/** The text with `[redacted]` for each, and how many there were. */
	mask(text: string): {readonly masked: string; readonly hits: number} {
		let [masked, hits, end] = ['', 0, 0];
		for (let found = this.next(text, 0); found !== null; found = this.next(text, end)) {
			masked += text.slice(end, found.from) + mask;
			end = found.to;
			hits++;
		}
		return {masked: hits === 0 ? text : masked + text.slice(end), hits};
	}
}

/** A function that puts `[redacted]` for each secret, however it is spelt. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const finder = new Finder(sought(secrets, false));
	return text => finder.mask(text).masked;
}

/** JSON without secrets, in what it holds as in the names of that. */
export const redactedJson = (json: string, redact: (text: string) => string) =>
	JSON.parse(json, (_, value: unknown) => {
		if (typeof value === 'string') return redact(value);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([name, held]) => [redact(name), held]));
	});

/** The same for bytes that come in chunks, handled as latin1, so that no encoding can hide or break one. */
export class Redactor {
	/** How many were found. */
	hits = 0;
	readonly #finder: Finder;
	#held = '';

	constructor(secrets: readonly string[]) {
		this.#finder = new Finder(sought(secrets, true));
	}

	/** The next chunk, latin1 -> what is sure of the stream so far, latin1. */
	push(chunk: string): string {
		const text = this.#held + chunk;
		let out = '';
		let end = 0;
		let doubtful = this.#finder.doubtful(text, 0);
		for (let found = this.#finder.next(text, 0); found !== null; found = this.#finder.next(text, end)) {
			if (found.from >= doubtful) break;
			this.hits++;
			out += text.slice(end, found.from) + mask;
			end = found.to;
			if (end > doubtful) doubtful = this.#finder.doubtful(text, end);
		}
		this.#held = text.slice(doubtful);
		return out + text.slice(end, doubtful);
	}

	/** What was held back, once nothing follows. A held part may itself hold a shorter secret. */
	end(): string {
		const {masked, hits} = this.#finder.mask(this.#held);
		this.#held = '';
		this.hits += hits;
		return masked;
	}
}
