/*
HTML made of a template: every hole is escaped unless it is Html already, and no other text reaches a page. What acts on a
browser or hides in a text is escaped or shown as a picture, as on the screen.
*/
import {safe} from '../text/clean.ts';

/** Markup that this program wrote. Only `html` and `raw` make it. */
export class Html {
	readonly #text: string;

	private constructor(text: string) {
		this.#text = text;
	}

	/** For the program's own constants; text from outside never comes here. */
	static raw(text: string): Html {
		return new Html(text);
	}

	toString(): string {
		return this.#text;
	}
}

export const {raw} = Html;

type Hole = Html | string | number | null | false | readonly Hole[];

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
	'=': '&#61;',
};

/** Text that stays text in an element and in a quoted attribute. */
export const escaped = (text: string): string => safe(text).replaceAll(/[&<>"'`=]/g, found => entities[found] ?? '');

function write(hole: Hole): string {
	if (hole === null || hole === false) return '';
	if (hole instanceof Html) return hole.toString();
	return typeof hole === 'object' ? hole.map(write).join('') : escaped(String(hole));
}

const checked = new WeakSet<TemplateStringsArray>();

/** Outside quotes an attribute's value could end early, and in a script or style nothing is escaped. */
function refuseUnsafe(words: TemplateStringsArray): void {
	if (checked.has(words)) return;
	const before = words.slice(0, -1);
	const wrong = before.find(text => /=\s*$/.test(text) || /<(?:script|style)\b[^>]*>[^<]*$/i.test(text));
	if (wrong !== undefined) throw new TypeError(`A hole is not allowed after: ${wrong.slice(-40)}`);
	checked.add(words);
}

/** A tagged template. Null and false are nothing, arrays are joined. */
export function html(words: TemplateStringsArray, ...holes: readonly Hole[]): Html {
	refuseUnsafe(words);
	return raw(String.raw({raw: words}, ...holes.map(write)));
}
