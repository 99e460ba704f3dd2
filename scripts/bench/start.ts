/** How soon the screen shows, in turns with a bare Node: by the clock, and in work of the processor, which a busy machine falsifies less. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {globSync} from 'node:fs';
import {resolve} from 'node:path';
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
	const [binary] = globSync(`dist-binary/*-linux-${process.arch}`).map(file => resolve(file));
	const ways: Record<string, () => Terminal> = {
		few: () => few.open(),
		many: () => many.open(),
		without: () => manyWithoutGit.open(),
		...(binary === undefined ? {} : {binary: () => few.open({}, binary)}),
	};
	// The code that V8 compiled is kept once a screen has been open for a while.
	for (const open of Object.values(ways)) await start(open, settleMs);
	const found: Record<string, Start[]> = {};
	const keep = async (name: string, each: Promise<Start>): Promise<void> => {
		found[name] = [...(found[name] ?? []), await each];
	};
	for (let round = 0; round < starts; round++) {
		await keep('bare', nodeAlone());
		for (const [name, open] of Object.entries(ways)) await keep(name, start(open));
		const cache = folder(`cache-${round}`);
		await keep(
			'ever',
			start(() => few.open({XDG_CACHE_HOME: cache})),
		);
	}
	const middle = (name: string, of: keyof Start): number => median((found[name] ?? []).map(each => each[of]));
	const [base, work] = [middle('bare', 'board'), middle('bare', 'work')];
	const first = (what: string, name: string): Row => {
		const time = middle(name, 'first');
		return [what, ms(time), `${ratio(time, base)} node -e 0; at most 1.2`];
	};
	const board = (what: string, name: string, goal: number): Row => {
		const [time, worked] = [middle(name, 'board'), middle(name, 'work')];
		return [
			what,
			`${ms(time)}, work ${ms(worked)}`,
			`${ratio(time, base)}, work ${ratio(worked, work)}; at most ${goal}`,
		];
	};
	const ofBinary = [first('binary: first byte', 'binary'), board('binary: whole board, 11 rows', 'binary', 6.5)];
	return [
		['node -e 0', `${ms(base)}, work ${ms(work)}`, 'the same run'],
		first('first byte', 'few'),
		board('whole board, 11 rows', 'few', 6),
		board('whole board, 500 rows', 'many', 8),
		board('whole board, 500 rows, no git', 'without', 8),
		board('whole board, the very first start', 'ever', 10),
		...(binary === undefined ? [] : ofBinary),
	];
}
