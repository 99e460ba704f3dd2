/* The anchors of a map as its file holds them, with where each stands in the text: they are changed there, and nothing else is. */

import {pairOf, parsedYaml, type YamlNode} from '../../text/yaml.ts';
import type {Anchor} from './places.ts';

const anchoredParts = ['stages', 'gates', 'triggers', 'rollback', 'signOffs', 'ignore'] as const;

type Range = {readonly from: number; readonly to: number};

export type Anchored = {
	readonly part: (typeof anchoredParts)[number];
	readonly index: number;
	readonly anchor: Anchor;
	/** Of the words of its place, and of the heading above, in the text of the file. */
	readonly words: Range;
	readonly under: Range | null;
	/** Of the whole entry, with its line where it stands on one of its own. */
	readonly entry: Range;
};

/** The entry with the comma or the line that it takes. */
function entryRange(text: string, {from, to}: Range): Range {
	const lineStart = text.lastIndexOf('\n', from - 1) + 1;
	if (/^\s*-\s*$/.test(text.slice(lineStart, from))) {
		const end = text.indexOf('\n', to);
		return {from: lineStart, to: end === -1 ? text.length : end + 1};
	}
	const after = /^\s*,\s*/.exec(text.slice(to))?.[0].length ?? 0;
	const before = after > 0 ? 0 : (/,\s*$/.exec(text.slice(0, from))?.[0].length ?? 0);
	return {from: from - before, to: to + after};
}

const valueAt = (map: YamlNode | null, name: string): YamlNode | null => (map && pairOf(map, name)?.value) ?? null;

const wordsAt = (node: YamlNode | null): YamlNode | null => (node?.kind === 'scalar' && node.from !== -1 ? node : null);

const rootOf = (text: string): YamlNode | null => {
	try {
		return parsedYaml(text);
	} catch {
		return null;
	}
};

/** Every anchor of a map, in the order of the file; empty where it is no YAML. */
export function anchorsIn(text: string): readonly Anchored[] {
	const reading = valueAt(rootOf(text), 'reading');
	return anchoredParts.flatMap(part =>
		(valueAt(reading, part)?.below ?? []).flatMap((node, index): readonly Anchored[] => {
			const words = wordsAt(node.kind === 'map' ? valueAt(node, 'from') : node);
			const under = wordsAt(valueAt(node, 'under'));
			if (!words) return [];
			const anchor = {from: words.text, ...(under === null ? {} : {under: under.text})};
			return [{part, index, anchor, words, under, entry: entryRange(text, node)}];
		}),
	);
}
