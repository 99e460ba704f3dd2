/*
The built program at the prompt of real shells: each completes commands, options and the ids of the open cutover with
nothing but the script that it sourced, and a suspended screen leaves the prompt as it was.
*/
import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {program} from '../harness/program.ts';
import {openTerminal, type Terminal} from '../harness/terminal.ts';
import {site} from './operator.ts';

const prompt = 'ready> ';
const shells = {
	bash: {args: ['--norc', '--noprofile', '-i'], opening: `PS1='${prompt}'; source <(cutover-tui complete bash)`},
	zsh: {
		args: ['-f', '-i'],
		opening: `PS1='${prompt}'; autoload -U compinit && compinit -u -D; source <(cutover-tui complete zsh)`,
	},
	fish: {
		args: ['--no-config', '-i'],
		opening: `function fish_prompt; echo -n '${prompt}'; end; cutover-tui complete fish | source`,
	},
} as const;

const paths = (process.env['PATH'] ?? '').split(delimiter);
const isHere = (command: string): boolean => paths.some(path => existsSync(join(path, command)));

/** A shell in the workspace of an open cutover, with `cutover-tui` on its path. */
async function opened(t: TestContext, shell: keyof typeof shells): Promise<Terminal> {
	const place = site(t);
	const {code, stderr} = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
	assert.equal(code, 0, stderr);
	const bin = join(place.env['HOME'] ?? '', 'bin');
	mkdirSync(bin);
	const file = join(bin, 'cutover-tui');
	writeFileSync(file, `#!/bin/sh\nexec ${program.map(word => `'${word}'`).join(' ')} "$@"\n`);
	chmodSync(file, 0o755);
	const {args, opening} = shells[shell];
	const term = openTerminal({
		command: shell,
		args,
		cwd: place.folder,
		env: {...place.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`},
		cols: 100,
	});
	term.type(`${opening}; echo sour''ced\r`);
	await term.shows(/^sourced/m);
	await term.shows(new RegExp(`^${prompt}\\s*$`, 'm'));
	return term;
}

for (const shell of ['bash', 'zsh', 'fish'] as const)
	test(`${shell} completes commands, options and the ids of the open cutover`, {
		skip: !isHere(shell) && `${shell} is missing here: its completion is not tested`,
	}, async t => {
		const term = await opened(t, shell);
		// The only one that fits stands on the line; of several the list.
		term.type('cutover-tui stat\t');
		await term.shows(/^ready> cutover-tui status/m);
		term.type('--js\t');
		await term.shows(/^ready> cutover-tui status --json/m);
		term.type('\u0015');
		term.type('cutover-tui run G\t\t');
		await term.shows(/G1\b[\s\S]*G3\b[\s\S]*G5\b/);
		term.type('\u0015');
		term.type('cutover-tui run T-6\t');
		await term.shows(/^ready> cutover-tui run T-60/m);
	});

test('Ctrl-Z gives the prompt back as it was, and fg the screen as it is then', async t => {
	const term = await opened(t, 'bash');
	term.type('stty -g > before; cutover-tui\r');
	await term.shows('AFTER T0');
	assert.ok(term.cursor().alternate);
	term.press('ctrl-z');
	await term.shows(/Stopped +cutover-tui/);
	assert.ok(!term.cursor().alternate);
	term.type('stty -g | cmp - before && echo the same\r');
	await term.shows(/^the same/m);
	term.type('cutover-tui hold --reason "the vendor is late" --as ana >/dev/null; fg\r');
	await term.shows(/^ HOLD .*the vendor is late/m);
	await term.shows('do NEXT');
	assert.ok(term.cursor().alternate);
	term.type('q');
	await term.until(() => !term.cursor().alternate, 'the prompt');
	term.type('stty -g | cmp - before && echo the same again\r');
	await term.shows(/^the same again/m);
});
