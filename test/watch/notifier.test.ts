/** What the watcher makes of the journal for the targets of `notify`, each of which answers as the test says. */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {NotifyTarget} from '../../source/cutover/model/notify.ts';
import {type Answer, arrived, channel, type Message, refused} from '../../source/notifications/channel.ts';
import {channels} from '../../source/notifications/channels.ts';
import {notifier} from '../../source/watch/notify.ts';
import {watcherPerson} from '../../source/watch/watcher.ts';
import {stage} from '../attempts/rows.ts';
import {type Given, Site} from '../attempts/site.ts';
import {textsBelow} from '../harness/files.ts';
import {handClock} from '../harness/hand-clock.ts';
import {patience} from '../harness/observed.ts';
import {settingsOf, standIn} from '../notifications/stand-ins.ts';

type Ear = {readonly heard: Message[]; answer: () => Promise<Answer>};

const ears: Readonly<Record<'radio' | 'drum', Ear>> = {
	radio: {heard: [], answer: async () => arrived('over')},
	drum: {heard: [], answer: async () => arrived('boom')},
};

for (const [name, ear] of Object.entries(ears))
	Object.assign(channels, {
		[name]: channel({
			summary: name,
			fields: {},
			send(message) {
				ear.heard.push(message);
				return ear.answer();
			},
		}),
	});

const target = (to: string, rest: Partial<NotifyTarget> = {}): NotifyTarget => ({
	on: ['began', 'hold', 'go', 'awaited', 'overdue'],
	to,
	values: {},
	commands: [],
	variables: [],
	...rest,
});

async function begins(t: TestContext, notify: readonly NotifyTarget[], rest: Partial<Given> = {}) {
	for (const ear of Object.values(ears)) {
		ear.heard.length = 0;
		ear.answer = async () => arrived('over');
	}
	const site = await Site.begin(t, {...rest, runbook: {notify, ...rest.runbook}});
	const clock = handClock(systemClock.now());
	const {folder, journal} = site;
	const env = rest.env ?? {};
	return {site, clock, sender: notifier({folder, journal, clock, now: systemClock.now, by: watcherPerson, env})};
}

/** Looks as the watcher does, each second, for so many seconds. */
async function looks({clock, sender}: Pick<Awaited<ReturnType<typeof begins>>, 'clock' | 'sender'>, seconds: number) {
	for (let second = 0; second < seconds; second++) {
		sender.look();
		await clock.pass(1000);
	}
}

/** The same until it is so. What is recorded takes real time, in which the clock goes on. */
async function looksUntil(watch: Parameters<typeof looks>[0], what: string, isSo: () => boolean): Promise<void> {
	for (const until = systemClock.steady() + patience; !isSo(); ) {
		assert.ok(systemClock.steady() < until, `Not seen: ${what}`);
		await looks(watch, 1);
		await new Promise<void>(done => systemClock.after(5, done));
	}
}

test('a channel that does not answer holds up no other', async t => {
	const {site, clock, sender} = await begins(t, [target('radio'), target('drum')]);
	ears.radio.answer = () => new Promise(() => {});
	await looks({clock, sender}, 1);
	await site.does('hold', {reason: 'a smell of smoke'}, []);
	await looks({clock, sender}, 2);
	assert.equal(ears.radio.heard.length, 1);
	assert.deepEqual(
		ears.drum.heard.map(({text}) => text.replace(/^ana began.*/, 'begun')),
		['begun', 'HOLD: a smell of smoke'],
	);
});

test('what piled up while a channel did not answer is one message, and the gravest of it is its text', async t => {
	const {site, clock, sender} = await begins(t, [target('radio', {on: ['began', 'hold', 't0']})]);
	ears.radio.answer = async () => ({arrived: false, reason: 'HTTP 503', again: true});
	await looks({clock, sender}, 1);
	await site.does('hold', {reason: 'a smell of smoke'}, []);
	await site.does('schedule', {t0: new Date(systemClock.now() + 7_200_000).toISOString(), reason: 'aired'}, []);
	await looksUntil({clock, sender}, 'a second try', () => ears.radio.heard.length > 1);
	ears.radio.answer = async () => arrived('over');
	const last = () => ears.radio.heard.at(-1);
	await looksUntil({clock, sender}, 'the next message', () => last()?.id !== 'small/entry 1');
	const ids = ears.radio.heard.map(({id}) => id);
	assert.deepEqual(new Set(ids.slice(0, -1)), new Set(['small/entry 1']), 'the same message in each try');
	assert.equal(last()?.text, 'HOLD: a smell of smoke');
	assert.equal(last()?.lines.length, 2);
	assert.match(last()?.lines[0] ?? '', /^\d\d:\d\d HOLD: a smell of smoke$/);
	assert.match(last()?.lines[1] ?? '', /^\d\d:\d\d ana moved T0 /);
});

