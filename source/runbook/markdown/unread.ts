/*
What people see in a document and no part reads: text that is struck through, and tables where only text is read. Nobody should find out at
night.
*/
import type {Block} from './blocks.ts';
import {withoutStruck} from './inline.ts';
import {fencesOf} from './list.ts';
import {isRule} from './table.ts';

const span = ({line, end}: {readonly line: number; readonly end: number}): readonly number[] =>
	Array.from({length: end - line + 1}, (_, index) => line + index);

/** Lines (from 1) of a block, but for those of code. */
function linesOf(block: Block): readonly number[] {
	if (block.kind === 'fence') return [];
	if (block.kind === 'heading') return [block.line];
	const code = new Set(block.kind === 'list' ? block.items.flatMap(fencesOf).flatMap(span) : []);
	return span(block).filter(line => !code.has(line));
}

/** Lines with text that is struck through. */
export const struckLines = (lines: readonly string[], blocks: readonly Block[]): readonly number[] =>
	blocks.flatMap(linesOf).filter(line => withoutStruck(lines[line - 1] ?? '') !== lines[line - 1]);

const bare = (line: string): string => line.replace(/^(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*/, '');

/** Lines of the headers of tables in a list or an alert, and of those in HTML. */
export const buriedTables = (lines: readonly string[], blocks: readonly Block[]): readonly number[] =>
	blocks.flatMap(block => {
		if (block.kind === 'paragraph' && block.text === '') return [block.line];
		if (block.kind !== 'list' && !(block.kind === 'paragraph' && block.text.startsWith('>'))) return [];
		return linesOf(block).filter(
			line => isRule(bare(lines[line] ?? '')) && bare(lines[line - 1] ?? '').includes('|') && line < block.end,
		);
	});
