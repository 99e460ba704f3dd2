/*
The terminal is taken before the program is loaded; whatever goes wrong before there is a screen gives it back, and is said
on the terminal as it was.
*/
import assert from 'node:assert/strict';
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {constants, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {program} from '../harness/program.ts';
import {openTerminal, type Terminal} from '../harness/terminal.ts';
import {site} from './operator.ts';

/** The program's own first file in front of a program of the test's, which may never be loaded. */
function loading(t: TestContext, main: string): Terminal {
	const folder = mkdtempSync(join(tmpdir(), 'early-'));
	const [node, bin] = program;
	const built = dirname(dirname(bin ?? ''));
	mkdirSync(join(folder, 'dist'));
	cpSync(join(built, 'bin'), join(folder, 'bin'), {recursive: true});
	cpSync(join(built, 'dist/early.cjs'), join(folder, 'dist/early.cjs'));
	writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
	writeFileSync(join(folder, 'dist/program.cjs'), `(function (exports) { ${main} })`);
	writeFileSync(join(folder, 'runbook.md'), '# Runbook\n');
	const env = {HOME: folder, XDG_CACHE_HOME: undefined};
	const args = [join(folder, 'bin/cutover-tui.cjs'), 'runbook.md'];
	const term = openTerminal({command: node, args, cwd: folder, env});
	// Once it has ended: it writes there.
	t.after(() => rmSync(folder, {recursive: true}));
	return term;
}

const never = 'setInterval(() => {}, 1000); exports.main = () => {};';

async function isBack(term: Terminal, code: number, sign?: string | RegExp, signal = 0): Promise<void> {
	await term.until(() => !term.cursor().alternate, 'the terminal given back');
	if (sign !== undefined) await term.shows(sign);
	assert.deepEqual(await term.exited, {code, signal});
}

test('the first words are there while nothing is loaded yet', async t => {
	const term = loading(t, never);
	await term.shows('opening…');
	assert.ok(term.cursor().alternate);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	test(`${signal} while it loads gives the terminal back`, async t => {
		const term = loading(t, never);
		await term.shows('opening…');
		term.kill(signal);
		await isBack(term, 0, undefined, constants.signals[signal]);
	});

test('Ctrl-C while it loads gives the terminal back', async t => {
	const term = loading(t, never);
	await term.shows('opening…');
	term.press('ctrl-c');
	await isBack(term, 0, undefined, constants.signals.SIGINT);
});

test('an exit while it loads gives the terminal back', async t => {
	const term = loading(t, 'process.exit(3);');
	await isBack(term, 3);
});

test('a program that cannot be loaded says why on the terminal that it gave back', async t => {
	const term = loading(t, 'throw new Error("half a build");');
	await isBack(term, 1, 'half a build');
});

test('a bad option is said, and the terminal never taken', async t => {
	const {terminal} = site(t).open({args: ['runbook.md', '--bogus']});
	await isBack(terminal, 2, /unknown option/i);
});

test('a runbook that is missing is said', async t => {
	const {terminal} = site(t).open({args: ['missing.md']});
	await isBack(terminal, 2, 'missing.md does not exist');
});

test('a bad value of an option is said on the terminal that was given back', async t => {
	const {terminal} = site(t).open({args: ['runbook.md', '--workspace', 'nowhere']});
	await isBack(terminal, 2, /nowhere is not a folder/);
});

test('a cutover that is not there is said on the terminal that was given back', async t => {
	const {terminal} = site(t).open({args: ['--cutover', 'nothing']});
	await isBack(terminal, 2, 'There is no cutover "nothing"');
});

test('a cutover whose journal cannot be trusted is said on the terminal that was given back', async t => {
	const {open, cli, state} = site(t);
	const begun = await cli('begin', 'runbook.md', '--t0', '+1h');
	const id = begun.stdout.trim().split('\n').at(-1) ?? '';
	writeFileSync(join(state, 'cutover-tui', id, 'journal.ndjson'), 'not what was written\n');
	const {terminal} = open({args: ['--cutover', id]});
	await isBack(terminal, 3, /journal/i);
});

test('a runbook that cannot be begun is opened with its problems, and leaves the terminal as it was', async t => {
	const {folder, open} = site(t);
	writeFileSync(join(folder, 'bad.md'), '# Bad\n\n| Time | Action |\n|---|---|\n| later | Nothing. |\n');
	const {terminal} = open({args: ['bad.md']});
	await terminal.shows('CANNOT BEGIN');
	assert.ok(terminal.cursor().alternate);
	terminal.press('q');
	await isBack(terminal, 2);
});
