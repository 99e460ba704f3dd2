/** Documents that are read inside the program: the runbook at the selected row, what a row names, what a line names. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Act} from '../given.ts';
import {golden} from '../harness/golden.ts';
import {documents} from '../scenarios/documents.ts';
import {backNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {wide} from './draw.tsx';
import {Stage, type Staged} from './stage.tsx';

const moment: Staged = {acts: backNight, now: '20:51:00', you: alice};
const runbook = 'docs/switch.md';

const open = (rest: Partial<Staged> = {}): Promise<Stage> => Stage.open({...moment, ...rest});
const lineOf = ({view}: Stage): number => (view.documents.at(-1)?.line ?? -1) + 1;
const pathOf = ({view}: Stage): string => view.documents.at(-1)?.document.path ?? '';
/** Chooses an entry of the menu by what it begins with. */
const choose = async (stage: Stage, name: string): Promise<string> => {
	await stage.keys('b', '/', ...name);
	return stage.press('enter');
};

test('the runbook opens at the row that is selected', async () => {
	const stage = await open();
	const shown = await stage.press('b', 'enter');
	assert.deepEqual([stage.view.screen, pathOf(stage), lineOf(stage)], ['document', runbook, 12]);
	assert.match(shown, /^> ?12 \| G1 \| Tools and paths in place/m);
	golden('read-runbook', shown);
	const stages = await open();
	await stages.keys('tab', 'down', 'b', 'enter');
	assert.equal(lineOf(stages), 24);
	golden('read-runbook-wide', await (await open({size: wide})).press('b', 'enter'));
});

test('what the selected row names is offered first, and opens in the version that was approved', async () => {
	const stage = await open();
	const menu = await stage.press('home', 'down', 'down', 'down', 'b');
	assert.match(
		menu,
		/docs\/switch.md {2}the runbook, at G4\n.*docs\/operating.md {2}named by G4\n.*docs\/incidents.md/,
	);
	assert.match(await stage.press('down', 'enter'), /as it is in the workspace .*: not approved/);
	assert.equal(pathOf(stage), 'docs/operating.md');
});

test('a file is named by a command whole, and not by the end of a longer path', async () => {
	const {command, ...first} = backNight[0] as Act;
	assert.ok(command.type === 'begin');
	const approved = {...command.data.approved, 'ops/before-switch.sh': 'sha256:00', 'before-switch.sh': 'sha256:01'};
	const acts: readonly Act[] = [
		{...first, command: {...command, data: {...command.data, approved}}},
		...backNight.slice(1),
	];
	const menu = await (await open({acts})).press('home', 'b');
	assert.match(menu, /ops\/before-switch\.sh {2}named by G1/);
	assert.doesNotMatch(menu, /^\W*before-switch\.sh {2}named by G1/m);
});

test('a file that differs in the workspace is shown as approved, and says so', async () => {
	const stage = await open();
	await stage.keys('b', 'enter', 'enter');
	const shown = stage.text();
	assert.equal(pathOf(stage), 'ops/before-switch.sh');
	assert.match(shown, /approved version/);
	assert.match(shown, /! The file in the workspace differs from this version\./);
	golden('read-differs', shown);
});

test('Enter follows what a line names, a menu where it names several, and Esc goes back to the line', async () => {
	const stage = await open();
	await stage.keys('b', 'enter', 'home', 'down', 'down');
	const menu = await stage.press('enter');
	assert.match(menu, /docs\/operating.md\s*\n.*docs\/incidents.md/);
	await stage.keys('enter');
	assert.equal(pathOf(stage), 'docs/operating.md');
	await stage.keys('esc');
	assert.deepEqual([pathOf(stage), lineOf(stage)], [runbook, 3]);
	await stage.keys('esc');
	assert.equal(stage.view.screen, 'board');
});

test('a line that names no file says so, and a file that is not there is a sentence', async () => {
	const stage = await open();
	assert.match(await stage.press('b', 'enter', 'home', 'enter'), /This line names no file\./);
	const missing = await open();
	await choose(missing, 'docs/incidents');
	assert.match(missing.text(), /No such file or folder: docs\/incidents\.md/);
	assert.equal(missing.view.screen, 'board');
});

test('a search goes to the next line that holds the text, n and N go on and come round', async () => {
	const stage = await open();
	await stage.keys('b', 'enter', 'home', '/', ...'rollback');
	assert.match(await stage.press('enter'), /\/rollback {2}1 of 1/);
	assert.equal(lineOf(stage), 14);
	await stage.keys('esc', 'home', '/', ...'release', 'enter');
	const lines: number[] = [lineOf(stage)];
	for (const key of ['n', 'n', 'N', 'N', 'N']) {
		await stage.keys(key);
		lines.push(lineOf(stage));
	}
	const held = documents[runbook]?.lines.flatMap((line, at) => (line.includes('release') ? [at + 1] : [])) ?? [];
	assert.deepEqual(lines, [held[0], held[1], held[2], held[1], held[0], held.at(-1)]);
	golden('read-search', stage.text());
	assert.match(await stage.press('/', ...'nowhere', 'enter'), /No line holds "nowhere"\./);
});

test('a long line goes on below, and every part of every line is reached at any size', async () => {
	for (const size of [
		{columns: 40, rows: 12},
		{columns: 80, rows: 24},
		{columns: 200, rows: 60},
	]) {
		const stage = await open({size});
		await stage.keys('b', 'enter', 'home');
		const seen = new Set<string>();
		for (let step = 0; step < 90; step++) {
			for (const word of (await stage.press('down')).split(/\s+/)) seen.add(word);
		}
		for (const word of ['nobody', 'night.', 'everyone', 'test'])
			assert.ok(seen.has(word), `${word} at ${size.columns}`);
		assert.equal(lineOf(stage), documents[runbook]?.lines.length);
	}
});

test('the palette reads too, and Enter on what a gate runs offers what it names', async () => {
	const stage = await open();
	await stage.keys(':', ...'read a doc', 'enter', 'enter');
	assert.equal(pathOf(stage), runbook);
	const run = await open();
	await run.keys('home', 'enter', 'tab');
	assert.match(await run.press('enter'), /the runbook, at G1/);
});

test('a pasted text and Enter alone change nothing while one reads', async () => {
	const stage = await open();
	const before = stage.journal.entries().length;
	await stage.keys('b', 'enter');
	await stage.paste('rm -rf /\nyes\n');
	await stage.keys('enter', 'enter', 'enter');
	assert.equal(stage.journal.entries().length, before);
	assert.deepEqual(
		stage.done.filter(done => done !== 'ring'),
		[],
	);
});
