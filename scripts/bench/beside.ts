/** What one command costs beside many old cutovers, when it names its own: least times of interleaved runs. */

import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {ms, type Row, ratio, timed} from './figure.ts';
import {folderOf} from './journal.ts';
import {starter} from './starter.ts';

const others = 50;
const entries = 2000;
const rounds = 9;

export async function besideRows(folder: string): Promise<readonly Row[]> {
	for (const name of ['alone', 'crowded']) mkdirSync(join(folder, name), {mode: 0o700});
	const [alone, crowded] = [await starter(join(folder, 'alone')), await starter(join(folder, 'crowded'))];
	const root = join(folder, 'crowded', 'state', 'cutover-tui');
	for (let number = 1; number <= others; number++) folderOf(root, entries, `old-${number}`);
	const [before, after]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		before.push(await timed(() => alone.run('status')));
		after.push(await timed(() => crowded.run('status')));
	}
	for (const {end} of [alone, crowded]) await end();
	return [
		[
			`status --cutover ID beside ${others} of ${entries.toLocaleString('en')}`,
			ms(Math.min(...after)),
			`${ratio(Math.min(...after), Math.min(...before))} one beside none; at most 1.2 x`,
		],
	];
}
