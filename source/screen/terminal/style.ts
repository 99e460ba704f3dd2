// Styles by number. A screen wears few different ones, so each is kept once: cells hold small integers, two styles are the same
// when their numbers are, and the bytes from one to the next are worked out once.

/** A style by its number; 0 is no style at all. */
export type StyleId = number;

type Style = {readonly attributes: ReadonlySet<number>; readonly foreground: string; readonly background: string};

const none: Style = {attributes: new Set(), foreground: '', background: ''};
const styles: Style[] = [none];
const ids = new Map([['', 0]]);
const applied = new Map<string, StyleId>();
const between = new Map<string, string>();

const codes = ({attributes, foreground, background}: Style) =>
	[...attributes, foreground, background].filter(code => code !== '');
const of = (id: StyleId) => styles[id] ?? none;

function idOf(style: Style): StyleId {
	const key = codes(style).join(';');
	const known = ids.get(key);
	if (known !== undefined) return known;
	ids.set(key, styles.length);
	return styles.push(style) - 1;
}

const inside = (n: number, first: number, last: number) => n >= first && n <= last;
const isForeground = (n: number) => inside(n, 30, 37) || inside(n, 90, 97);
const isBackground = (n: number) => inside(n, 40, 47) || inside(n, 100, 107);

/** Reads SGR parameters one after the other; colours of 256 and true colour take three or five of them. */
function read(start: Style, parameters: readonly number[]): Style {
	let {foreground, background} = start;
	const attributes = new Set(start.attributes);
	for (let at = 0; at < parameters.length; at++) {
		const code = parameters[at] ?? 0;
		if (code === 0) {
			attributes.clear();
			foreground = background = '';
		} else if (inside(code, 1, 9)) attributes.add(code);
		else if (code === 22) {
			attributes.delete(1);
			attributes.delete(2);
		} else if (inside(code, 23, 29)) attributes.delete(code - 20);
		else if (code === 38 || code === 48) {
			const colour = parameters.slice(at, at + (parameters[at + 1] === 5 ? 3 : 5));
			if (code === 38) foreground = colour.join(';');
			else background = colour.join(';');
			at += colour.length - 1;
		} else if (code === 39) foreground = '';
		else if (code === 49) background = '';
		else if (isForeground(code)) foreground = String(code);
		else if (isBackground(code)) background = String(code);
	}
	return {attributes: new Set([...attributes].sort((a, b) => a - b)), foreground, background};
}

function once<T>(memory: Map<string, T>, key: string, make: () => T): T {
	const known = memory.get(key);
	if (known !== undefined) return known;
	const made = make();
	memory.set(key, made);
	return made;
}

/** The style that `CSI parameters m` leads to from another one. */
export const afterSgr = (from: StyleId, parameters: string): StyleId =>
	once(applied, `${from}|${parameters}`, () => idOf(read(of(from), parameters.split(';').map(Number))));

function changes(from: Style, to: Style): Array<number | string> {
	const taken = [...from.attributes].filter(code => !to.attributes.has(code));
	const weight = taken.some(code => code <= 2);
	const off = taken.filter(code => code > 2).map(code => code + 20);
	const on = [...to.attributes].filter(code => !from.attributes.has(code) || (weight && code <= 2));
	const foreground = from.foreground === to.foreground ? [] : [to.foreground || 39];
	const background = from.background === to.background ? [] : [to.background || 49];
	return [...(weight ? [22] : []), ...off, ...on, ...foreground, ...background];
}

/** The fewest bytes that lead from one style to another. */
export function sgrBetween(from: StyleId, to: StyleId): string {
	if (from === to) return '';
	if (to === 0) return '\u001b[m';
	return once(between, `${from}|${to}`, () => {
		const anew = [0, ...codes(of(to))].join(';');
		const changed = changes(of(from), of(to)).join(';');
		return `\u001b[${changed.length <= anew.length ? changed : anew}m`;
	});
}

/** Whether a blank in this style shows: underlined, inverse, struck through or on a background. */
export const showsOnBlank = (id: StyleId): boolean =>
	of(id).background !== '' || [4, 7, 9].some(code => of(id).attributes.has(code));
