/*
YAML 1.2, core schema, and nothing that makes a text mean more than it shows: no anchors, aliases, merge keys or tags. Each
value and key is found again by its line and column.
*/
import {isMap, isNode, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument, visit} from 'yaml';
import type {Complain, Place} from '../problems/complain.ts';

export type Keys = readonly (string | number)[];

export type Parsed = {
	readonly value: unknown;
	/** Where a value stands, or the nearest thing above it. */
	readonly at: (keys: Keys) => Place;
	/** Where the key itself stands. */
	readonly keyAt: (keys: Keys) => Place;
};

/** More than any settings need; the parser's time grows faster than its text. */
const most = 128 * 1024;

/** No settings nest as deep, and the parser's memory would grow with each bracket. */
const deepest = 50;

/** Whether brackets pile up, counted without regard to quotes. */
function isPiled(text: string): boolean {
	let depth = 0;
	for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
		depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
		if (depth > deepest) return true;
	}
	return false;
}

type Found = ReturnType<typeof parseDocument<ParsedNode>>;

/** Complains of what makes a text mean more than it shows, and of keys that stand twice; whether there was any. */
function complainOf(document: Found, place: (node: Node | null) => Place, complain: Complain): boolean {
	let found = false;
	const report: Complain = (code, at, values) => {
		found = true;
		complain(code, at, values);
	};
	const featured = (node: Node | null, what: string) => report('settings-feature', place(node), {what});
	visit(document, {
		Alias: (_, node) => featured(node, 'an alias'),
		Value(_, node) {
			if (node.anchor) featured(node, 'an anchor');
			else if (node.tag) featured(node, 'a tag');
		},
		Map(_, map) {
			if (map.anchor) featured(map, 'an anchor');
			else if (map.tag) featured(map, 'a tag');
			const observed = new Set<string>();
			for (const {key} of map.items) {
				const name = keyName(key);
				const node = isNode(key) ? key : null;
				if (name === '<<') featured(node, 'a merge key');
				else if (observed.has(name)) report('settings-double', place(node), {key: name});
				observed.add(name);
			}
		},
	});
	return found;
}

const keyName = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key));

/** The node under a path of keys, with its key; the last that exists where the path ends early. */
function walk(document: Found, keys: Keys): {readonly value: Node | null; readonly key: Node | null} {
	let found: {readonly value: Node | null; readonly key: Node | null} = {value: document.contents, key: null};
	for (const name of keys) {
		const {value, key} = found;
		const pair = isMap(value) ? value.items.find(item => keyName(item.key) === String(name)) : undefined;
		const item: unknown = isSeq(value) ? value.items[Number(name)] : undefined;
		if (!pair && !isNode(item)) break;
		const own = pair && isNode(pair.key) ? pair.key : key;
		found = isNode(item) ? {value: item, key: item} : {value: isNode(pair?.value) ? pair.value : own, key: own};
	}
	return found;
}

function parse(text: string, lines: LineCounter): Found | null {
	try {
		return parseDocument(text, {
			version: '1.2',
			schema: 'core',
			merge: false,
			uniqueKeys: false,
			strict: true,
			resolveKnownTags: false,
			lineCounter: lines,
			prettyErrors: false,
			// Not silent: a second document would be passed over.
			logLevel: 'error',
		});
	} catch {
		return null;
	}
}

/** As `readYaml`, of a text that is not too large. */
function readWhole(text: string, from: number, top: Place, complain: Complain): Parsed | null {
	const lines = new LineCounter();
	const document = parse(text, lines);
	if (!document) {
		complain('settings-yaml', top, {why: 'they are nested too deeply'});
		return null;
	}
	const placeOf = (offset: number): Place => {
		const {line, col} = lines.linePos(offset);
		return {line: Math.max(1, line) + from, column: Math.max(1, col)};
	};
	const place = (node: Node | null): Place => (node?.range ? placeOf(node.range[0]) : top);
	const wrong = [...document.errors, ...document.warnings].filter(({code}) => code !== 'TAG_RESOLVE_FAILED');
	// One slip makes the parser stumble again and again behind it.
	const [first] = wrong.toSorted((a, b) => a.pos[0] - b.pos[0]);
	if (first) {
		const {message, pos} = first;
		complain('settings-yaml', placeOf(pos[0]), {why: (message.split('\n')[0] ?? '').replace(/\.$/, '')});
		return null;
	}
	try {
		if (complainOf(document, place, complain)) return null;
		return {
			value: document.toJS({maxAliasCount: 0}),
			at: keys => place(walk(document, keys).value),
			keyAt: keys => place(walk(document, keys).key),
		};
	} catch {
		complain('settings-yaml', top, {why: 'they are nested too deeply'});
		return null;
	}
}

/** `from`: lines before the text, for places in the whole file. Null after complaining. */
export function readYaml(text: string, from: number, complain: Complain): Parsed | null {
	const top: Place = {line: from + 1, column: 1};
	if (text.length > most || isPiled(text)) {
		const why = text.length > most ? 'they are longer than 128 KiB' : 'they are nested too deeply';
		complain('settings-yaml', top, {why});
		return null;
	}
	const directive = /^%.*$/m.exec(text);
	if (directive) {
		const above = text.slice(0, directive.index).split('\n').length;
		complain('settings-feature', {line: above + from, column: 1}, {what: 'a directive'});
		return null;
	}
	return readWhole(text, from, top, complain);
}
