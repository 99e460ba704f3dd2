/* The anchors of a map as its file holds them, with where each stands in the text: they are changed there, and nothing else is. */

import {isMap, isScalar, isSeq, type Node, parseDocument, type Scalar} from 'yaml';
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

const rangeOf = (node: Node): Range => ({from: node.range?.[0] ?? 0, to: node.range?.[1] ?? 0});

const scalar = (node: unknown): Scalar | null => (isScalar(node) ? node : null);

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

/** Every anchor of a map, in the order of the file; empty where it is no YAML. */
export function anchorsIn(text: string): readonly Anchored[] {
	const document = parseDocument(text, {maxAliasCount: 0} as object);
	const reading = document.get('reading', true);
	if (!isMap(reading)) return [];
	return anchoredParts.flatMap(part => {
		const list = reading.get(part, true);
		if (!isSeq(list)) return [];
		return list.items.flatMap((item, index): readonly Anchored[] => {
			const node = item as Node;
			const words = scalar(isMap(node) ? node.get('from', true) : node);
			const above = isMap(node) ? scalar(node.get('under', true)) : null;
			if (typeof words?.value !== 'string') return [];
			const under = typeof above?.value === 'string' ? above.value : undefined;
			return [
				{
					part,
					index,
					anchor: {from: words.value, ...(under === undefined ? {} : {under})},
					words: rangeOf(words),
					under: above && rangeOf(above),
					entry: entryRange(text, rangeOf(node)),
				},
			];
		});
	});
}
