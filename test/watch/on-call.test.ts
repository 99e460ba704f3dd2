/** Commands that really run and say who is on call. */
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {onCallAsker} from '../../source/watch/on-call.ts';
import {watcherPerson} from '../../source/watch/watcher.ts';
import {stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';

const script = '#!/bin/bash\necho\necho "omar   +49 170 1  for $CUTOVER_ROLE, key $DOOR_CODE"\necho more\n';

const begins = (t: TestContext, text = script): Promise<Site> =>
	Site.begin(t, {
		runbook: {
			onCall: {operator: './oncall.sh'},
			secrets: ['DOOR_CODE'],
			pass: ['DOOR_CODE'],
			stages: [stage('T-10', -10, {kind: 'decision', owners: ['operator']}), stage('T0', 0, {kind: 'act'})],
		},
		files: {'oncall.sh': text},
		env: {DOOR_CODE: 'open-sesame'},
	});

/** An asker of this cutover, `later` ms ahead of the machine's clock. */
function asker({folder, journal}: Site, later = 0): () => void {
	const now = () => systemClock.now() + later;
	const clock = {...systemClock, now};
	const env = {PATH: process.env['PATH'], DOOR_CODE: 'open-sesame'};
	return onCallAsker({folder, journal, state: journal.state, clock, now, env, by: watcherPerson});
}

test('who is on call is asked at begin and again when the go/no-go is due, once each', async t => {
	const site = await begins(t);
	const found = () => site.journal.entries().flatMap(({type, data}) => (type === 'onCallFound' ? [data] : []));
	const ask = asker(site);
	ask();
	ask();
	await site.shows('who is on call', () => found().length === 1);
	asker(site)();
	const late = asker(site, 3_600_000);
	late();
	await site.shows('who is on call at T-10', () => found().length === 2);
	late();
	assert.deepEqual(
		found(),
		[null, 'T-10'].map(stage => ({
			role: 'operator',
			stage,
			people: 'omar +49 170 1 for operator, key [redacted]',
			reason: null,
		})),
	);
	const {calls} = snapshotOf(site.journal.state(), systemClock.now(), site.journal.observed(), null);
	assert.deepEqual(calls, [{name: null, contact: 'omar +49 170 1 for operator, key [redacted]'}]);
});

/** What is found of a command, which somebody changes before it is asked. */
async function foundOf(t: TestContext, text: string, change: string | null = null) {
	const site = await begins(t, text);
	if (change !== null) writeFileSync(join(site.workspace, 'oncall.sh'), change);
	asker(site)();
	const {people, reason} = await site.shows('an answer', () => site.journal.state().onCall['operator']);
	return people ?? reason;
}

test('a command that fails or says nothing names its reason, and one that was changed runs as it was approved', async t => {
	assert.equal(await foundOf(t, '#!/bin/bash\nexit 3\n'), 'exit 3');
	assert.equal(await foundOf(t, '#!/bin/bash\n'), 'its command printed nothing');
	assert.equal(await foundOf(t, '#!/bin/bash\necho omar\n', '#!/bin/bash\necho eve\n'), 'omar');
});
