/** How soon the screen shows, in turns with a bare Node: by the clock, and in work of the processor, which a busy machine falsifies less. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import type {Terminal} from '../../test/harness/terminal.ts';
import type {Boards} from './boards.ts';
import {median, ms, type Row, ratio} from './figure.ts';
import {workOf} from './proc.ts';

const starts = 9;
const settleMs = 3000;

type Start = {readonly first: number; readonly board: number; readonly work: number};

/** What it worked in all, in ms of the processor, it says itself. */
async function nodeAlone(): Promise<Start> {
	const from = performance.now();
	await once(spawn(process.execPath, ['-e', '0'], {stdio: 'ignore'}), 'exit');
	const took = performance.now() - from;
	const used =
		"process.on('exit', () => { const {user, system} = process.cpuUsage(); console.log((user + system) / 1000); })";
	const work = Number(await text(spawn(process.execPath, ['-e', used]).stdout));
	return {first: took, board: took, work};
}

async function start(open: () => Terminal, stayMs = 0): Promise<Start> {
	const from = performance.now();
	await using term = open();
	await term.until(() => term.bytes > 0, 'first byte');
	const first = performance.now() - from;
	await term.shows('NEXT');
	const [board, work] = [performance.now() - from, workOf(term)];
	await wait(stayMs);
	return {first, board, work};
}

/** `folder`: makes a folder of its own. */
export async function startRows(
	{few, many, manyWithoutGit}: Boards,
	folder: (name: string) => string,
): Promise<readonly Row[]> {
	const ways = {
		few: () => few.open(),
		many: () => many.open(),
		without: () => manyWithoutGit.open(),
	};
	// The code that V8 compiled is kept once a screen has stood for a while.
	for (const open of Object.values(ways)) await start(open, settleMs);
	const found = {
		bare: [] as Start[],
		few: [] as Start[],
		many: [] as Start[],
		without: [] as Start[],
		ever: [] as Start[],
	};
	for (let round = 0; round < starts; round++) {
		found.bare.push(await nodeAlone());
		for (const name of ['few', 'many', 'without'] as const) found[name].push(await start(ways[name]));
		const cache = folder(`cache-${round}`);
		found.ever.push(await start(() => few.open({XDG_CACHE_HOME: cache})));
	}
	const middle = (from: readonly Start[], of: keyof Start): number => median(from.map(each => each[of]));
	const [base, work] = [middle(found.bare, 'board'), middle(found.bare, 'work')];
	const board = (what: string, from: readonly Start[], goal: number): Row => {
		const [time, worked] = [middle(from, 'board'), middle(from, 'work')];
		return [
			what,
			`${ms(time)}, work ${ms(worked)}`,
			`${ratio(time, base)}, work ${ratio(worked, work)}; at most ${goal}`,
		];
	};
	const first = middle(found.few, 'first');
	return [
		['node -e 0', `${ms(base)}, work ${ms(work)}`, 'the same run'],
		['first byte', ms(first), `${ratio(first, base)} node -e 0; at most 1.2`],
		board('whole board, 11 rows', found.few, 6),
		board('whole board, 500 rows', found.many, 8),
		board('whole board, 500 rows, no git', found.without, 8),
		board('whole board, the very first start', found.ever, 10),
	];
}
