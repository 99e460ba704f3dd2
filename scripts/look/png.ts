/**
 * `npm run look -- SCENARIO --png [--columns N] [--rows N] [--out FILE]`: a scenario as a picture, drawn as those of docs/ and
 * made a PNG by Debian's chromium (`apt-get install chromium`), to be looked at.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Size} from '../../source/screen/state/view.ts';
import {pixelsOf, toSvg} from '../pictures/svg.ts';

/** What a terminal of that size shows after those bytes, as PNG into `file`. Throws where chromium cannot be run. */
export async function toPng(bytes: string, size: Size, file: string): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-look-'));
	try {
		const source = join(folder, 'screen.svg');
		writeFileSync(source, await toSvg([{bytes, seconds: 1}], size, ''));
		const ended = spawnSync(
			'chromium',
			[
				'--headless',
				'--no-sandbox',
				'--disable-gpu',
				'--hide-scrollbars',
				`--user-data-dir=${folder}`,
				`--window-size=${pixelsOf(size).join()}`,
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
