/**
 * `npm run bench`: the figures of docs/architecture.md, measured here and now. Absolute ones are this machine's; the
 * ratios last. Measures only what the built program does, in folders of its own that it takes away. `npm run bench --
 * kills` measures only that; there are check, journal, crowd, beside, postgres, screen, page, watcher, keystrokes and kills.
 */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {availableParallelism, cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {besideRows} from './bench/beside.ts';
import {checkRows} from './bench/check.ts';
import {crowdRows} from './bench/crowd.ts';
import type {Row} from './bench/figure.ts';
import {journalRows} from './bench/journal.ts';
import {keystrokeRows} from './bench/keystrokes.ts';
import {killRows} from './bench/kills.ts';
import {pageRows} from './bench/page.ts';
import {postgresRows} from './bench/postgres.ts';
import {screenRows} from './bench/screen.ts';
import {watcherRows} from './bench/watcher.ts';

const place = mkdtempSync(join(tmpdir(), 'cutover-bench-'));
const folder = (name: string): string => {
	const path = join(place, name);
	mkdirSync(path, {mode: 0o700});
	return path;
};

const print = (rows: readonly Row[]): void => {
	for (const [what, figure, against] of rows)
		process.stdout.write(`${what.padEnd(42)} ${figure.padEnd(30)} ${against}\n`);
};

const subjects: Record<string, () => Promise<readonly Row[]>> = {
	check: () => checkRows(folder('check')),
	journal: () => journalRows(folder('journal')),
	crowd: () => crowdRows(folder('crowd')),
	beside: () => besideRows(folder('beside')),
	postgres: () => postgresRows(folder('postgres')),
	screen: () => screenRows(folder),
	page: () => pageRows(folder),
	watcher: () => watcherRows(folder),
	keystrokes: keystrokeRows,
	kills: () => killRows(Date.now() % 1_000_000),
};

process.stdout.write(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}\n`);
const named = process.argv.slice(2);
try {
	for (const name of named.length > 0 ? named : Object.keys(subjects)) {
		const measure = subjects[name];
		if (!measure) throw new Error(`There is no figure "${name}"; there are ${Object.keys(subjects).join(', ')}.`);
		print(await measure());
	}
} finally {
	rmSync(place, {recursive: true, force: true});
}
