/**
 * The page for people off the bastion: what a render costs, how soon a change reaches a reader, and what a hundred readers cost
 * whoever works at the screen. Phases with and without readers take turns, beside a command that prints as fast as it can.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {type ClientRequest, get} from 'node:http';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../source/cli/clock.ts';
import type {Journal} from '../../source/cutover/ports.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {documentOf, sectionsOf} from '../../source/page/document.ts';
import {workspace} from '../../test/cli/workspace.ts';
import {environment, program} from '../../test/harness/program.ts';
import type {Terminal} from '../../test/harness/terminal.ts';
import {command, dana, untouched} from '../../test/journal/cutover.ts';
import {boardAt, moments} from '../../test/page/shown.ts';
import {abandoning, type Board, begun} from './boards.ts';
import {median, ms, p50p99, type Row, ratio} from './figure.ts';
import {press} from './screen.ts';

const renders = 300;
const changes = 60;
const readers = 100;
const turns = 6;
/** Down as often as up. */
const pressesOfTurn = 8;
const settleMs = 3000;

/** The longest of the moments that tests show; sections and document, as for each change. */
function renderRow(): Row {
	const boards = Object.values(moments).map(boardAt);
	const [board] = boards.toSorted((a, b) => b.journal.length - a.journal.length);
	if (board === undefined) throw new Error('There is no moment to render.');
	const times: number[] = [];
	let length = 0;
	const before = process.cpuUsage();
	for (let at = 0; at < renders; at++) {
		const from = performance.now();
		({length} = documentOf(board, sectionsOf(board), {stream: '/stream', reload: 30}).toString());
		times.push(performance.now() - from);
	}
	const {user, system} = process.cpuUsage(before);
	const work = (user + system) / 1000 / renders;
	return ['page, a render', `${p50p99(times)}, work ${ms(work)}`, `${(length / 1024).toFixed(0)} KB; at most 2 ms`];
}

/** Follows the page; `heard` gets what comes. */
function reader(url: string, heard: (text: string) => void): Promise<ClientRequest> {
	return new Promise((done, fail) => {
		const request = get(`${url}stream`, {agent: false}, response => {
			response.setEncoding('utf8').on('data', heard);
			response.on('error', () => {});
			response.once('data', () => done(request));
		});
		request.on('error', fail);
	});
}

let count = 0;

async function noted(journal: Journal): Promise<string> {
	const text = `bench note ${count++};`;
	const answer = await journal.decide({...command('note', {text, on: null}), id: text}, dana);
	if (answer.refused) throw new Error(`${answer.why} ${answer.fix}`);
	return text;
}

async function changeRow(url: string, journal: Journal): Promise<Row> {
	let text = '';
	let wake = (): void => {};
	const following = await reader(url, chunk => {
		text += chunk;
		wake();
	});
	const times: number[] = [];
	for (let at = 0; at < changes; at++) {
		text = '';
		const wanted = await noted(journal);
		const from = performance.now();
		while (!text.includes(wanted))
			await new Promise<void>(done => {
				wake = done;
			});
		times.push(performance.now() - from);
		await wait(50);
	}
	following.destroy();
	return ['page, a change at a reader', p50p99(times), 'from the entry that lasts; at most 200 ms'];
}

type Times = {readonly keys: number[]; readonly appends: number[]};

async function turn(term: Terminal, journal: Journal, {keys, appends}: Times): Promise<void> {
	for (let at = 0; at < pressesOfTurn; at++) {
		keys.push(await press(term, at));
		const from = performance.now();
		await noted(journal);
		appends.push(performance.now() - from);
	}
}

async function crowdRow(url: string, term: Terminal, journal: Journal): Promise<readonly Row[]> {
	const [alone, followed]: [Times, Times] = [
		{keys: [], appends: []},
		{keys: [], appends: []},
	];
	for (let at = 0; at < turns; at++) {
		await turn(term, journal, alone);
		const crowd = await Promise.all(Array.from({length: readers}, () => reader(url, () => {})));
		await turn(term, journal, followed);
		for (const each of crowd) each.destroy();
	}
	const row = (what: string, kind: keyof Times): Row => [
		`${what}, ${readers} readers and output`,
		p50p99(followed[kind]),
		`${ratio(median(followed[kind]), median(alone[kind]))} without readers (${ms(median(alone[kind]))}); at most 1.2`,
	];
	return [row('key to painted cell', 'keys'), row('append that lasts', 'appends')];
}

/** `serve` as a person starts it; answers with its address. */
async function served(board: Board): Promise<{url: string; server: ChildProcess}> {
	const [node, ...words] = program;
	const server = spawn(node, [...words, 'serve', '--open', '--listen', '127.0.0.1:0', '--as', 'bench'], {
		cwd: board.folder,
		env: environment(board.env),
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	for await (const line of createInterface({input: server.stdout})) return {url: line.trim(), server};
	throw new Error('serve said no address.');
}

/** `folder`: makes a folder of its own. */
export async function pageRows(folder: (name: string) => string): Promise<readonly Row[]> {
	const own = workspace();
	// Something that prints as fast as it can, about as long as this takes.
	own.write('ops/preflight.sh', 'timeout 60 yes "a line of output, made up for the bench"\nexit 0\n');
	own.commit('bench');
	const place = folder('page');
	const board = await begun(place, own.folder, 'runbook.md');
	const root = join(place, 'state/cutover-tui');
	const state = join(root, readdirSync(root).find(name => name.includes('ledger')) ?? '');
	const journal = await openJournal({store: fileStore(state, systemClock), clock: systemClock, look: () => untouched});
	const {url, server} = await served(board);
	try {
		await using term = board.open();
		await term.shows('NEXT');
		await wait(settleMs);
		const rows = [renderRow(), await changeRow(url, journal)];
		const run = board.cli('run', 'G1', '--as', 'bench', '--role', 'release-operator').catch(() => {});
		await term.shows(/RUNNING|running/);
		rows.push(...(await crowdRow(url, term, journal)));
		await board.cli(...abandoning, '--role', 'release-manager');
		await run;
		return rows;
	} finally {
		server.kill('SIGKILL');
		await journal.close();
		own.dispose();
	}
}
