/**
 * `npm run look -- SCENARIO --png [--columns N] [--rows N] [--out FILE]`: a scenario as a picture, by a terminal emulator
 * and Debian's chromium (`apt-get install chromium`), to be looked at.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import xterm, {type IBufferCell, type Terminal} from '@xterm/headless';
import type {Size} from '../../source/screen/state/view.ts';

const base = ['#1c1f26', '#e05561', '#8cc265', '#d9a343', '#4aa5f0', '#c162de', '#42b3c2', '#d7dae0'];
const bright = ['#5c6370', '#ff616e', '#a5e075', '#f0b95c', '#67b7ff', '#de73ff', '#4cd1e0', '#ffffff'];
const palette = [...base, ...bright];
const [paper = '', , , , , , , ink = ''] = base;

const cell = {width: 9, height: 19} as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const styleOf = (at: IBufferCell): string => {
	const own = at.isFgDefault() ? ink : (palette[at.getFgColor()] ?? ink);
	const behind = at.isBgDefault() ? paper : (palette[at.getBgColor()] ?? paper);
	const [front, back] = at.isInverse() ? [behind, own] : [own, behind];
	return `color:${front};background:${back};${at.isBold() ? 'font-weight:bold;' : ''}${at.isDim() ? 'opacity:.55;' : ''}`;
};

const rowsOf = ({buffer, rows, cols}: Terminal): string =>
	Array.from({length: rows}, (_, row) => {
		const line = buffer.active.getLine(row);
		const cells = Array.from({length: cols}, (_cell, column) => {
			const at = line?.getCell(column);
			return at === undefined || at.getWidth() === 0
				? ''
				: `<i style="${styleOf(at)}width:${at.getWidth() * cell.width}px">${escaped(at.getChars() || ' ')}</i>`;
		});
		return `<div>${cells.join('')}</div>`;
	}).join('');

const page = (terminal: Terminal): string => `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:${paper};font:15px/19px "DejaVu Sans Mono",monospace}
div{height:${cell.height}px;white-space:pre;display:flex}
i{font-style:normal;display:inline-block;height:${cell.height}px;overflow:hidden}
</style>${rowsOf(terminal)}`;

/** What a terminal of that size shows after those bytes, as PNG into `file`. Throws where chromium cannot be run. */
export async function toPng(bytes: string, {columns, rows}: Size, file: string): Promise<void> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	await new Promise<void>(done => terminal.write(bytes, done));
	const folder = mkdtempSync(join(tmpdir(), 'cutover-look-'));
	try {
		const source = join(folder, 'screen.html');
		writeFileSync(source, page(terminal));
		const ended = spawnSync(
			'chromium',
			[
				'--headless',
				'--no-sandbox',
				'--disable-gpu',
				'--hide-scrollbars',
				`--user-data-dir=${folder}`,
				`--window-size=${columns * cell.width},${rows * cell.height}`,
				`--screenshot=${file}`,
				pathToFileURL(source).href,
			],
			{stdio: 'ignore', timeout: 60_000},
		);
		if (ended.error || ended.status !== 0) throw new Error('chromium made no picture: apt-get install chromium.');
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
