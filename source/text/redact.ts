/*
Secrets leave a text before it is written, in whatever usual spelling they stand there: as they are, in base64, in an
address, in JSON, in hexadecimal. A stream comes in chunks, and a secret may lie across two or more: what might be the
beginning of one is held back until the next chunk tells.
*/
import {decoded} from './decoded.ts';

const mask = '[redacted]';

/** In characters. A shorter secret would blacken every line, and its base64 is a few letters. */
export const shortestSecret = 6;

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

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
const inJson = (text: string): readonly string[] => [...once(text), ...once(JSON.stringify(text).slice(1, -1))];

const once = (text: string): readonly string[] => {
	const plain = JSON.stringify(text).slice(1, -1);
	const ascii = plain.replaceAll(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	const html = ascii.replaceAll(/[<>&']/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	return [plain, ascii, html, upperCodes(ascii), upperCodes(html)].flatMap(found => [
		found,
		found.replaceAll('/', '\\/'),
	]);
};

/**
 * What of an address is its key: an error, or a service that answers, may name the path alone. Short words of it are no secrets, and
 * stand in other texts too.
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

/** A secret of several lines is sought line by line as well: tools wrap and indent. */
const partsOf = (secret: string): readonly string[] => [
	secret,
	...keysIn(secret),
	...secret
		.split(/\r?\n/)
		.map(line => line.trim())
		.filter(line => line.length >= 2 * shortestSecret),
];

function spellingsOf(text: string): readonly string[] {
	const bytes = Buffer.from(text);
	const base64 = [0, 1, 2].map(shift => base64At(bytes, shift));
	const hex = bytes.toString('hex');
	const addresses = [/[A-Za-z0-9\-_.!~*'()]/, /[A-Za-z0-9\-_.~]/, /[A-Za-z0-9\-_.*]/, /(?!)/].map(plain =>
		percented(text, plain),
	);
	return [
		text,
		...base64,
		...base64.map(urlSafe),
		...addresses.flatMap(found => [found, found.replaceAll('%20', '+'), lowerPercents(found)]),
		...inJson(text),
		hex,
		hex.toUpperCase(),
		text.replaceAll("'", `'\\''`),
		text.replaceAll("'", `'"'"'`),
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

const patternOf = (texts: readonly string[]): RegExp | null =>
	texts.length === 0 ? null : new RegExp(texts.map(literally).join('|'), 'g');

/** A function that puts `[redacted]` for each secret, however it is spelt. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const any = patternOf(sought(secrets, false));
	return any === null ? text => text : text => text.replace(any, mask);
}

/** The same for bytes that come in chunks, handled as latin1, so that no encoding can hide or break one. */
export class Redactor {
	/** How many were found. */
	hits = 0;
	readonly #secrets: readonly string[];
	readonly #any: RegExp | null;
	readonly #longest: number;
	/** First characters of what is sought: most ends of chunks hold none. */
	readonly #first: ReadonlySet<string>;
	#held = '';

	constructor(secrets: readonly string[]) {
		this.#secrets = sought(secrets, true);
		this.#any = patternOf(this.#secrets);
		this.#longest = this.#secrets[0]?.length ?? 0;
		this.#first = new Set(this.#secrets.map(secret => secret.charAt(0)));
	}

	/** Where the beginning of a secret may stand at the end of the text; its length where none does. */
	#doubtful(text: string, from: number): number {
		for (let at = Math.max(from, text.length - this.#longest + 1); at < text.length; at++) {
			if (!this.#first.has(text.charAt(at))) continue;
			const rest = text.length - at;
			const end = text.slice(at);
			if (this.#secrets.some(secret => secret.length > rest && secret.startsWith(end))) return at;
		}
		return text.length;
	}

	/** The next chunk, latin1 -> what is sure of the stream so far, latin1. */
	push(chunk: string): string {
		if (this.#any === null) return chunk;
		const text = this.#held + chunk;
		let out = '';
		let from = 0;
		let doubtful = this.#doubtful(text, 0);
		for (const match of text.matchAll(this.#any)) {
			if (match.index >= doubtful) break;
			this.hits++;
			out += text.slice(from, match.index) + mask;
			from = match.index + match[0].length;
			if (from > doubtful) doubtful = this.#doubtful(text, from);
		}
		this.#held = text.slice(doubtful);
		return out + text.slice(from, doubtful);
	}

	/** What was held back, once nothing follows. A held part may itself hold a shorter secret. */
	end(): string {
		const text = this.#held;
		this.#held = '';
		if (this.#any === null) return text;
		return text.replace(this.#any, () => {
			this.hits++;
			return mask;
		});
	}
}
