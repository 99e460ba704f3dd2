import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {needsOf} from '../../source/attempts/playbook-api/needs.ts';
import {approvedFiles} from '../../source/cli/approved-files.ts';
import {type Gate, type Rollback, type Runbook, usualProof} from '../../source/cutover/model/runbook.ts';
import {kindOf} from '../../source/gates/gate-kinds.ts';
import {isPipeline} from '../../source/gates/run-commands.ts';
import type {Verdict} from '../../source/gates/verdict.ts';
import {gate, runbookOf} from '../attempts/rows.ts';
import {sinkIn} from '../attempts/sink.ts';

type Files = Readonly<Record<string, {readonly text: string; readonly mode?: number}>>;

/** Judges a gate in a workspace of these files. */
async function judge(
	t: TestContext,
	row: Gate,
	files: Files,
	rest: Partial<Runbook> = {},
): Promise<Verdict & {log: string}> {
	const workspace = mkdtempSync(join(tmpdir(), 'checks-'));
	t.after(() => rmSync(workspace, {recursive: true}));
	for (const [path, {text, mode = 0o644}] of Object.entries(files)) {
		mkdirSync(dirname(join(workspace, path)), {recursive: true});
		writeFileSync(join(workspace, path), text);
		chmodSync(join(workspace, path), mode);
	}
	const output = sinkIn(workspace);
	const environment = {PATH: process.env['PATH'] ?? ''};
	const runbook = runbookOf(join(workspace, 'r.md'), {...rest, gates: [row]});
	const {digests} = approvedFiles(runbook, workspace, {runbook: new Uint8Array(), settings: null});
	const {check} = kindOf(row);
	assert.ok(check);
	const verdict = await check(row, {
		runbook: runbookOf(join(workspace, 'r.md'), rest),
		workspace,
		folder: join(workspace, '.state'),
		approval: {approved: digests, workspace, runbook},
		access: null,
		environment,
		output,
		say: () => {},
		playbook: () => Promise.reject(new Error('no playbook here')),
		signal: new AbortController().signal,
	});
	return {...verdict, log: output.text()};
}

const named = (files: readonly string[], rest: Partial<Gate> = {}): Gate =>
	gate('G3', {kind: 'files', files, passWhen: 'both are there', ...rest});
const script = {text: '#!/usr/bin/env bash\necho back\n', mode: 0o755};

test('files that are there and not empty pass', async t => {
	const found = await judge(t, named(['docs/a.md', 'ops/back.sh']), {'docs/a.md': {text: 'a'}, 'ops/back.sh': script});
	assert.equal(found.verdict, 'pass', found.reason ?? '');
});

const faults: Readonly<Record<string, readonly [Files, RegExp]>> = {
	'is missing': [{}, /^ops\/back\.sh is missing$/],
	'is empty': [{'ops/back.sh': {text: '', mode: 0o755}}, /^ops\/back\.sh is empty$/],
	'is a folder': [{'ops/back.sh/file': {text: 'x'}}, /^ops\/back\.sh is a folder$/],
	'is not executable': [
		{'ops/back.sh': {...script, mode: 0o644}},
		/^ops\/back\.sh is not executable: chmod \+x ops\/back\.sh$/,
	],
	'has a syntax error': [
		{'ops/back.sh': {text: '#!/bin/bash\nif true; then\n', mode: 0o755}},
		/^ops\/back\.sh has a syntax error/,
	],
};

for (const [what, [files, reason]] of Object.entries(faults)) {
	test(`a script that ${what} fails its gate`, async t => {
		const found = await judge(t, named(['ops/back.sh']), files);
		assert.equal(found.verdict, 'fail');
		assert.match(found.reason ?? '', reason);
	});
}

test('a script that the runbook calls by its interpreter need not be executable', async t => {
	const found = await judge(t, named(['ops/back.sh'], {more: {Evidence: 'callable with `bash ops/back.sh`'}}), {
		'ops/back.sh': {...script, mode: 0o644},
	});
	assert.equal(found.verdict, 'pass', found.reason ?? '');
});

test('a script that the program itself hands to bash need not be executable, and one that runs by itself must', async t => {
	const back = (path: string): Partial<Runbook> => ({
		rollback: {
			preferred: null,
			fallback: {kind: 'script', script: path, reference: null},
			environment: {},
			...usualProof,
			line: 1,
		},
	});
	const still = {...script, mode: 0o644};
	const verdictOf = async (path: string, rest: Partial<Runbook>) =>
		(await judge(t, named([path]), {[path]: still}, rest)).verdict;
	assert.equal(await verdictOf('ops/back.sh', back('ops/back.sh')), 'pass');
	assert.equal(await verdictOf('ops/back', back('ops/back')), 'fail');
	assert.equal(await verdictOf('ops/back.sh', back('ops/other.sh')), 'fail');
});

