/**
 * The screen in a real pseudo-terminal, every figure of one run interleaved with those that it is compared with: how soon
 * it shows, how soon a key is seen, what it writes and works while idle, what memory is its own.
 */
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {openTerminal, type Terminal} from '../../test/harness/terminal.ts';
import {lighter} from '../build/lighter.ts';
import {type Boards, boards, size} from './boards.ts';
import {median, ms, quantile, type Row, ratio} from './figure.ts';
import {privateOf, workOf} from './proc.ts';
import {startRows} from './start.ts';

const presses = 60;
const settleMs = 3000;
const idleMs = 10_000;

const marked = (screen: string): string =>
	screen
		.split('\n')
		.flatMap((row, at) => (/^\s?>/.test(row) ? [`${at} ${row.slice(0, 20)}`] : []))
		.join();

/** From the key to the frame that shows the mark on another row. */
function press(term: Terminal, at: number): Promise<number> {
	const before = marked(term.screen());
	term.press(at % 8 < 4 ? 'down' : 'up');
	return term.until(screen => marked(screen) !== before && marked(screen) !== '', 'the mark on another row');
}

async function trivial(folder: string): Promise<Terminal> {
	const outfile = join(folder, 'trivial.mjs');
	await build({
		entryPoints: [fileURLToPath(new URL('trivial-ink.ts', import.meta.url))],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		define: {'process.env.NODE_ENV': '"production"'},
		banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
		plugins: [lighter],
		minify: true,
	});
	return openTerminal({command: process.execPath, args: [outfile], ...size});
}

type Idle = {readonly share: number; readonly bytes: number};

async function idle(term: Terminal): Promise<Idle> {
	const [work, bytes, from] = [workOf(term), term.bytes, performance.now()];
	await wait(idleMs);
	const took = performance.now() - from;
	return {share: ((workOf(term) - work) / took) * 100, bytes: ((term.bytes - bytes) / took) * 1000};
}

const p50p99 = (times: readonly number[]): string => `p50 ${ms(median(times))}, p99 ${ms(quantile(times, 0.99))}`;

async function living({few, many}: Boards, folder: string): Promise<readonly Row[]> {
	await using least = await trivial(folder);
	await using one = few.open();
	await using other = many.open();
	const all = {least, one, other};
	for (const term of Object.values(all)) await term.shows('NEXT');
	await wait(settleMs);
	const times = {least: [] as number[], one: [] as number[], other: [] as number[]};
	const names = ['least', 'one', 'other'] as const;
	const before = names.map(name => workOf(all[name]));
	for (let at = 0; at < presses; at++) for (const name of names) times[name].push(await press(all[name], at));
	const work = names.map((name, at) => (workOf(all[name]) - (before[at] ?? 0)) / presses);
	const memory = [privateOf(one), privateOf(other)] as const;
	await using top = openTerminal({command: 'top', args: ['-d', '1'], ...size});
	await top.shows('PID');
	const [quiet, busy, tops] = await Promise.all([idle(one), idle(other), idle(top)]);
	// It answers once the gate has ended.
	const run = few.cli('run', 'G1', '--as', 'bench', '--role', 'release-operator');
	await one.shows(/RUNNING|running/);
	const running = await idle(one);
	const printing: number[] = [];
	for (let at = 0; at < presses / 2; at++) printing.push(await press(one, presses + at));
	await run;
	const against = (name: string, own: readonly number[], base: readonly number[], goal: string): string =>
		`${ratio(median(own), median(base))} ${name}; ${goal}`;
	const [trivially = 0, ofFew = 0, ofMany = 0] = work;
	return [
		['key to painted cell, trivial Ink', p50p99(times.least), '40 rows, the same run'],
		[
			'key to painted cell, 11 rows',
			p50p99(times.one),
			against('trivial Ink', times.one, times.least, 'at most 2, p99 25 ms'),
		],
		[
			'key to painted cell, 500 rows',
			p50p99(times.other),
			against('11 rows', times.other, times.one, 'at most 1.5, p99 40 ms'),
		],
		['work of a key, trivial Ink', ms(trivially), 'of the processor, all threads'],
		['work of a key, 11 rows', ms(ofFew), `${ratio(ofFew, trivially)} trivial Ink`],
		['work of a key, 500 rows', ms(ofMany), `${ratio(ofMany, ofFew)} 11 rows`],
		['key beside a command that prints', p50p99(printing), against('a quiet one', printing, times.one, 'at most 1.5')],
		['idle, 11 rows', `${quiet.share.toFixed(1)} % of a core`, 'at most 1 %'],
		['idle, 500 rows', `${busy.share.toFixed(1)} % of a core`, 'at most 3 %'],
		['idle, bytes a second', quiet.bytes.toFixed(0), `${(quiet.bytes / tops.bytes).toFixed(3)} x top's; at most 15`],
		[
			'a stage running, bytes a second',
			running.bytes.toFixed(0),
			`${(running.bytes / tops.bytes).toFixed(3)} x top's; at most 100`,
		],
		['private memory after 60 keys, 11 rows', `${memory[0].toFixed(0)} MB`, 'at most 80 MB'],
		['private memory after 60 keys, 500 rows', `${memory[1].toFixed(0)} MB`, 'at most 140 MB'],
	];
}

/** `folder`: makes a folder of its own. */
export async function screenRows(folder: (name: string) => string): Promise<readonly Row[]> {
	const places = await boards(folder);
	try {
		return [...(await startRows(places, folder)), ...(await living(places, folder('trivial')))];
	} finally {
		await places.dispose();
	}
}
