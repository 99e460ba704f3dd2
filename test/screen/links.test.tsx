/* Personal links on the screen: who is invited and there, and how somebody is invited. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Act, does} from '../given.ts';
import {documentAt} from '../page/shown.ts';
import {backNight} from '../scenarios/night.ts';
import {alice, dave, runner} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const invitation = does('21:30', alice, 'invite', {name: 'carol', roles: [], sent: 'print', code: true, until: null});

const invited = (...more: readonly Act[]): readonly Act[] =>
	[...backNight, invitation, ...more].toSorted((a, b) => a.at - b.at);

const atVote = {now: '22:16:48', you: alice} as const;

test('the roll call says who has a link, and whether it was opened', async () => {
	const sent = await Stage.open({acts: invited(), ...atVote, screen: 'poll'});
	assert.match(sent.text(), /ops-lead {2,}carol.*has not voted · link sent 21:30/);
	const opened = does('21:45:10', runner, 'recordOpened', {link: 'I1', from: '192.0.2.7', agent: 'Firefox'});
	const stage = await Stage.open({acts: invited(opened), ...atVote, screen: 'poll'});
	assert.match(stage.text(), /ops-lead {2,}carol.*has not voted · link opened 21:45/);
});

test('NEXT says that whoever opened a link can answer, on the board and on the page', async () => {
	const opened = does('21:45:10', runner, 'recordOpened', {link: 'I1', from: '192.0.2.7', agent: 'Firefox'});
	const acts = invited(opened);
	const stage = await Stage.open({acts, now: atVote.now, you: dave});
	assert.match(stage.text(), /NEXT .*carol.* · carol can answer by link/);
	assert.match(
		documentAt({acts, now: atVote.now, you: dave, screen: 'board'}),
		/<b>NEXT<\/b> [^<]*carol[^<]*; carol can answer by link/,
	);
	const before = await Stage.open({acts: invited(), now: atVote.now, you: dave});
	assert.doesNotMatch(before.text(), /can answer/);
});

test('a link that is locked is shown on row 1', async () => {
	const locked = does('21:45:10', runner, 'lockLink', {link: 'I1', from: '192.0.2.7'});
	const stage = await Stage.open({acts: invited(locked), ...atVote});
	assert.match(stage.text().split('\n')[0] ?? '', /! link I1 of carol LOCKED/);
});

test('an invitation from the palette says its digits once', async () => {
	const stage = await Stage.open({acts: backNight, ...atVote});
	await stage.keys(':', ...'invite', 'enter', ...'bob');
	const shown = await stage.press('enter');
	assert.match(shown, /Say to bob, once: 482 915/);
	assert.match(stage.done.join(), /invite .*"name":"bob".*"code":true/);
});
