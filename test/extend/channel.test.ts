/** A notification channel is one file and one line in the table: settings, approval, secrets, preview, watcher and docs see it. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {channel, arrived as done, type Message} from '../../source/notifications/channel.ts';
import {channels} from '../../source/notifications/channels.ts';
import {watcherPerson} from '../../source/watch/watcher.ts';

const arrived: {readonly text: string; readonly loft: string; readonly birds: readonly string[]}[] = [];

const pigeon = channel({
	summary: 'a carrier pigeon',
	fields: {
		loft: {kind: 'variable', required: true, summary: 'variable with the address of the loft'},
		birds: {kind: 'texts', required: false, summary: 'names of the birds'},
	},
	send: async ({text}: Message, {loft, birds}) => {
		if (text.includes('storm')) throw new Error(`no bird leaves ${loft} in a storm`);
		arrived.push({text, loft, birds: birds ?? []});
		return done('cooed');
	},
});
Object.assign(channels, {pigeon});

// What reads the table when it is loaded follows the line above.
const {codes, read, sample, runbookOf} = await import('../runbook/sample.ts');
const {settingsRows} = await import('../../scripts/docs-settings.ts');
const {willRun} = await import('../../source/cutover/due/will-run.ts');
const {noFiles} = await import('../scenarios/run-files.ts');
const {notifier} = await import('../../source/watch/notify.ts');
const {secretNames} = await import('../../source/processes/environment.ts');
const {Site} = await import('../attempts/site.ts');

const settings = 'cutover: 1\nnotify: [{on: [hold], to: pigeon, loft: LOFT, birds: [ada, bob]}]\n';
const {notify = []} = runbookOf(sample, {settings});

test('the settings take the fields of the channel, and refuse others', () => {
	assert.deepEqual(notify, [
		{on: ['hold'], to: 'pigeon', values: {loft: 'LOFT', birds: ['ada', 'bob']}, commands: [], variables: ['LOFT']},
	]);
	const wrong = (line: string): readonly string[] =>
		codes(read(sample, {settings: `cutover: 1\nnotify: [${line}]\n`}).problems);
	assert.ok(wrong('{on: [hold], to: pigeon}').includes('settings-missing'));
	assert.ok(wrong('{on: [hold], to: pigeon, loft: LOFT, command: a.sh}').includes('settings-key'));
	assert.ok(wrong('{on: [hold], to: pigeon, loft: "https://loft.example/1"}').includes('settings-type'));
});

test('the preview names the channel and its variable, and the value of the variable is a secret', () => {
	const runbook = runbookOf(sample, {settings});
	const rows = willRun(runbook, noFiles);
	assert.ok(JSON.stringify(rows).includes('pigeon LOFT'));
	assert.ok(secretNames(runbook).includes('LOFT'));
});

test('the documentation lists the channel and its fields', () => {
	const effect = (key: string): string => settingsRows().find(row => row.key === key)?.effect ?? '';
	assert.match(effect('notify.to'), /`pigeon`: a carrier pigeon/);
	assert.match(effect('notify.loft'), /variable with the address of the loft/);
});

async function sent(t: TestContext, reason: string, env: Readonly<Record<string, string>>) {
	const site = await Site.begin(t, {runbook: {notify}});
	const sender = notifier({
		folder: site.folder,
		journal: site.journal,
		clock: systemClock,
		now: systemClock.now,
		by: watcherPerson,
		env,
	});
	await site.does('hold', {reason}, []);
	await sender.finish();
	return site.journal.entries().flatMap(({type, data}) => (type === 'notificationFailed' ? [data] : []));
}

test('the watcher sends by the channel', async t => {
	assert.deepEqual(await sent(t, 'a smell of smoke', {LOFT: 'attic-7'}), []);
	assert.deepEqual(arrived, [{text: 'HOLD: a smell of smoke', loft: 'attic-7', birds: ['ada', 'bob']}]);
});

test('what does not arrive is journaled without the secret', async t => {
	const missed = JSON.stringify(await sent(t, 'a storm', {LOFT: 'attic-7'}));
	assert.match(missed, /pigeon LOFT.*no bird leaves .+ in a storm/);
	assert.doesNotMatch(missed, /attic-7/);
});

test('a variable that is not set is the reason that the notification did not arrive', async t => {
	assert.match(JSON.stringify(await sent(t, 'a smell of smoke', {})), /LOFT is not set/);
});