test('each fault of several files is named', async t => {
	const found = await judge(t, named(['a.md', 'b.md']), {});
	assert.equal(found.reason, 'a.md is missing; b.md is missing');
});

const workflow = '.github/workflows/back.yml';
const rollback: Rollback = {
	preferred: {kind: 'workflow', workflow, inputs: {action: 'rollback', volumes: '0', keep: 'true'}},
	fallback: null,
	environment: {},
	...usualProof,
	line: 1,
};
const inputs = (text: string): string => `on:\n  workflow_dispatch:\n    inputs:\n${text}`;
const good = inputs(
	'      action: {type: choice, options: [deploy, rollback]}\n      volumes: {required: true}\n      keep: {type: boolean}\n',
);

test('a workflow that takes what the runbook dispatches it with passes', async t => {
	assert.equal((await judge(t, named([workflow]), {[workflow]: {text: good}}, {rollback})).verdict, 'pass');
	assert.equal(
		(await judge(t, named([workflow]), {[workflow]: {text: 'on: [push, workflow_dispatch]\n'}})).verdict,
		'pass',
	);
	assert.equal(
		(await judge(t, named([workflow]), {[workflow]: {text: 'on: {workflow_dispatch: }\n'}})).verdict,
		'pass',
	);
});

const badWorkflows: Readonly<Record<string, readonly [string, RegExp]>> = {
	'cannot be dispatched': ['on: push\n', /has no workflow_dispatch$/],
	'is no YAML': ['name: a\non: [\n', /is not valid YAML: line 3, column 1: /],
	'lacks an input': [inputs('      action: {}\n      volumes: {}\n'), /it has no input "keep"$/],
	'does not take a value': [
		good.replace('rollback]', 'undo]'),
		/its input "action" \(choice\) does not take "rollback", but deploy, undo$/,
	],
	'asks for more': [
		`${good}      approver: {required: true}\n`,
		/it requires the input "approver", which the runbook does not give$/,
	],
};

for (const [what, [text, reason]] of Object.entries(badWorkflows)) {
	test(`a workflow that ${what} fails its gate`, async t => {
		const found = await judge(t, named([workflow]), {[workflow]: {text}}, {rollback});
		assert.equal(found.verdict, 'fail');
		assert.match(found.reason ?? '', reason);
	});
}

test('a workflow that the runbook dispatches without inputs fails its gate where it requires one', async t => {
	const bare: Rollback = {...rollback, preferred: {kind: 'workflow', workflow, inputs: {}}};
	const found = await judge(t, named([workflow]), {[workflow]: {text: good}}, {rollback: bare});
	assert.match(found.reason ?? '', /it requires the input "volumes", which the runbook does not give$/);
});

test('of several commands the first that fails is the reason, and the rest does not run', async t => {
	const found = await judge(t, gate('G2', {commands: ['echo one', 'exit 2', 'echo three']}), {});
	assert.deepEqual([found.verdict, found.reason, found.exit], ['fail', 'exit 2: exit 2', 2]);
	assert.equal(found.log, 'one\n');
});

test('what a command prints is compared, and logged byte for byte', async t => {
	const printed = 'Größe READY\nlag: 3 s\n';
	const row = (expect: NonNullable<Gate['expect']>): Gate =>
		gate('G1', {kind: 'command', commands: [`printf '${printed}'`], expect});
	const {verdict, log} = await judge(t, row({stdout: 'READY'}), {});
	assert.deepEqual([verdict, log], ['pass', printed]);
	for (const [expect, reason] of [
		[{stdout: 'DONE'}, /stdout does not match|DONE/],
		[{empty: true}, /print/],
		[{below: 2, unit: 's'}, /3/],
	] as const) {
		const found = await judge(t, row(expect), {});
		assert.equal(found.verdict, 'fail');
		assert.match(found.reason ?? '', reason);
	}
	const onError = gate('G1', {kind: 'command', commands: ['echo bad >&2'], expect: {stderr: 'bad'}});
	assert.equal((await judge(t, onError, {})).verdict, 'pass');
});

test('half a character that a command prints is output too, and the bound of what is compared counts bytes', async t => {
	const row = (command: string, expect: NonNullable<Gate['expect']>): Gate =>
		gate('G1', {kind: 'command', commands: [command], expect});
	assert.equal((await judge(t, row("printf '\\303'", {empty: true}), {})).verdict, 'fail');
	const printing = (times: number): string => `printf 'ü%.0s' {1..${times}}`;
	assert.equal((await judge(t, row(printing(500_000), {stdout: 'ü'}), {})).verdict, 'pass');
	const {verdict, reason} = await judge(t, row(printing(530_000), {stdout: 'ü'}), {});
	assert.deepEqual([verdict, reason], ['unknown', 'it prints more than 1 MiB, which is not compared']);
});

