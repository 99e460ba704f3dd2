/** Commands of `notify` that really run: what they are told, in which order, and that they do no harm. */
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import type {NotifyOn} from '../../source/cutover/model/notify.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {instant} from '../../source/text/time.ts';
import {notifies, stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';
import {kill} from '../harness/ending.ts';
import {linesOf, textOf} from '../harness/files.ts';

const early = {early: true, reason: 'a test does not wait'};

const reported = (on: readonly NotifyOn[], command: string): Partial<Runbook> => ({
	notify: [notifies(on, command)],
	secrets: ['DOOR_CODE'],
	stages: [
		stage('T-10', -10, {kind: 'decision', timeoutSeconds: null}),
		stage('T0', 0, {kind: 'act', timeoutSeconds: null}),
		stage('T+30', 30, {kind: 'closing', timeoutSeconds: null}),
	],
});

const script = '#!/bin/bash\nread -r first\necho "$1 $CUTOVER_EVENT $CUTOVER_ID: $CUTOVER_TEXT | $first" >> told.txt\n';

const begins = (
	t: TestContext,
	runbook: Partial<Runbook>,
	files: Readonly<Record<string, string>> = {},
): Promise<Site> =>
	Site.begin(t, {
		runbook,
		files: {'tell.sh': script, ...files},
		approved: ['tell.sh'],
		env: {DOOR_CODE: 'open-sesame'},
		watched: true,
	});

const lines = (site: Site): readonly string[] => linesOf(join(site.workspace, 'told.txt'));

test('each notification is sent once, in order, to its recipients, with the facts of the journal', async t => {
	const site = await begins(t, reported(['hold', 't0', 'go'], './tell.sh loudly'));
	await site.does('hold', {reason: 'the door says open-sesame'}, []);
	await site.shows('that it was told', () => lines(site).length > 0);
	assert.match(lines(site)[0] ?? '', /^loudly hold small: HOLD: the door says \S+ \| HOLD: the door says/);
	assert.doesNotMatch(lines(site).join('\n'), /open-sesame/);
});

test('a notification cut short by a lost watcher is sent by the next, and a sent one is not repeated', async t => {
	const site = await begins(t, reported(['hold', 'go', 't0'], './tell.sh quietly'));
	await site.does('vote', {vote: 'go', ...early}, ['GO']);
	await site.shows('the go', () => lines(site).some(line => line.includes(' go ')));
	const watcher = site.watcher();
	assert.ok(watcher);
	await site.shows('that it is kept', () =>
		/"seq":[1-9].*"sending":null/.test(textOf(join(site.folder, 'notified.json'))),
	);
	await kill(watcher);
	await site.does('run', {target: 'T0', resume: false, reference: 'D-1', ticket: null, ...early}, ['T0']);
	await site.shows('T0 by the next', () => lines(site).some(line => line.includes(' t0 ')));
	assert.deepEqual(
		lines(site).map(line => line.split(' ')[1]),
		['go', 't0'],
	);
});

test('a failing or missing notification command delays nothing, and the failure is recorded', async t => {
	const site = await begins(t, {
		...reported(['hold'], './gone.sh'),
		notify: [notifies(['hold'], './gone.sh'), notifies(['hold'], './tell.sh second')],
	});
	await site.does('hold', {reason: 'a smell of smoke'}, []);
	await site.shows('the second', () => lines(site).length > 0);
	const missed = await site.shows('the first', () =>
		site.journal.entries().find(entry => entry.type === 'notificationFailed'),
	);
	assert.ok(missed.type === 'notificationFailed');
	const {since, ...data} = missed.data;
	assert.ok(instant(since) <= instant(missed.at));
	assert.deepEqual(data, {
		on: 'hold',
		channel: 'command',
		to: 'command ./gone.sh',
		reason: 'exit 127',
		again: false,
	});
});
