/*
Secrets leave the stream before anything is written. The stream comes in chunks, and a secret may lie across two or
more: what might be the beginning of one is held back until the next chunk tells. Bytes are handled as latin1, one
character each, so that no encoding can hide or break one.
*/

const mask = '[redacted]';
const shortest = 4;

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export class Redactor {
	/** How many were found. */
	hits = 0;
	readonly #secrets: readonly string[];
	readonly #any: RegExp | null;
	readonly #longest: number;
	#held = '';

	/** Values of fewer than four characters are not looked for: they would blacken every line. */
	constructor(secrets: readonly string[]) {
		const bytes = secrets
			.map(secret => Buffer.from(secret).toString('latin1'))
			.filter(secret => secret.length >= shortest);
		this.#secrets = [...new Set(bytes)].sort((a, b) => b.length - a.length);
		this.#any = this.#secrets.length === 0 ? null : new RegExp(this.#secrets.map(literally).join('|'), 'g');
		this.#longest = this.#secrets[0]?.length ?? 0;
	}

	/** Where the beginning of a secret may stand at the end of the text; its length where none does. */
	#doubtful(text: string, from: number): number {
		for (let at = Math.max(from, text.length - this.#longest + 1); at < text.length; at++) {
			const rest = text.length - at;
			if (this.#secrets.some(secret => secret.length > rest && text.endsWith(secret.slice(0, rest)))) return at;
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
