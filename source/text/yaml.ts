/* YAML 1.2, core schema: what a text says, and where each part of it is. */
import {
	EVENT_ID,
	type Event,
	getScalarValue,
	load,
	loadAll,
	parseEvents,
	SCALAR_STYLE,
	type ScalarEvent,
	YAMLException,
} from 'js-yaml';

/** A part of a text, by offsets; `from` is -1 of the value of a key that has none. */
export type YamlNode = {
	readonly kind: 'map' | 'list' | 'scalar' | 'alias';
	readonly from: number;
	readonly to: number;
	/** Of a scalar; of a key, its name. */
	readonly text: string;
	readonly value: unknown;
	/** The items of a list; of a map keys and values in turn. */
	readonly below: readonly YamlNode[];
	/** What makes it mean more than it shows. */
	readonly feature: 'an alias' | 'an anchor' | 'a tag' | null;
};

/** Why a text cannot be read, and where that shows. */
export class YamlFault extends Error {
	readonly offset: number;
	constructor(why: string, offset: number) {
		super(why);
		this.offset = offset;
	}
}

const missingKey = 'this is no key with its value (key: value, with a space between)';
const tooDeep = 'this line is not indented as the lines that it goes with';

/** What people mostly did, where the parser says what it met. */
const plainer: readonly (readonly [met: RegExp, did: string])[] = [
	[/^nesting exceeded/, 'they are nested too deeply'],
	[/^bad indentation/, 'a text with ": " in it, or with a sign at its beginning, must be in quotation marks'],
	[
		/^deficient indentation|^unexpected end of/,
		'a bracket or quotation mark above is not closed, or this line is not indented enough',
	],
	[/^end of the stream or|multiline key/, missingKey],
	[
		/^missed comma/,
		'a comma or the closing bracket is missing before this, or a text with signs in it needs quotation marks',
	],
	[/found ','$/, 'a value is missing before this comma'],
	[
		/escape sequence|hexadecimal/,
		'a backslash between double quotation marks is doubled; between single ones it is kept',
	],
	[/^a line break/, 'a text with | or > at its beginning must be in quotation marks'],
];

/** What is wrong where the parser met more than it expected, by what is before it in its line, and by itself. */
function strayAt(before: string, rest: string): string | null {
	if (before.trim() === '') return tooDeep;
	if (/^[\]}]/.test(rest)) return 'this bracket closes none';
	if (/^:\s/.test(rest) && /^\s*[^\s:]+\s*$/.test(before)) return tooDeep;
	return /['"]\s*$/.test(before)
		? 'the text ends at the quotation mark before this, and nothing may follow there'
		: null;
}

/** Where the last line above begins that says something. */
function lineAbove(text: string, offset: number): number {
	let found = offset;
	let at = 0;
	for (const line of text.slice(0, text.lastIndexOf('\n', offset - 1) + 1).split('\n')) {
		if (/^\s*[^\s#]/.test(line)) found = at + line.search(/\S/);
		at += line.length + 1;
	}
	return found;
}

function faultOf(text: string, {reason, mark}: YAMLException): YamlFault {
	const offset = mark?.position ?? 0;
	const start = text.lastIndexOf('\n', offset - 1) + 1;
	const before = text.slice(start, offset);
	const did = plainer.find(([met]) => met.test(reason))?.[1] ?? reason;
	const indent = /^[ \t]*/.exec(text.slice(start, offset + 1))?.[0] ?? '';
	if (indent.includes('\t') && (did === missingKey || reason.includes('indentation')))
		return new YamlFault('lines are indented by spaces, never by tabs', start + indent.indexOf('\t'));
	if (did === missingKey) return new YamlFault(did, lineAbove(text, offset));
	const stray = reason.startsWith('bad indentation') ? strayAt(before, text.slice(offset, offset + 2)) : null;
	return new YamlFault(stray ?? did, offset);
}

/** Brackets that are moved in one text; each costs a reading of it. */
const mostMoved = 100;

type Roomy = {readonly text: string; readonly events: readonly Event[]; readonly original: (offset: number) => number};

/** The events of a text. A bracket that closes straight below its key, as people write it, is moved by the one column that YAML asks for. */
function roomy(written: string): Roomy {
	const moved: number[] = [];
	const original = (offset: number): number => offset - moved.filter(at => at < offset).length;
	for (let text = written; ; ) {
		try {
			return {text, events: parseEvents(text, {maxDepth: 50}), original};
		} catch (error) {
			if (!(error instanceof YAMLException)) throw error;
			const {message, offset} = faultOf(text, error);
			const isBracket = error.reason === 'deficient indentation' && /[\]}]/.test(text[offset] ?? '');
			if (!isBracket || moved.at(-1) === offset - 1 || moved.length === mostMoved)
				throw new YamlFault(message, original(offset));
			moved.push(offset);
			text = `${text.slice(0, offset)} ${text.slice(offset)}`;
		}
	}
}

