/** The screen in a real pseudo-terminal: how soon it shows, what it writes while idle, and how soon a key is seen. */

import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {openProgram, openTerminal, type Terminal} from '../../test/harness/terminal.ts';
import {median, ms, quantile, type Row, ratio} from './figure.ts';

const size = {cols: 120, rows: 40};
const starts = 7;
const presses = 60;
const idleMs = 10_000;

const nodeAlone = async (): Promise<number> => {
	const from = performance.now();
	await once(spawn(process.execPath, ['-e', '0']), 'exit');
	return performance.now() - from;
};

type Start = {readonly first: number; readonly board: number};

async function start(args: readonly string[], env: Record<string, string>): Promise<Start> {
	const from = performance.now();
	await using term = openProgram(args, {...size, env});
	await term.until(() => term.bytes > 0, 'first byte');
	const first = performance.now() - from;
	await term.shows('NEXT');
	return {first, board: performance.now() - from};
}

async function starting(args: readonly string[], env: Record<string, string>): Promise<readonly Row[]> {
	const bare: number[] = [];
	const ours: Start[] = [];
	for (let index = 0; index < starts; index++) {
		bare.push(await nodeAlone());
		ours.push(await start(args, env));
	}
	const base = median(bare);
	const first = median(ours.map(each => each.first));
	const board = median(ours.map(each => each.board));
	return [
		['first byte', ms(first), `${ratio(first, base)} node -e 0 (${ms(base)})`],
		['whole board', ms(board), `${ratio(board, base)} node -e 0`],
	];
}

async function idle(term: Terminal): Promise<number> {
	const before = term.bytes;
	await wait(idleMs);
	return (term.bytes - before) / (idleMs / 1000);
}

async function idling(args: readonly string[], env: Record<string, string>): Promise<Row> {
	await using ours = openProgram(args, {...size, env});
	await ours.shows('NEXT');
	await using top = openTerminal({command: 'top', args: ['-d', '1'], ...size});
	await top.shows('PID');
	const [board, other] = await Promise.all([idle(ours), idle(top)]);
	return [
		'idle, bytes a second',
		board.toFixed(0),
		`${(board / other).toFixed(3)} x top's ${other.toFixed(0)} (both each second)`,
	];
}

/** From the key to the frame that shows the mark on another row. */
async function keying(args: readonly string[], env: Record<string, string>): Promise<Row> {
	await using term = openProgram(args, {...size, env});
	await term.shows('NEXT');
	const times: number[] = [];
	for (let index = 0; index < presses; index++) {
		const marked = markedRow(term.screen());
		term.press(index % 2 === 0 ? 'down' : 'up');
		times.push(await term.until(screen => markedRow(screen) !== marked, 'the mark on another row'));
	}
	return [
		'key to painted cell',
		`p50 ${ms(median(times))}, p99 ${ms(quantile(times, 0.99))}`,
		'through pseudo-terminal and emulator',
	];
}

const markedRow = (screen: string): number => screen.split('\n').findIndex(row => /^\s?>/.test(row));

/** `args`: what opens the board of an open cutover. */
export async function screenRows(args: readonly string[], env: Record<string, string>): Promise<readonly Row[]> {
	return [...(await starting(args, env)), await idling(args, env), await keying(args, env)];
}
