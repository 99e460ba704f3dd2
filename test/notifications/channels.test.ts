/** What each channel posts, against servers that refuse what the real services refuse. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {message, sends} from './messages.ts';
import {secret, services, settingsOf, standIn} from './stand-ins.ts';

const names = Object.keys(services) as readonly (keyof typeof services)[];

/** Texts that a runbook, a reason or an answer may hold, and that some service reads as its own. */
const hostile = [
	'<!channel> <@U012AB3CD> <users/all> @channel @here @everyone',
	'[click](https://evil.example) **bold** `code` # heading\\',
	'<b>html</b> &amp; "quotes" \'single\'',
	'👩‍👩‍👧‍👦 ﷽ 漢字 \ud83d'.toWellFormed(),
];

for (const name of names) {
	test(`${name} takes a message, and one of several lines`, async t => {
		const {url, seen} = await standIn(t, services[name]);
		const lines = ['21:00 T-60 is overdue', '21:47 HOLD: G5 failed'];
		for (const one of [
			message(),
			message({lines}),
			message({link: null, fields: []}),
			message({on: 'go', level: 'good'}),
		])
			assert.deepEqual({...(await sends(name, settingsOf(name, url), one)), said: ''}, {arrived: true, said: ''});
		if (name !== 'webhook' && name !== 'ntfy')
			assert.ok(seen.some(({text}) => text.includes('https://meet.example.org/x')));
	});

	test(`${name} takes a message of any length, which mentions nobody`, async t => {
		const {url} = await standIn(t, services[name]);
		// Up to 100 KB each; said as part and number, so that a counterexample can be read.
		const text = fc.tuple(fc.constantFrom('x', '&', '"', '…', ...hostile), fc.constantFrom(1, 50, 1500));
		const long = ([part, times]: readonly [string, number]): string => part.repeat(times);
		await fc.assert(
			fc.asyncProperty(
				text,
				fc.array(text, {maxLength: 60}),
				fc.array(text, {maxLength: 30}),
				async (words, told, values) => {
					const lines = told.map(long);
					const fields = values.map(value => ({name: long(value).slice(0, 300), value: long(value)}));
					const one = message({title: long(words), text: long(words), lines, fields, story: lines});
					const answer = await sends(name, settingsOf(name, url), one);
					assert.ok(answer.arrived, answer.arrived ? '' : answer.reason);
				},
			),
			{numRuns: 15},
		);
	});
}

test('Teams shows a number and a dash at the beginning of a text as they are', async t => {
	const {url, seen} = await standIn(t, services.teams);
	await sends('teams', settingsOf('teams', url), message({text: '2. vendor is late', title: '- Move the ledger'}));
	const [text, title] = JSON.parse(seen[0]?.text ?? '').attachments[0].content.body;
	assert.deepEqual([text.text, title.text], ['2\\. vendor is late', '\\- Move the ledger']);
});

test('the signature of a webhook holds for the receiver, and its id is the same in every try', async t => {
	const {url, seen} = await standIn(t, services.webhook);
	for (const again of [1, 2])
		assert.ok((await sends('webhook', settingsOf('webhook', url), message())).arrived, `${again}`);
	assert.equal(seen[0]?.headers['webhook-id'], seen[1]?.headers['webhook-id']);
	assert.equal(JSON.parse(seen[0]?.text ?? '').type, 'cutover.hold');
	const other = await sends('webhook', settingsOf('webhook', url), message({id: 'ledger-2031/entry 32'}));
	assert.ok(other.arrived);
	assert.notEqual(seen[2]?.headers['webhook-id'], seen[0]?.headers['webhook-id']);
	const wrong = {...settingsOf('webhook', url), secret: `${secret.slice(0, -4)}AAAA`};
	assert.deepEqual(await sends('webhook', wrong, message()).then(({arrived}) => arrived), false);
});

test('PagerDuty pages for what on names, only notes what change names, and resolves what is over', async t => {
	const {url, seen} = await standIn(t, services.pagerduty);
	const settings = {...settingsOf('pagerduty', url), change: ['t0', 'kept']};
	const fired = message({on: 'fired', id: 'ledger-2031/entry 40'});
	for (const one of [
		fired,
		message({on: 't0', level: 'info'}),
		message({on: 'kept', level: 'good', ends: [fired.id]}),
		message({on: 'update', level: 'info'}),
	])
		assert.ok((await sends('pagerduty', settings, one)).arrived);
	const told = seen.map(({path, text}) => {
		const {event_action: action = 'change', dedup_key: key = ''} = JSON.parse(text);
		return `${path} ${action} ${key}`.trimEnd();
	});
	assert.deepEqual(told, [
		'/v2/enqueue trigger ledger-2031/entry 40',
		'/v2/change/enqueue change',
		'/v2/enqueue resolve ledger-2031/entry 40',
		'/v2/change/enqueue change',
		'/v2/change/enqueue change',
	]);
});

test('a value that cannot be used is refused without being repeated', async () => {
	const wrong: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
		['slack', {url: 'hooks.slack.com/services/SECRET'}],
		['teams', {url: 'ftp://SECRET.example/'}],
		['ntfy', {url: 'https://SECRET.example'}],
		['webhook', {url: 'https://hook.example', secret: 'SECRET'}],
	];
	for (const [name, values] of wrong)
		await assert.rejects(sends(name, values, message()), (error: Error) => !/SECRET/.test(error.message), name);
});
