/** The built program on a pseudo-terminal: several cutovers are open, and one is chosen; then none is. */
import assert from 'node:assert/strict';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {isFinal, keyNames, letters, pastes, random} from '../harness/random-keys.ts';
import type {Terminal} from '../harness/terminal.ts';
import {type Site, site} from './operator.ts';

const keys = 600;
const sizes: readonly (readonly [number, number])[] = [
	[80, 24],
	[200, 60],
	[40, 12],
	[20, 5],
	[120, 40],
];

/** Keys, pastes and resizes of nobody's making; `q` alone would end it before. */
async function pressAtRandom(terminal: Terminal, context: TestContext): Promise<void> {
	const seed = Number(process.env['CUTOVER_SEED'] ?? Math.floor(Math.random() * 1_000_000_000));
	context.diagnostic(`CUTOVER_SEED=${seed}`);
	const next = random(seed);
	const one = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
	const chars = letters.filter(letter => letter !== 'q');
	for (let pressed = 0; pressed < keys; pressed++) {
		const kind = next();
		if (kind < 0.03) terminal.type(`\u001b[200~${one(pastes)}${next() < 0.8 ? '\u001b[201~' : ''}`);
		else if (kind < 0.06) terminal.resize(...(one(sizes) as [number, number]));
		else terminal.press(kind < 0.4 ? one(keyNames) : one(chars));
		// A fast typist's pace, so that keys come one by one.
		await pause(8);
	}
}

/** Out of whatever is open, as a person leaves: the program ends well and gives the terminal back. */
async function leave(terminal: Terminal): Promise<void> {
	terminal.resize(120, 40);
	// A paste that never ended is over after a second.
	await pause(1200);
	let code: number | null = null;
	void terminal.exited.then(exit => {
		({code} = exit);
	});
	for (let tries = 0; tries < 120 && code === null; tries++) {
		terminal.press('esc');
		await pause(250);
		terminal.press('q');
		await pause(250);
	}
	assert.equal(code, 0, terminal.screen());
	assert.equal(terminal.cursor().alternate, false);
}

/** What cannot be taken back, and what the evidence knew before, of every cutover. */
async function recorded(place: Site): Promise<readonly string[]> {
	const listed = JSON.parse((await place.cli('list', '--json')).stdout) as readonly {id: string}[];
	const all: string[] = [];
	for (const {id} of listed) {
		const {stdout} = await place.cli('log', '--json', '--cutover', id);
		all.push(...stdout.split('\n').filter(line => line !== '' && isFinal(JSON.parse(line))));
		const facts = (await place.cli('export', '--cutover', id)).stdout.split('\n');
		all.push(...facts.filter(line => /^[^:]*(?:ticket|environment|operator)[^:]*:/i.test(line)));
	}
	return all;
}

const begin = ['begin', 'runbook.md', '--confirm', 'BEGIN', '--as', 'rita'] as const;

/** Its T0 may be of the next day, which its id then ends with. */
const secondMarked = / · ledger-.*\n>· ledger-/;

test('of several open cutovers one is chosen, another from its palette, Esc goes back, and random keys record nothing final', async context => {
	const place = site(context);
	for (const more of [
		['--t0', '+2h'],
		['--t0', '+3h', '--new'],
	]) {
		const {code, stderr} = await place.cli(...begin, ...more);
		assert.equal(code, 0, stderr);
	}
	const operator = place.open({args: ['--as', 'vera'], cols: 120, rows: 40});
	await operator.shows(/CUTOVERS .* 2 open, 0 closed/);
	await operator.shows(/PREPARING {2}T-0[123]:\d\d:\d\d/);
	await operator.press('down', secondMarked);
	await operator.press('enter', 'you vera');
	await operator.press(':', 'ALL COMMANDS');
	operator.terminal.type('choose');
	await operator.press('enter', secondMarked);
	await operator.press('esc', 'you vera');
	const before = await recorded(place);
	await pressAtRandom(operator.terminal, context);
	await leave(operator.terminal);
	assert.ok(before.length > 0);
	assert.deepEqual(await recorded(place), before);
});

test('with nothing open the first page offers a rehearsal and the runbooks of the folder, which open', async context => {
	const place = site(context);
	const left = place.open({args: [], cols: 80, rows: 24});
	await left.shows(/CUTOVERS .* none open, 0 closed/);
	left.terminal.press('q');
	assert.equal((await left.terminal.exited).code, 0);
	const operator = place.open({args: [], cols: 80, rows: 24});
	await operator.shows(/CUTOVERS .* none open, 0 closed/);
	await operator.press('down', />\s+runbook\.md +Ledger move/);
	await operator.press('enter', 'NOT BEGUN  Ledger move');
	operator.terminal.press('q');
	await operator.terminal.exited;
});
