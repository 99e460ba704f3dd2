/* What of an adopted runbook its map does not take, so that nothing is dropped in silence. */
import type {Document} from '../document.ts';
import {entryOf, leftOf, type Unused} from '../unused.ts';

const ranges = (lines: readonly number[]): string => {
	const runs: {from: number; to: number}[] = [];
	for (const line of lines) {
		const run = runs.at(-1);
		if (run && line <= run.to + 1) run.to = line;
		else runs.push({from: line, to: line});
	}
	return runs.map(({from, to}) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
};

/** What of a document no entry of its map takes: by section, and mere text in one entry. */
export function unusedBeside({sections}: Document, isTaken: (line: number) => boolean): readonly Unused[] {
	const text: {readonly line: number; readonly heading: string}[] = [];
	const parts = sections.flatMap(section => {
		const left = section.blocks.flatMap(block => leftOf(block, isTaken));
		text.push(...left.flatMap(({line, of}) => (of === 'text' ? {line, heading: section.heading} : [])));
		return entryOf(section, left);
	});
	const [first] = text;
	if (first === undefined) return parts;
	return [
		...parts,
		{
			line: first.line,
			end: text.at(-1)?.line ?? first.line,
			heading: text.every(({heading}) => heading === first.heading) ? first.heading : null,
			what: `text on ${text.length === 1 ? 'line' : 'lines'} ${ranges(text.map(({line}) => line))}`,
		},
	];
}
