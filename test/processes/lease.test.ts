/* Until when a host may begin steps, where the machine itself stops for a while. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import os, {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {keepLease, machineMs, stepLease} from '../../source/processes/lease.ts';
import {handClock} from '../harness/hand-clock.ts';

/** The clock of the machine, which alone runs on while it is suspended. */
function machine(t: TestContext): {suspend(seconds: number): void} {
	let up = 1000;
	const mocked = t.mock.method(os, 'uptime', () => up);
	syncBuiltinESMExports();
	t.after(() => {
		mocked.mock.restore();
		syncBuiltinESMExports();
	});
	return {
		suspend: seconds => {
			up += seconds;
		},
	};
}

test('after the machine was suspended no step begins until the journal was read anew', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-lease-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const {suspend} = machine(t);
	const clock = handClock(0);
	const said: string[] = [];
	let isOwn = false;
	keepLease(folder, machineMs());
	const mayBegin = stepLease({
		folder,
		clock,
		signal: new AbortController().signal,
		say: line => said.push(line),
		verify: async () => isOwn,
	});
	await mayBegin();
	assert.deepEqual(said, []);
	suspend(3600);
	let begun = false;
	const beginning = mayBegin().then(() => {
		begun = true;
	});
	await clock.pass(1000);
	assert.match(said[0] ?? '', /^waits: the lease of this host has run out/);
	keepLease(folder, machineMs());
	await clock.pass(1000);
	assert.equal(begun, false, 'others may have gone on meanwhile');
	isOwn = true;
	await clock.pass(1000);
	await beginning;
	assert.match(said[1] ?? '', /^goes on/);
});

test('an answer that came only after the machine was suspended keeps no lease', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-lease-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const {suspend} = machine(t);
	const asked = machineMs();
	suspend(3600);
	keepLease(folder, asked);
	const stopped = AbortSignal.abort();
	const verify = async (): Promise<boolean> => true;
	const mayBegin = stepLease({folder, clock: handClock(0), signal: stopped, say: () => {}, verify});
	await assert.rejects(mayBegin(), /stopped while it waited/);
});