/** Lines that begin a document or end it. */
const mark = /^(?:---|\.\.\.)(?=\s|$)/gm;

/** What is read of a text of one document. Throws a `YamlFault`, at its place in the text as it was written. */
function ofOne<T>(written: string, read: (roomy: Roomy) => T): T {
	const found = roomy(written);
	const {text, events, original} = found;
	try {
		if (events.filter(({type}) => type === EVENT_ID.DOCUMENT).length > 1) {
			const second = [...text.matchAll(mark)].find(({index}) => /^\s*[^\s#]/m.test(text.slice(0, index)));
			throw new YamlFault('there are multiple documents', second?.index ?? 0);
		}
		return read(found);
	} catch (error) {
		const fault = error instanceof YAMLException ? faultOf(text, error) : error;
		throw fault instanceof YamlFault ? new YamlFault(fault.message, original(fault.offset)) : fault;
	}
}

/** From the last part of a collection to behind its bracket. */
const closing = /(?:[\s,]|(?<=\s)#.*\n)*[\]}]/y;

function endOf(text: string, from: number, last: number): number {
	if (text[from] !== '[' && text[from] !== '{') return last;
	closing.lastIndex = last;
	return closing.test(text) ? closing.lastIndex : last;
}

/** Plain scalars that are no texts. */
const isTyped = /^(?:[-+]?(?:\.?\d.*|\.inf)|\.nan|~|true|false|null)$/i;

/** A backslash between double quotation marks, with what it stands for: a character by its number. */
const escaped = /\\(?:U([\da-fA-F]{8})|[\s\S])/g;

function scalarOf(text: string, event: ScalarEvent): Pick<YamlNode, 'from' | 'to' | 'text' | 'value'> {
	const {style, valueStart, valueEnd} = event;
	const written = getScalarValue(text, event);
	if (style === SCALAR_STYLE.PLAIN) {
		const value = written === '' ? null : isTyped.test(written) ? load(written) : written;
		return {from: valueStart, to: valueEnd, text: String(value), value};
	}
	const sign = {[SCALAR_STYLE.LITERAL_BLOCK]: '|', [SCALAR_STYLE.FOLDED_BLOCK]: '>'}[style as 4 | 5];
	const mark = sign === undefined ? 1 : 0;
	if (style === SCALAR_STYLE.DOUBLE_QUOTED)
		for (const {index, 1: code = '0'} of text.slice(valueStart, valueEnd).matchAll(escaped))
			if (Number.parseInt(code, 16) > 0x10_ffff) throw new YamlFault('there is no such character', valueStart + index);
	const from = sign === undefined ? valueStart - 1 : text.lastIndexOf(sign, valueStart);
	return {from, to: valueEnd + mark, text: written, value: written};
}

/** Where an item is that is nothing but its dash. */
function dashAfter(text: string, {from, below}: YamlNode): {readonly from: number; readonly to: number} {
	const between = /(?:\s|(?<=\s)#.*)*/y;
	between.lastIndex = below.at(-1)?.to ?? from;
	between.test(text);
	return {from: between.lastIndex, to: between.lastIndex + 1};
}

type Growing = YamlNode & {to: number; value: unknown; readonly below: YamlNode[]};

/** Of a key that is set twice the last. */
function collected({kind, below}: YamlNode): unknown {
	if (kind === 'list') return below.map(({value}) => value);
	const map = {};
	for (let index = 0; index < below.length; index += 2) {
		const [key, value] = [below[index], below[index + 1]?.value];
		if (key?.kind === 'map' || key?.kind === 'list') throw new YamlFault('a key is one text or number', key.from);
		Object.defineProperty(map, key?.text ?? '', {value, enumerable: true, configurable: true, writable: true});
	}
	return map;
}

/** What is in the first document. */
function rootOf({text, events, original}: Roomy): YamlNode | null {
	const root: Growing = {kind: 'list', from: 0, to: 0, text: '', value: null, below: [], feature: null};
	const open: Growing[] = [root];
	for (const event of events) {
		const above = open.at(-1) ?? root;
		if (event.type === EVENT_ID.DOCUMENT) continue;
		if (event.type === EVENT_ID.POP) {
			if (above === root) break;
			open.pop();
			above.to = endOf(text, above.from, above.below.findLast(({from}) => from !== -1)?.to ?? above.from + 1);
			above.value = collected(above);
			continue;
		}
		const {anchorStart, anchorEnd} = event;
		const common = {text: '', value: null, below: []};
		if (event.type === EVENT_ID.ALIAS) {
			above.below.push({...common, kind: 'alias', from: anchorStart - 1, to: anchorEnd, feature: 'an alias'});
			continue;
		}
		const feature = anchorStart >= 0 ? 'an anchor' : event.tagStart >= 0 ? 'a tag' : null;
		if (event.type === EVENT_ID.SCALAR) {
			const scalar = {...common, ...scalarOf(text, event), kind: 'scalar', feature} as const;
			const from = Math.max(scalar.from, anchorStart - 1, event.tagStart === -1 ? -1 : event.tagStart);
			if (scalar.from === -1 && feature !== null) above.below.push({...scalar, from, to: from + 1});
			else
				above.below.push(scalar.from === -1 && above.kind === 'list' ? {...scalar, ...dashAfter(text, above)} : scalar);
			continue;
		}
		const {type, start} = event;
		const kind = type === EVENT_ID.MAPPING ? 'map' : 'list';
		const node: Growing = {...common, kind, from: start, to: start, feature};
		above.below.push(node);
		open.push(node);
	}
	const asWritten = ({from, to, below, ...node}: YamlNode): YamlNode => ({
		...node,
		from: original(from),
		to: original(to),
		below: below.map(asWritten),
	});
	const [first] = root.below;
	return first ? asWritten(first) : null;
}

/** A key of a map with its value. */
export function pairOf(
	{kind, below}: YamlNode,
	name: string,
): {readonly key: YamlNode; readonly value: YamlNode} | null {
	const index = kind === 'map' ? below.findIndex(({text}, at) => at % 2 === 0 && text === name) : -1;
	const [key, value] = index === -1 ? [] : below.slice(index);
	return key && value ? {key, value} : null;
}

/** A text of one document with its parts; null where it says nothing. Throws a `YamlFault`. */
export const parsedYaml = (written: string): YamlNode | null => ofOne(written, rootOf);

export function placeIn(text: string, offset: number): {readonly line: number; readonly column: number} {
	const before = text.slice(0, offset);
	return {line: before.split('\n').length, column: offset - before.lastIndexOf('\n')};
}

/** What a text of one document says; null where that is nothing. Throws an error that says where. */
export function yamlValue(written: string): unknown {
	try {
		return ofOne(written, ({text}) => loadAll(text, {maxAliases: 100})[0] ?? null);
	} catch (error) {
		if (!(error instanceof YamlFault)) throw error;
		const {line, column} = placeIn(written, error.offset);
		throw new Error(`line ${line}, column ${column}: ${error.message}`);
	}
}
