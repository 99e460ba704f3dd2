/*
Tables inside a list or a quote. They are shown as tables but are not read as such, which nobody should find out at night.
*/
import type {Block} from './blocks.ts';
import {fenceOf} from './shape.ts';
import {isRule} from './table.ts';

const bare = (line: string): string => line.replace(/^(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*/, '');

/** Lines (from 1) of the headers of such tables. */
export function buriedTables(lines: readonly string[], blocks: readonly Block[]): readonly number[] {
	return blocks.flatMap(block => {
		if (block.kind !== 'list' && !(block.kind === 'paragraph' && block.text.startsWith('>'))) return [];
		const found: number[] = [];
		let fenced = false;
		for (let at = block.line; at < block.end; at++) {
			const line = bare(lines[at] ?? '');
			if (fenceOf(line)) fenced = !fenced;
			if (!fenced && isRule(line) && bare(lines[at - 1] ?? '').includes('|')) found.push(at);
		}
		return found;
	});
}
