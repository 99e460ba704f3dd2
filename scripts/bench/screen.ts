/**
 * The screen in a real pseudo-terminal, every figure of one run interleaved with those that it is compared with: how soon
 * it shows, how soon a key is seen, what it writes and works while idle, what memory is its own.
 */
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {openTerminal, type Terminal} from '../../test/harness/terminal.ts';
import {lighter} from '../build/lighter.ts';
import {type Boards, boards, pacedSeconds, size} from './boards.ts';
import {median, ms, p50p99, type Row, ratio} from './figure.ts';
import {privateOf, workOf} from './proc.ts';
import {startRows} from './start.ts';

const presses = 64;
const pressesForMemory = 40;
const settleMs = 3000;
/** Long enough for a collection of the whole heap, which comes now and then. */
const quietMs = 30_000;
const runningMs = 10_000;

const marked = (screen: string): string =>
	screen
		.split('\n')
		.flatMap((row, at) => (/^\s?>/.test(row) ? [`${at} ${row.slice(0, 20)}`] : []))
		.join();

/** From the key to the frame that shows the mark on another row. */
export function press(term: Terminal, at: number): Promise<number> {
	const before = marked(term.screen());
	term.press(at % 8 < 4 ? 'down' : 'up');
	return term.until(screen => marked(screen) !== before && marked(screen) !== '', 'the mark on another row');
}

const trivialSource = fileURLToPath(new URL('trivial-ink.ts', import.meta.url));

/** As anyone's is: with its packages as they are published. */
const trivial = (): Terminal =>
	openTerminal({command: process.execPath, args: [trivialSource], env: {NODE_ENV: 'production'}, ...size});

/** Bundled, its packages as the build of this program edits them. */
async function trivialEdited(folder: string): Promise<Terminal> {
	const outfile = join(folder, 'trivial.mjs');
	await build({
		entryPoints: [trivialSource],
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

async function idle(term: Terminal, ms: number): Promise<Idle> {
	const [work, bytes, from] = [workOf(term), term.bytes, performance.now()];
	await wait(ms);
	const took = performance.now() - from;
	return {share: ((workOf(term) - work) / took) * 100, bytes: ((term.bytes - bytes) / took) * 1000};
}

const names = ['published', 'edited', 'few', 'many'] as const;
type Each<T> = Readonly<Record<(typeof names)[number], T>>;

const forEach = <T>(of: (name: (typeof names)[number]) => T): Each<T> =>
	Object.fromEntries(names.map(name => [name, of(name)])) as Each<T>;

type Pressed = {readonly times: Each<number[]>; readonly work: Each<number>; readonly memory: Each<number>};

/**
 * Each key goes to all of them, one after the other: a key that followed another at once would wait for Ink, which holds
 * back a frame after a frame. An even number of ups and downs: the marks are where they were.
 */
async function pressed(all: Each<Terminal>): Promise<Pressed> {
	const times = forEach<number[]>(() => []);
	const before = forEach(name => workOf(all[name]));
	let memory = forEach(() => 0);
	for (let at = 0; at < presses; at++) {
		if (at === pressesForMemory) memory = forEach(name => privateOf(all[name]));
		for (const name of names) times[name].push(await press(all[name], at));
	}
	return {times, work: forEach(name => (workOf(all[name]) - before[name]) / presses), memory};
}

function keyRows({times, work, memory}: Pressed): readonly Row[] {
	const key = (what: string, name: keyof typeof times, base: keyof typeof times, against: string): Row => [
		`key to painted cell, ${what}`,
		`${p50p99(times[name])}, work ${ms(work[name])}`,
		`${ratio(median(times[name]), median(times[base]))}, work ${ratio(work[name], work[base])} ${against}`,
	];
	return [
		key('trivial Ink', 'published', 'published', 'itself: 40 rows, Ink as published'),
		key('trivial Ink with our edits', 'edited', 'published', 'trivial Ink'),
		key('11 rows', 'few', 'published', 'trivial Ink; at most 2, p99 25 ms'),
		key('500 rows', 'many', 'few', '11 rows; at most 1.5, p99 40 ms'),
		[`private memory after ${pressesForMemory} keys, 11 rows`, `${memory.few.toFixed(0)} MB`, 'at most 80 MB'],
		[`private memory after ${pressesForMemory} keys, 500 rows`, `${memory.many.toFixed(0)} MB`, 'at most 140 MB'],
	];
}

async function living(places: Boards, folder: string): Promise<readonly Row[]> {
	await using published = trivial();
	await using edited = await trivialEdited(folder);
	await using few = places.few.open();
	await using many = places.many.open();
	const all = {published, edited, few, many};
	for (const term of Object.values(all)) await term.shows('NEXT');
	await wait(settleMs);
	const keys = await pressed(all);
	// It answers once the gate has ended.
	const run = places.few.cli('run', 'G1', '--as', 'bench', '--role', 'release-operator');
	await few.shows(/RUNNING|running/);
	const pacedUntil = performance.now() + pacedSeconds * 1000;
	const running = await idle(few, runningMs);
	const beside = async (what: string, goal: string): Promise<Row> => {
		const {times} = await pressed(all);
		const slower = (name: keyof typeof all): string => ratio(median(times[name]), median(keys.times[name]));
		return [
			`key beside ${what}`,
			p50p99(times.few),
			`${slower('few')} a quiet one${goal} (trivial Ink: ${slower('published')})`,
		];
	};
	const paced = await beside('100,000 lines of output a second', '; at most 1.5');
	await wait(Math.max(0, pacedUntil + settleMs - performance.now()));
	const unpaced = await beside('a command that prints as fast as it can', '');
	await run;
	// Last: for the first minute V8 still compiles what each second runs, and a screen is left idle for hours.
	await using top = openTerminal({command: 'top', args: ['-d', '1'], ...size});
	await top.shows('PID');
	await wait(settleMs);
	const [quiet, busy, least, tops] = await Promise.all([few, many, published, top].map(term => idle(term, quietMs)));
	assert.ok(quiet && busy && least && tops);
	const bytes = (what: string, {bytes: each}: Idle, goal: string): Row => [
		what,
		each.toFixed(0),
		`${(each / tops.bytes).toFixed(3)} x top's; at most ${goal}`,
	];
	return [
		...keyRows(keys),
		paced,
		unpaced,
		['idle, trivial Ink with a clock', `${least.share.toFixed(1)} % of a core`, 'what a second costs here'],
		[
			'idle, 11 rows',
			`${quiet.share.toFixed(1)} % of a core`,
			`${ratio(quiet.share, least.share)} trivial Ink; at most 1 %`,
		],
		[
			'idle, 500 rows',
			`${busy.share.toFixed(1)} % of a core`,
			`${ratio(busy.share, least.share)} trivial Ink; at most 3 %`,
		],
		bytes('idle, bytes a second', quiet, '15'),
		bytes('a stage running, bytes a second', running, '100'),
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
