/** What stays of an attempt: processes that outlive its runner, and the output that people sign for. */
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {runningOf, wasGiven} from '../../source/processes/process.ts';
import {gate, stage} from './rows.ts';
import {Site} from './site.ts';

const pidIn = (log: string): number | null => Number(/^pid (\d+)$/m.exec(log)?.[1] ?? 0) || null;

test('what a lost runner left behind is named until it is gone, and then no longer', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['echo "pid $$"; exec sleep 1000']})]}});
	const ref = await site.runs('G1');
	const pid = await site.shows('the pid', () => pidIn(site.log(ref)));
	process.kill(await site.runner(ref), 'SIGKILL');
	assert.match((await site.ended(ref)).still[0] ?? '', new RegExp(`pid ${pid}`));
	process.kill(pid, 'SIGKILL');
	await site.shows('that it is gone', () => site.journal.entries().some(({type}) => type === 'leftoversRecorded'));
	assert.deepEqual(site.journal.state().attempts['G1-1']?.ended?.still, []);
});

test('a process that gives way to one program after another is known at every instant', async t => {
	const again = ['-c', 'exec sh -c "$0" "$0"', 'exec sh -c "$0" "$0"'];
	const child = spawn('sh', again, {stdio: 'ignore', env: {...process.env, CUTOVER_ATTEMPT: 'one'}});
	t.after(() => child.kill('SIGKILL'));
	for (let glances = 0; glances < 3000; glances++) {
		const one = runningOf(child.pid ?? 0);
		assert.ok(one !== null, 'it ended by itself');
		assert.ok(wasGiven(one, 'CUTOVER_ATTEMPT=one'), `not known at glance ${glances}`);
		if (glances % 500 === 0) await pause(1);
	}
});

test('a gate judged in its stage says in the log what it found and nothing of how; its output is there to sign', async t => {
	const gates = [gate('G1', {commands: ['test -e ready']})];
	const stages = [
		stage('T-20', -20, {kind: 'checks', gates: ['G1']}),
		stage('T-10', -10, {kind: 'decision'}),
		stage('T0', 0, {kind: 'act'}),
		stage('T+10', 10, {kind: 'closing'}),
	];
	const signOffs = [
		{id: 'S1', role: 'operator', text: 'output attached', requires: [{kind: 'log', of: 'G1'} as const], line: 1},
	];
	const site = await Site.begin(t, {runbook: {gates, stages, signOffs, roles: ['operator']}});
	const failed = await site.runs('T-20');
	assert.equal((await site.ended(failed)).outcome, 'fail');
	assert.match(site.log(failed), /G1 fail: exit 1/);
	assert.doesNotMatch(site.log(failed), /^\s+at |file:/m);
	await site.does('sign', {signOff: 'S1'});
	assert.equal(site.journal.state().signOffs['S1']?.by.name, 'ana');
});

test('an attempt whose scribe is stopped with its pipe full ends all the same', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['yes'], timeoutSeconds: 3})]}});
	const ref = await site.runs('G1');
	const runner = await site.runner(ref);
	const scribe = await site.shows('the scribe', () => site.scribe(runner));
	await site.shows('output', () => site.log(ref).includes('y\ny\n'));
	process.kill(scribe, 'SIGSTOP');
	assert.equal((await site.ended(ref)).reason, 'timed out after 3s');
});
