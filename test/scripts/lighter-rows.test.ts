/* Rows that the edited Ink puts together show the same cells as those of Ink as it is published. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {Chalk} from 'chalk';
import {build} from 'esbuild';
import fc from 'fast-check';
import {lighter} from '../../scripts/build/lighter.ts';
import {Grid} from '../../source/screen/terminal/grid.ts';
import {interpret} from '../../source/screen/terminal/parse.ts';

type Output = {
	write(x: number, y: number, text: string, options: {transformers: []}): void;
	get(): {readonly output: string};
};
type Made = {readonly default: new (size: {width: number; height: number}) => Output};

const published = fileURLToPath(new URL('../../node_modules/ink/build/output.js', import.meta.url));
const size = {width: 24, height: 4};

async function edited(folder: string): Promise<Made> {
	const outfile = join(folder, 'output.mjs');
	await build({
		entryPoints: [published],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		plugins: [lighter],
		logLevel: 'error',
	});
	return import(pathToFileURL(outfile).href);
}

const {bold, red, dim, inverse} = new Chalk({level: 1});
const looks = [(text: string) => text, bold, red, (text: string) => dim(red(text)), inverse];
const part = fc.record({
	look: fc.constantFrom(...looks),
	text: fc.constantFrom('run G1', '  ', '─', '✔ done', '日本', 'e\u0301', 'a\u200bb', '…', ' x'),
});
const text = fc.array(part, {maxLength: 7}).map(parts => parts.map(one => one.look(one.text)).join(''));
const writes = fc.array(fc.record({x: fc.constantFrom(0, 0, 0, 5), y: fc.nat({max: 3}), text}), {maxLength: 6});

test('a row of the edited Ink shows what one of the published Ink shows', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'rows-'));
	try {
		const made: readonly Made[] = [await edited(folder), await import(pathToFileURL(published).href)];
		fc.assert(
			fc.property(writes, list => {
				const [ours, theirs] = made.map(({default: Output}) => {
					const output = new Output(size);
					for (const {x, y, text: written} of list) output.write(x, y, written, {transformers: []});
					const grid = new Grid(size.width, size.height);
					interpret(grid, output.get().output.replaceAll('\n', '\r\n'));
					return grid.cells;
				});
				assert.deepEqual(ours, theirs);
			}),
			{numRuns: 400},
		);
	} finally {
		rmSync(folder, {recursive: true});
	}
});
