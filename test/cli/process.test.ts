/*
The command line as a process of its own: signals that reach it, a disk that is full under it, a reader that goes away.
*/
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {heard} from '../harness/heard.ts';
import {program, runProgram} from '../harness/program.ts';
import {type Desk, desk} from './desk.ts';
import {begin} from './walks.ts';

const start = ({folder, state}: Desk, ...argv: readonly string[]) =>
	spawn(program[0], [...program.slice(1), ...argv, '--state', state], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env['PATH'], HOME: folder},
	});

const waiting =
	'echo "waiting for the word"\nfor i in $(seq 6000); do test -e go-on && break; sleep 0.1; done\necho "goes on"\n';

for (const [signal, code] of [
	['SIGTERM', 143],
	['SIGHUP', 129],
	['SIGKILL', null],
] as const) {
	test(`${signal} to a run leaves what it runs alone, and its log is whole`, async context => {
		const night = desk(context);
		night.write('ops/preflight.sh', waiting);
		night.commit('a preflight that waits');
		const id = await begin(night);
		const running = start(night, 'run', 'T-60', '--as', 'olga');
		const ended = once(running, 'close');
		await heard(running.stdout).shows('waiting for the word');
		running.kill(signal);
		assert.equal((await ended)[0], code);
		const log = night.start('log', '--follow');
		writeFileSync(join(night.folder, 'go-on'), '');
		await log.shows('T-60-1 passed');
		log.signal('SIGINT');
		await log.ended;
		const text = readFileSync(join(night.state, id, 'attempts/T-60-1/log'), 'utf8');
		assert.match(text, /waiting for the word[\s\S]*goes on[\s\S]*The log ends here/);
	});
}

/** A command line on a disk where no file grows beyond so many bytes. */
function cramped({folder, state}: Desk, bytes: number, ...argv: readonly string[]) {
	const limit = [`--fsize=${bytes}`, ...program, ...argv, '--state', state];
	return spawnSync('prlimit', limit, {
		cwd: folder,
		encoding: 'utf8',
		env: {PATH: process.env['PATH'], HOME: folder},
	});
}

test('warnings of experiments of Node are not printed, and others are', async () => {
	const warns = (name: string) => `setImmediate(() => process.emitWarning('noise', '${name}'))`;
	const stderrAfter = async (name: string) => {
		const preload = `--import data:text/javascript,${encodeURIComponent(warns(name))}`;
		return (await runProgram(['help'], {env: {NODE_OPTIONS: preload}})).stderr;
	};
	assert.equal(await stderrAfter('ExperimentalWarning'), '');
	assert.match(await stderrAfter('Warning'), /Warning: noise/);
});

test('a full disk is exit 3 with a sentence, the journal stays as it was, and the next act is recorded', async context => {
	const night = desk(context);
	const id = await begin(night);
	const journal = join(night.state, id, 'journal.ndjson');
	const before = readFileSync(journal, 'utf8');
	const {status, stderr} = cramped(night, statSync(journal).size, 'note', 'there is no room for this');
	assert.equal(status, 3, stderr);
	assert.match(stderr, /nothing was recorded.*File size limit reached/);
	assert.doesNotMatch(stderr, /\n.*\n/);
	const after = readFileSync(journal, 'utf8');
	assert.ok(after.startsWith(before) && !after.includes('no room for this'));
	await night.must('rita', 'note', 'now there is');
	assert.match((await night.cli('log')).stdout, /now there is/);
});

test('a begin that finds no room leaves no cutover behind', async context => {
	const night = desk(context);
	const {status, stderr} = cramped(night, 600, 'begin', 'runbook.md', '--t0', '+61m');
	assert.equal(status, 3, stderr);
	assert.match(stderr, /File size limit reached/);
	assert.deepEqual(readdirSync(night.state), ['begin.lock']);
	assert.equal((await night.cli('list', '--json')).stdout.trim(), '[]');
});

test('an answer that cannot be printed is no success', async context => {
	const night = desk(context);
	await begin(night);
	const command = ['-c', '"$@" > /dev/full', 'bash', ...program, 'log', '--state', night.state];
	const {status, stderr} = spawnSync('bash', command, {cwd: night.folder, encoding: 'utf8'});
	assert.equal(status, 3);
	assert.match(stderr, /^The answer could not be written\. No space left.* \(ENOSPC\)\. Free some space/);
});
