/*
The plain part of YAML, as maps are written: groups and lists by indent, `[…]` and `{…}` in one line, texts in double quotes or of
plain words. A large map takes a fraction of the library's time; whatever is written otherwise, or is wrong, is for that.
*/
const inQuotes = String.raw`"(?:[^"\\\0-\x1f]|\\["\\/nt])`;
const key = new RegExp(
	String.raw`(?:(?!(?:true|false|null) *:)[a-z][\w.-]{0,999}|${inQuotes}{0,499}")(?= *:(?: |$))`,
	'iy',
);
const json = new RegExp(String.raw`(?:${inQuotes}*"|(?:true|false|0|[1-9]\d{0,9})(?![\w.+-]))`, 'y');
const words = /(?!(?:null|true|false)(?![\w.+-]))[a-z][\w.+-]*(?: [a-z][\w.+-]*)*|(?:\d+[smhdw])+(?![\w.+-])/iy;
const colon = / *:(?: +|$)/y;
const comma = /, */y;
const gap = / */y;
const dash = /- +/y;
const rest = /(?: +#.*| *)$/y;

class Other extends Error {}

function group(pairs: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
	const names = new Set(pairs.map(([name]) => name));
	if (names.size < pairs.length || names.has('__proto__')) throw new Other();
	return Object.fromEntries(pairs);
}

/** A line, taken from its left. */
class Line {
	readonly #text: string;
	#at: number;
	readonly indent: number;

	constructor(text: string) {
		this.#text = text;
		this.indent = this.#at = text.search(/[^ ]/);
	}

	find(pattern: RegExp): string | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text)?.[0] ?? null;
		this.#at += found?.length ?? 0;
		return found;
	}

	take(pattern: RegExp): string {
		const found = this.find(pattern);
		if (found === null) throw new Other();
		return found;
	}

	key(): string {
		const name = this.take(key);
		this.take(colon);
		return name.startsWith('"') ? String(JSON.parse(name)) : name;
	}

	value(): unknown {
		const said = this.find(json);
		if (said !== null) return JSON.parse(said);
		const text = this.find(words);
		if (text !== null) return text;
		if (this.find(/\[/y) !== null) return this.#several(/\]/y, () => this.value());
		this.take(/\{/y);
		return group(this.#several(/\}/y, () => [this.key(), this.value()] as const));
	}

	#several<T>(close: RegExp, one: () => T): readonly T[] {
		const found: T[] = [];
		this.take(gap);
		while (this.find(close) === null) {
			if (found.length > 0) this.take(comma);
			found.push(one());
			this.take(gap);
		}
		return found;
	}
}

/** The value of a text that is of this part; null where the library must read it. */
export function plainYaml(text: string): Readonly<Record<string, unknown>> | null {
	const lines = text.split('\n').flatMap(line => (/^ *(?:#|$)/.test(line) ? [] : [new Line(line)]));
	let next = 0;
	const onlyValue = (line: Line): unknown => {
		const found = line.value();
		line.take(rest);
		return found;
	};
	const list = (indent: number): readonly unknown[] => {
		const items: unknown[] = [];
		for (let line = lines[next]; line?.indent === indent && line.find(dash) !== null; line = lines[++next])
			items.push(onlyValue(line));
		return items;
	};
	const block = (indent: number): ReturnType<typeof group> => {
		const pairs: [string, unknown][] = [];
		for (let line = lines[next]; line?.indent === indent; line = lines[next]) {
			next++;
			const name = line.key();
			const isOpen = line.find(rest) !== null;
			const below = Math.max(indent + 1, lines[next]?.indent ?? 0);
			const items = isOpen ? list(below) : [];
			pairs.push([name, isOpen ? (items.length > 0 ? items : block(below)) : onlyValue(line)]);
		}
		if (pairs.length === 0) throw new Other();
		return group(pairs);
	};
	try {
		const found = block(0);
		return next === lines.length ? found : null;
	} catch (error) {
		if (error instanceof Other) return null;
		throw error;
	}
}
