/**
 * A screen that lives through random states and sizes, beside a fresh one of each: with the packages as the build edits
 * them, through the painter, cell by cell as an emulator shows them.
 */
import './colours.ts';
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import fc from 'fast-check';
import type {ReactElement} from 'react';
import {lighter} from '../../../scripts/build/lighter.ts';
import {isUnsure} from '../../../source/screen/terminal/graphemes.ts';
import {inkOptions} from '../../../source/screen/terminal/ink-streams.ts';
import type {openPainter as OpenPainter} from '../../../source/screen/terminal/open-painter.ts';
import {takenWith} from '../../../source/screen/terminal/take-terminal.ts';
import {openTheme} from '../../../source/screen/theme.ts';
import {inZone, propsAt} from '../draw.tsx';
import {histories, views} from '../histories.ts';
import {testClock} from './clock.ts';
import {TestTerminal} from './terminal.ts';

type Built = {
	draw(props: object): ReactElement;
	render(
		element: ReactElement,
		options: object,
	): {
		rerender(element: ReactElement): void;
		waitUntilRenderFlush(): Promise<void>;
		unmount(): void;
	};
	readonly openPainter: typeof OpenPainter;
};

const entry = `
import {render} from 'ink';
import {createElement} from 'react';
import {Screen} from './source/screen/panels/screen.tsx';
export {openPainter} from './source/screen/terminal/open-painter.ts';
export {render};
export const draw = props => createElement(Screen, props);
`;

/** What turns with time would differ between the two by that alone. */
const still = {
	name: 'still',
	setup({onLoad}: {onLoad(filter: {filter: RegExp}, load: () => {contents: string}): void}) {
		onLoad({filter: /\/ink-spinner\/build\/index\.js$/}, () => ({contents: "export default () => '⠋';"}));
	},
};

async function built(folder: string): Promise<Built> {
	const outfile = join(folder, 'screen.mjs');
	await build({
		stdin: {contents: entry, resolveDir: fileURLToPath(new URL('../../..', import.meta.url)), loader: 'tsx'},
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		jsx: 'automatic',
		define: {'process.env.NODE_ENV': '"production"'},
		banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
		plugins: [lighter, still],
		logLevel: 'error',
	});
	return import(pathToFileURL(outfile).href);
}

const theme = openTheme({ascii: false, colour: true});
const quiet = () => Object.assign(new PassThrough(), {isTTY: true, setRawMode() {}, ref() {}, unref() {}});

function shown({draw, render, openPainter}: Built, columns: number, rows: number, first: object) {
	const terminal = new TestTerminal(columns, rows);
	// As the program takes it: without wrapping, above all.
	terminal.write(takenWith());
	const clock = testClock();
	const painter = openPainter({input: quiet(), output: terminal, clock});
	const {stdout, stdin} = painter;
	const options = {...inkOptions, maxFps: 1000, stdout, stdin};
	const ink = inZone(() => render(draw(first), options));
	return {
		terminal,
		async show(props: object): Promise<string[][]> {
			inZone(() => ink.rerender(draw(props)));
			await ink.waitUntilRenderFlush();
			return terminal.cells();
		},
		async end(): Promise<void> {
			ink.unmount();
			const closed = painter.close();
			clock.pass(1000);
			await closed;
		},
	};
}

/** A row with a grapheme on whose width terminals differ, this emulator among them, stands for nothing. */
const sure = (rows: readonly string[][]): readonly boolean[] =>
	rows.map(cells => !cells.some(cell => isUnsure(cell.split(' ')[0] ?? '')));

/** Throws with the first state whose cells differ. */
export async function livesAsFresh(count: number, seed: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'living-'));
	try {
		const program = await built(folder);
		const states = fc
			.sample(fc.tuple(histories, views), {numRuns: count, seed})
			.map(([history, view]) => propsAt(history, view, theme));
		const [start] = states;
		assert.ok(start);
		const living = shown(program, start.view.size.columns, start.view.size.rows, start);
		for (const [at, props] of states.entries()) {
			const {columns, rows} = props.view.size;
			living.terminal.resize(columns, rows);
			const cells = await living.show(props);
			const fresh = shown(program, columns, rows, props);
			const wanted = await fresh.show(props);
			const [own, other] = [sure(cells), sure(wanted)];
			const compared = (all: readonly string[][]) => all.filter((_, row) => own[row] && other[row]);
			assert.deepEqual(compared(cells), compared(wanted), `seed ${seed}, state ${at}`);
			await fresh.end();
		}
		await living.end();
	} finally {
		rmSync(folder, {recursive: true});
	}
}
