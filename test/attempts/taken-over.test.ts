/** Who starts an attempt whose asker is gone, and when. */
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {observed} from '../harness/observed.ts';
import {gate} from './rows.ts';
import {Site} from './site.ts';

test('an attempt that was never started is taken over after five seconds', async t => {
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['true']})]}});
	const asked = performance.now();
	const ref = await site.asksOnly('G1');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass');
	assert.ok(performance.now() - asked > 4000);
});

test('in a rehearsal that hurries only while nothing runs, five seconds of its clock are five seconds', async t => {
	const rehearsal = {speed: 60, hurries: true as const};
	const site = await Site.begin(t, {runbook: {gates: [gate('G1', {commands: ['true']})]}, rehearsal});
	const ref = await site.asksOnly('G1');
	const clock = {...systemClock, now: () => systemClock.now() + 6000};
	await site.reconcilerWith(process.env, {clock}).pass();
	await observed('its runner has begun', () => existsSync(site.file(ref, 'owner.json')), undefined, 20_000);
});
