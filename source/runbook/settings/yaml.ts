/*
The settings as YAML, with nothing that makes a text mean more than it shows: no anchors, aliases, merge keys or tags. Each value and key is
found again by its line and column.
*/
import {control} from '../../text/characters.ts';
import {pairOf, parsedYaml, placeIn, YamlFault, type YamlNode} from '../../text/yaml.ts';
import type {Complain, Place} from '../problems/complain.ts';

export type Keys = readonly (string | number)[];

export type Parsed = {
	readonly value: unknown;
	/** Place of a value, or of the nearest thing above it. */
	readonly at: (keys: Keys) => Place;
	/** Place of the key itself. */
	readonly keyAt: (keys: Keys) => Place;
};

/** What is complained of wherever it is, as the bytes are decoded. */
const named = new RegExp(`(?![\\t\\n])${control.source}`, 'u');

/** More than any settings need. */
const most = 128 * 1024;

/** More of them say nothing new. */
const mostOffences = 100;

/** A node that makes the text mean more than it shows, or a key that is set twice (null), or one that no group can hold. */
type Offence = {readonly node: YamlNode; readonly what: string | null};

function offencesIn(node: YamlNode, found: Offence[] = []): readonly Offence[] {
	if (node.feature !== null) found.push({node, what: node.feature});
	const names = new Set<string>();
	for (const [index, one] of node.below.entries()) {
		offencesIn(one, found);
		if (node.kind !== 'map' || index % 2 === 1) continue;
		if (one.text === '<<') found.push({node: one, what: 'a merge key'});
		else if (one.text === '__proto__') found.push({node: one, what: one.text});
		else if (names.has(one.text)) found.push({node: one, what: null});
		names.add(one.text);
	}
	return found;
}

/** The node under a path of keys, with its key; the last that exists where the path ends early. */
function walk(root: YamlNode, keys: Keys): {readonly value: YamlNode; readonly key: YamlNode} {
	let found = {value: root, key: root};
	for (const name of keys) {
		const item = found.value.kind === 'list' ? found.value.below[Number(name)] : undefined;
		const next = item ? {key: item, value: item} : pairOf(found.value, String(name));
		if (!next) break;
		const {key, value} = next;
		found = {value: value.from === -1 ? key : value, key};
	}
	return found;
}

/** `from`: lines before the text, for places in the whole file. Null after complaining. */
export function readYaml(text: string, from: number, complain: Complain): Parsed | null {
	const placeOf = (offset: number): Place => {
		const {line, column} = placeIn(text, offset);
		return {line: line + from, column};
	};
	const place = (node: YamlNode): Place => placeOf(Math.max(0, node.from));
	if (text.length > most) {
		complain('settings-yaml', placeOf(0), {why: 'they are longer than 128 KiB'});
		return null;
	}
	const directive = /^%.*$/m.exec(text);
	if (directive) {
		complain('settings-feature', placeOf(directive.index), {what: 'a directive'});
		return null;
	}
	try {
		const root = parsedYaml(text);
		if (!root) return {value: null, at: () => placeOf(0), keyAt: () => placeOf(0)};
		const offences = offencesIn(root);
		for (const {node, what} of offences.slice(0, mostOffences))
			if (what === null) complain('settings-double', place(node), {key: node.text});
			else if (what === '__proto__') complain('settings-key', place(node), {key: what, hint: 'Take it out.'});
			else complain('settings-feature', place(node), {what});
		if (offences.length > 0) return null;
		return {
			value: root.value,
			at: keys => place(walk(root, keys).value),
			keyAt: keys => place(walk(root, keys).key),
		};
	} catch (error) {
		if (!(error instanceof YamlFault)) throw error;
		if (!named.test(text[error.offset] ?? '')) complain('settings-yaml', placeOf(error.offset), {why: error.message});
		return null;
	}
}
