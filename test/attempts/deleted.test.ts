/** A cutover whose folder is deleted while a gate runs: its runner has nothing to record any more, and ends with its commands. */
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {scribeName} from '../../source/processes/environment.ts';
import {markOf, ownerFile} from '../../source/processes/folder.ts';
import {allRunning, isAlive, signal, wasGiven} from '../../source/processes/process.ts';
import {gate} from './rows.ts';
import {Site} from './site.ts';

/** Long, because a loaded machine is no failure. */
const patience = 180_000;

for (const isScribeGone of [false, true])
	test(`a runner ends when the folder of its cutover is deleted${isScribeGone ? ', and its scribe is gone' : ''}`, async t => {
		const waits = 'until [ -e go ]; do sleep 0.1; done';
		const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: [waits], timeoutSeconds: 600})]}});
		const ref = await site.runs('G1');
		const started = () => (site.log(ref).includes('$ until') ? identityIn(ownerFile(site.folder, ref)) : null);
		const owner = await site.shows('its command', started, patience);
		t.after(() => isAlive(owner) && signal(owner.pid, 'SIGKILL'));
		const variable = `${scribeName}=${markOf(site.folder, ref)}`;
		const scribes = allRunning().filter(one => isScribeGone && wasGiven(one, variable));
		assert.equal(scribes.length > 0, isScribeGone);
		for (const {pid} of scribes) signal(pid, 'SIGKILL');
		rmSync(site.folder, {recursive: true, maxRetries: 20});
		assert.ok(isAlive(owner));
		writeFileSync(join(site.workspace, 'go'), '');
		for (const until = systemClock.steady() + patience; isAlive(owner); ) {
			assert.ok(systemClock.steady() < until, 'it still runs');
			await new Promise<void>(done => systemClock.after(100, done));
		}
	});
