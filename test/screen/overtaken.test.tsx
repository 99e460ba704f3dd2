/* Two people on two screens: what one of them has open says what the other did meanwhile. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stamp} from '../../source/text/time.ts';
import {hold, rollback, t0} from '../cutover/commands.ts';
import {at} from '../given.ts';
import {backNight, lateNight, noGoNight} from '../scenarios/night.ts';
import {alice, bob, carolOfOps, dave} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const beforeRollback = backNight.filter(({at: time}) => time < at('22:30:00'));

test('a form that was open says that somebody else put the cutover on hold, until it is released', async () => {
	const stage = await Stage.open({acts: lateNight, now: '22:20:00', you: alice});
	assert.doesNotMatch(await stage.press('r'), /HOLD/);
	await stage.elsewhere(hold('the bridge is down'), dave);
	assert.match(stage.text(), /! It is on HOLD: the bridge is down\. Fix the cause and confirm T0\./);
	// How often T0 moved gives way to how long nothing goes on.
	assert.match(stage.text(), /^ clock stopped at T-00:04:59 {3}on hold 00:00 .*T0 22:25:00$/m);
	await stage.elsewhere(t0('22:45', 'the bridge is up'), carolOfOps);
	assert.doesNotMatch(stage.text(), /! It is on HOLD/);
});

test('a form shows anew what it would do, once somebody else released the hold', async () => {
	const stage = await Stage.open({acts: noGoNight, now: '22:18:00', you: alice});
	assert.match(await stage.press('0'), /then +HOLD → PREPARING/);
	await stage.elsewhere({type: 'schedule', data: {t0: stamp(at('22:40')), reason: 'somebody is on call'}}, carolOfOps);
	assert.doesNotMatch(stage.text(), /HOLD → PREPARING/);
	assert.match(stage.text(), /T0 22:40 → 22:25/);
});

test('whoever types ROLLBACK sees that somebody else rolls back already', async () => {
	const stage = await Stage.open({acts: beforeRollback, now: '22:30:00', you: alice});
	await stage.keys('B');
	await stage.type('checkouts fail');
	assert.match(await stage.press('enter'), /type ROLLBACK to confirm/);
	await stage.elsewhere(rollback(null, 'orders are lost'), bob);
	assert.match(
		stage.text(),
		/! The fallback path runs since \d\d:\d\d:\d\d, begun by bob\. Wait for its end,\s+or cancel it\./,
	);
	assert.match(await stage.type('ROLL'), /begun by bob/);
	await stage.type('BACK');
	stage.wait(1000);
	assert.match(await stage.press('enter'), /begun by bob\. Wait for its end/);
	stage.wait(60_000);
	assert.doesNotMatch(stage.text(), /begun by bob\. Wait for its end/, 'said a minute later');
});
