/*
A link by which somebody acts without a login. It is no text: no message of a channel, error or log can hold it, and what prints it by
mistake prints that it is one. Only the letter to the person alone is made of it.
*/
import {inspect} from 'node:util';

const shown = '[personal link]';

export class PersonalLink {
	readonly #url: string;

	constructor(url: string) {
		this.#url = url;
	}

	/** The address itself. */
	reveal(): string {
		return this.#url;
	}

	toString(): string {
		return shown;
	}

	toJSON(): string {
		return shown;
	}

	[inspect.custom](): string {
		return shown;
	}
}