test('a message has the link of the page where that is served, and the address of the bridge beside it', async t => {
	const bridge = {url: 'https://meet.example.org/x', phone: '+49 69 1234'};
	const serve = {listen: 'unix:/run/cutover/web.sock', url: 'https://cutover.example.org'};
	const heardFrom = async (runbook: Given['runbook']): Promise<Message> => {
		const {clock, sender} = await begins(t, [target('radio')], {runbook});
		await looks({clock, sender}, 1);
		return ears.radio.heard[0] ?? assert.fail();
	};
	const both = await heardFrom({serve, bridge});
	assert.equal(both.link?.text, 'Page');
	assert.match(both.link?.url ?? '', /^https:\/\/cutover\.example\.org\/#[\w-]{22}$/);
	assert.equal(both.fields.find(({name}) => name === 'Bridge')?.value, `${bridge.phone} ${bridge.url}`);
	const open = await heardFrom({serve: {...serve, open: true}});
	assert.deepEqual(open.link, {text: 'Page', url: 'https://cutover.example.org/'});
	assert.deepEqual((await heardFrom({serve: {...serve, url: null}, bridge})).link, {text: 'Bridge', url: bridge.url});
	assert.equal((await heardFrom({})).link, null);
});

test('a channel at which nothing arrives is in the snapshot and the journal until something does', async t => {
	const {site, clock, sender} = await begins(t, [target('radio', {variables: ['RADIO']})]);
	ears.radio.answer = async () => ({arrived: false, reason: 'HTTP 503', again: true});
	await looks({clock, sender}, 8);
	assert.deepEqual(site.journal.state().notNotified, {}, 'a short silence is none');
	const missed = () => Object.keys(site.journal.state().notNotified);
	await looksUntil({clock, sender}, 'that nothing arrives', () => missed().length > 0);
	const [since] = Object.values(site.journal.state().notNotified).map(each => each.since);
	assert.deepEqual(site.journal.state().notNotified, {
		'radio RADIO': {channel: 'radio', since, reason: 'HTTP 503'},
	});
	ears.radio.answer = async () => arrived('over');
	await looksUntil({clock, sender}, 'that it arrives', () => missed().length === 0);
	const types = site.journal.entries().map(({type}) => type);
	assert.equal(types.filter(type => type === 'notificationFailed').length, 1);
	assert.equal(types.filter(type => type === 'notificationsRestored').length, 1);
});

test('an update comes at each round time of the clock, and says when the next one comes', async t => {
	const {clock, sender} = await begins(t, [target('radio', {on: [], everySeconds: 1800})]);
	await looks({clock, sender}, 10);
	// From a minute after a round time on, whatever the time of the day is.
	await clock.pass(1_860_000 - (clock.now() % 1_800_000));
	await looks({clock, sender}, 10);
	ears.radio.heard.length = 0;
	for (let minute = 0; minute < 120; minute++) {
		sender.look();
		await clock.pass(60_000);
	}
	assert.equal(ears.radio.heard.length, 4);
	for (const {on, fields, at} of ears.radio.heard) {
		assert.equal(on, 'update');
		assert.equal(at % 1_800_000, 0);
		assert.match(fields.find(({name}) => name === 'Next update')?.value ?? '', /^by \d\d:[03]0 [+-]\d\d:\d\d$/);
	}
});

test('a rehearsal sends nothing to a channel unless it is asked to, and writes what it would have sent', async t => {
	for (const notify of [false, true]) {
		const {site, clock, sender} = await begins(t, [target('radio')], {rehearsal: {speed: 1, notify}});
		await looks({clock, sender}, 2);
		assert.equal(ears.radio.heard.length, notify ? 1 : 0);
		if (notify) assert.match(ears.radio.heard[0]?.text ?? '', /^REHEARSAL: /);
		const log = readFileSync(join(site.folder, 'notify.log'), 'utf8');
		assert.match(log, notify ? /radio: began: REHEARSAL: .* \(over\)/ : /radio: began: .* \(not sent: a rehearsal\)/);
	}
});

test('the address of a channel, and what a service repeats of it, is in no file of the cutover', async t => {
	const path = '/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx';
	const {url, seen} = await standIn(t, ({path: asked}) => ({status: 404, text: `no_service at ${asked}`}));
	const key = 'R'.repeat(32);
	const values = {...settingsOf('pagerduty', url), key: 'PD_KEY'};
	const {site, sender} = await begins(
		t,
		[
			target('slack', {values: {url: 'SLACK'}, variables: ['SLACK']}),
			target('pagerduty', {values, variables: ['PD_KEY']}),
		],
		{env: {SLACK: `${url}${path}`, PD_KEY: key}},
	);
	await site.does('hold', {reason: `look at ${url}${path} and ${key}`}, []);
	sender.look();
	await site.shows('both answers', () => Object.keys(site.journal.state().notNotified).length === 2);
	await sender.finish();
	assert.ok(seen.length > 0);
	for (const [file, text] of textsBelow(site.folder))
		for (const secret of [path, key, 'abcdefghijklmnopqrstuvwx'])
			assert.ok(!text.includes(secret), `${file} holds ${secret}`);
	assert.ok(!seen.some(({text}) => text.includes(path)), 'no message holds it');
});

test('a HOLD for changed settings is sent to the channels that were approved, and to none that the change names', async t => {
	const settings = 'runbook.cutover.yaml';
	const {site, clock, sender} = await begins(t, [target('radio', {on: ['hold']})], {
		runbook: {settings},
		files: {[settings]: 'cutover: 1\nnotify: [{on: [hold], to: radio}]\n'},
		approved: [settings],
	});
	writeFileSync(join(site.workspace, settings), 'cutover: 1\nnotify: [{on: [hold], to: drum}]\n');
	await site.shows('the hold', () => site.journal.state().hold);
	await looksUntil({clock, sender}, 'the message', () => ears.radio.heard.length > 0);
	await sender.finish();
	assert.match(ears.radio.heard[0]?.text ?? '', /^HOLD: changed since the approval: runbook\.cutover\.yaml/);
	assert.deepEqual(ears.drum.heard, []);
});

test('a message that is refused does not keep the next ones', async t => {
	const {site, clock, sender} = await begins(t, [target('radio')]);
	ears.radio.answer = async () => refused('HTTP 400');
	await looks({clock, sender}, 1);
	await site.does('hold', {reason: 'a smell of smoke'}, []);
	const failed = () => site.journal.entries().filter(({type}) => type === 'notificationFailed').length;
	await looksUntil({clock, sender}, 'both failures', () => failed() === 2);
	assert.deepEqual(
		ears.radio.heard.map(({on}) => on),
		['began', 'hold'],
	);
});

test('who is notified of the close hears that a cutover is abandoned, with the calendar that cancels its stages', async t => {
	const {site, clock, sender} = await begins(t, [target('radio', {on: ['began', 'closed']})]);
	await looksUntil({clock, sender}, 'the begin', () => ears.radio.heard.length === 1);
	assert.match(ears.radio.heard[0]?.calendar ?? '', /^BEGIN:VCALENDAR/);
	await site.does('abandon', {reason: 'no window'}, ['ABANDON']);
	await looksUntil({clock, sender}, 'the end', () => ears.radio.heard.length === 2);
	const [, {text, calendar} = {text: '', calendar: null}] = ears.radio.heard;
	assert.match(text, /ABANDONED/);
	assert.match(calendar ?? '', /STATUS:CANCELLED/);
});

test('an alarm that time brought is over with the close', async t => {
	const stages = [stage('T-59', -59, {}), stage('T0', 0, {kind: 'act'})];
	const {site, clock, sender} = await begins(t, [target('radio', {on: ['overdue', 'closed']})], {runbook: {stages}});
	await clock.pass(180_000);
	await looksUntil({clock, sender}, 'the alarm', () => ears.radio.heard.length === 1);
	await site.does('abandon', {reason: 'no window'}, ['ABANDON']);
	await looksUntil({clock, sender}, 'the end', () => ears.radio.heard.length === 2);
	const [late, end] = ears.radio.heard;
	assert.deepEqual([late?.on, end?.on], ['overdue', 'closed']);
	assert.ok(end?.ends.includes(late?.id ?? ''));
});
