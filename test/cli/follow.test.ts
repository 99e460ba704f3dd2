import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type Desk, desk} from './desk.ts';
import {begin, passT0, readyForT0} from './walks.ts';

/** A preflight that waits until the test lets it go on; it ends by itself, should the test be gone. */
const waiting =
	'echo "waiting for the word"\nfor i in $(seq 6000); do test -e go-on && break; sleep 0.1; done\necho "goes on"\n';

const letGo = ({folder}: Desk): void => writeFileSync(join(folder, 'go-on'), '');

test('run streams what it runs; Ctrl-C detaches with 130 and stops nothing', async context => {
	const night = desk(context);
	const {start, status, cli, write, commit} = night;
	write('ops/preflight.sh', waiting);
	commit('a preflight that waits');
	await begin(night);
	const running = start('run', 'T-60', '--as', 'olga');
	await running.shows('waiting for the word');
	running.signal('SIGINT');
	const {code, stderr} = await running.ended;
	assert.equal(code, 130);
	assert.match(stderr, /continues without this terminal/);
	const stages = (await status())['stages'];
	assert.ok(Array.isArray(stages));
	assert.equal(stages[0].state, 'running');

	const log = start('log', '--follow');
	const said = log.shows('T-60-1 passed');
	letGo(night);
	assert.match(await said, /G1 PASS/);
	log.signal('SIGTERM');
	assert.equal((await log.ended).code, 143);
	assert.match((await cli('status')).stdout, /T-60 DONE/);
});

test('run --detach returns at once, and a second run of what runs is refused', async context => {
	const night = desk(context);
	night.write('ops/preflight.sh', waiting);
	night.commit('a preflight that waits');
	await begin(night);
	await night.must('olga', 'run', 'T-60', '--detach');
	const second = await night.as('olga', 'run', 'T-60');
	assert.equal(second.code, 1);
	assert.match(second.stderr, /olga/);
	const stopped = night.start('log', '--follow');
	const said = stopped.shows('T-60-1 was stopped');
	await night.must('olga', 'stop', 'T-60', '--reason', 'wrong host');
	assert.match(await said, /wrong host/);
	stopped.signal('SIGINT');
	await stopped.ended;
});

test('the same command id of a run follows the same attempt again, and starts no second one', async context => {
	const night = desk(context);
	await begin(night);
	const first = await night.must('olga', 'run', 'G1', '--command-id', 'run-1');
	const again = await night.must('olga', 'run', 'G1', '--command-id', 'run-1');
	assert.match(first, /preflight is well/);
	assert.match(again, /preflight is well/);
	const {gates} = await night.status();
	assert.ok(Array.isArray(gates));
	assert.equal(gates[0].attempt, 1);
});

test('a failed stage is marked done with what shows it, whose bytes are kept by sha256', async context => {
	const night = desk(context);
	const {write, must, as, state, cli, folder} = night;
	write('broken', 'yes');
	const id = await begin(night);
	assert.equal((await as('quin', 'run', 'T-30')).code, 1);
	write('seen.txt', 'it passes by hand');
	const done = ['done', 'T-30', '--reason', 'checked by hand', '--attach', 'seen.txt', '--command-id', 'by-hand'];
	await must('quin', ...done);
	await must('quin', ...done);
	write('seen.txt', 'changed later');
	const [attached] = JSON.parse((await cli('export', '--format', 'json')).stdout).attachments;
	assert.equal(readFileSync(join(state, id, attached.path), 'utf8'), 'it passes by hand');
	const refusal = await as('quin', 'attach', 'T-30', folder);
	assert.equal(refusal.code, 2);
	assert.match(refusal.stderr, /not a regular file/);
});

test('a rollback without its word says what it would run, and runs nothing', async context => {
	const night = desk(context);
	await readyForT0(night);
	await passT0(night);
	const {code, stderr} = await night.as('rita', 'rollback', '--reason', 'users are hurt', '--role', 'release-manager');
	assert.equal(code, 1);
	assert.match(
		stderr,
		/ACTION=rollback COMPOSE_FILE=ops\/compose\.yml CANARY_REMOVE_VOLUMES=0 bash ops\/rollback\.sh\n {4}ops\/rollback\.sh {2}sha256:\w+ {2}approved copy/,
	);
	assert.ok(!existsSync(join(night.folder, 'rolled-back')));
});
