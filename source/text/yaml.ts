/*
YAML 1.2, core schema: what a text says, and where each part of it stands.
*/
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

/** A part of a text, by offsets; `from` is -1 of a value that is not written. */
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

/** What people mostly did, where the parser says what it met. */
const plainer: readonly (readonly [met: RegExp, did: string])[] = [
	[/^nesting exceeded/, 'they are nested too deeply'],
	[/^bad indentation/, 'a text with ": " in it, or with a sign at its beginning, stands in quotation marks'],
	[
		/^deficient indentation|^unexpected end of/,
		'a bracket or quotation mark above is not closed, or this line is not indented enough',
	],
	[
		/^end of the stream or|multiline key/,
		'what stands before this is no key with its value (key: value, with a space between)',
	],
];

function faultOf(text: string, {reason, mark}: YAMLException): YamlFault {
	const offset = mark?.position ?? 0;
	const isFirst = /(?:^|\n)[ \t]*$/.test(text.slice(0, offset));
	const did = plainer.find(([met]) => met.test(reason))?.[1] ?? reason;
	const isIndent = isFirst && reason.startsWith('bad indentation');
	return new YamlFault(isIndent ? 'this line is not indented as the lines that it goes with' : did, offset);
}

function faulted<T>(text: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof YAMLException ? faultOf(text, error) : error;
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

function scalarOf(text: string, event: ScalarEvent): Pick<YamlNode, 'from' | 'to' | 'text' | 'value'> {
	const {style, valueStart, valueEnd} = event;
	const written = getScalarValue(text, event);
	if (style === SCALAR_STYLE.PLAIN) {
		const value = written === '' ? null : isTyped.test(written) ? load(written) : written;
		return {from: valueStart, to: valueEnd, text: String(value), value};
	}
	const sign = {[SCALAR_STYLE.LITERAL_BLOCK]: '|', [SCALAR_STYLE.FOLDED_BLOCK]: '>'}[style as 4 | 5];
	const mark = sign === undefined ? 1 : 0;
	const from = sign === undefined ? valueStart - 1 : text.lastIndexOf(sign, valueStart);
	return {from, to: valueEnd + mark, text: written, value: written};
}

type Growing = YamlNode & {to: number; value: unknown; readonly below: YamlNode[]};

/** Of a key that stands twice the last. */
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

/** What stands in the first document. */
function rootOf(text: string, events: readonly Event[]): YamlNode | null {
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
			above.below.push({...common, ...scalarOf(text, event), kind: 'scalar', feature});
			continue;
		}
		const {type, start} = event;
		const kind = type === EVENT_ID.MAPPING ? 'map' : 'list';
		const node: Growing = {...common, kind, from: start, to: start, feature};
		above.below.push(node);
		open.push(node);
	}
	return root.below[0] ?? null;
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

/** Lines that begin a document. */
const beginning = /^---(?=\s|$)/gm;

const onlyOne = (text: string, count: number): void => {
	if (count > 1) throw new YamlFault('there are multiple documents', [...text.matchAll(beginning)].at(-1)?.index ?? 0);
};

/** A text of one document with its parts; null where it says nothing. Throws a `YamlFault`. */
export const parsedYaml = (text: string): YamlNode | null =>
	faulted(text, () => {
		const events = parseEvents(text, {maxDepth: 50});
		onlyOne(text, events.filter(({type}) => type === EVENT_ID.DOCUMENT).length);
		return rootOf(text, events);
	});

/** What a text of one document says; null where that is nothing. Throws a `YamlFault`. */
export const yamlValue = (text: string): unknown =>
	faulted(text, () => {
		const values = loadAll(text, {maxAliases: 100});
		onlyOne(text, values.length);
		return values[0] ?? null;
	});