const ends: Readonly<Record<string, readonly [string, string]>> = {
	'kill -KILL $$': ['unknown', 'killed by SIGKILL'],
	'bash -c "kill -KILL \\$\\$"; exit $?': ['unknown', 'killed by SIGKILL (exit 137)'],
	'kill -SEGV $$': ['fail', 'crashed with SIGSEGV'],
	'touch plain; ./plain': [
		'unknown',
		'the command cannot be executed (exit 126): bash: line 1: ./plain: Permission denied',
	],
	'echo one; echo "FAIL refund: expected 200, got 500" >&2; exit 1': [
		'fail',
		'exit 1: FAIL refund: expected 200, got 500',
	],
	'echo "ERROR: no space left"; echo "3 of 4 done"; echo; exit 1': [
		'fail',
		'exit 1: ERROR: no space left … 3 of 4 done',
	],
	'printf "10 %%\\r20 %%\\r30 %%"; exit 9': ['fail', 'exit 9: 30 %'],
	'read -rp "Really? " answer': ['fail', 'exit 1'],
	'printf "[sudo] password for ana: "; exit 1': [
		'fail',
		'exit 1: [sudo] password for ana:; it seems to have asked for input: commands have no terminal and an empty stdin. Use an option that never asks, such as sudo -n, ssh -o BatchMode=yes, apt-get -y',
	],
	'echo "cannot open /dev/tty: No such device or address"; exit 1': [
		'fail',
		'exit 1: cannot open /dev/tty: No such device or address; it seems to have asked for input: commands have no terminal and an empty stdin. Use an option that never asks, such as sudo -n, ssh -o BatchMode=yes, apt-get -y',
	],
	'seq 300000 | grep -q 7': ['pass', 'null'],
	'seq 300000 | head -1 | cat': ['pass', 'null'],
	'seq 300000 | grep -q nothing': ['fail', 'exit 1'],
	'env --ignore-signal=PIPE bash -c "seq 300000 2>/dev/null || exit 23" | head -1': [
		'fail',
		'exit 23: note: the last command of the pipe exited 0, one before it did not: it may have written to a reader that had ended',
	],
	'(exit 3) | cat | grep -q x': ['fail', 'exit 1'],
	'false | seq 300000 | head -1': ['fail', 'exit 141: it wrote into a pipe whose reader had ended (SIGPIPE)'],
	'seq 300000 | bash -c "exit 141"': ['fail', 'exit 141: it wrote into a pipe whose reader had ended (SIGPIPE)'],
	'seq 300000 | head -1 > first && touch second': [
		'fail',
		'exit 141: it wrote into a pipe whose reader had ended (SIGPIPE)',
	],
	'exit 255': ['fail', 'exit 255'],
};

for (const [command, [verdict, reason]] of Object.entries(ends)) {
	test(`"${command}" is ${verdict}: ${reason}`, async t => {
		const found = await judge(t, gate('G2', {commands: [command]}), {});
		assert.deepEqual([found.verdict, String(found.reason)], [verdict, reason]);
	});
}

test('a pipeline is distinguished from a list of commands, with quotes and redirections', () => {
	const pipelines = ['a | b', 'a 2>&1 | grep "x; y && z"', "a |& b | c 'd || e' > f 2>&1", 'a | b  '];
	const lists = [
		'a',
		'a; b | c',
		'a | b && c',
		'a | b &',
		'if a | b',
		'! a | b',
		'a | b\nc',
		'{ a | b; }',
		'a $(b | c)',
	];
	assert.deepEqual(
		pipelines.filter(line => !isPipeline(line)),
		[],
	);
	assert.deepEqual(lists.filter(isPipeline), []);
});

test('a pass despite SIGPIPE is noted in the log', async t => {
	const found = await judge(t, gate('G2', {commands: ['seq 300000 | head -1']}), {});
	assert.match(found.log, /^1\nnote: a reader ended before its writer/);
});

test('every command line of the runbook is looked for by its programs, those of notices and of who is on call too', () => {
	const {files, programs} = needsOf(
		runbookOf('r.md', {
			gates: [gate('G1', {commands: ['make ready']})],
			notify: [{on: ['go'], to: 'command', values: {}, commands: ['curl -d @- https://example.org'], variables: []}],
			onCall: {ops: 'ops/oncall.sh --night'},
			publish: {command: 'rsync page.html host:'},
		}),
	);
	assert.deepEqual(files, []);
	assert.deepEqual(programs, ['make', 'curl', 'rsync', 'ops/oncall.sh', 'bash']);
});
