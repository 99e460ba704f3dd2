/* On the poll the key beside NEXT and YOU does what is written there, as it does on the board. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

test('once the poll is closed by a go, its run key begins T0', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:24:00', you: alice, screen: 'poll'});
	assert.match(stage.text(), /NEXT .*T0.*\[r\] run/);
	const shown = await stage.press('r');
	assert.match(shown, /── START T0 ──/);
	assert.doesNotMatch(shown, /RUN T-10/);
});

test('while the poll is open its run key judges the gates of the poll', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:16:48', you: alice, screen: 'poll'});
	assert.match(await stage.press('r'), /── RUN T-10 ──/);
});

test('a poll that its last vote closed is not shown as open', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:24:00', you: alice, screen: 'poll'});
	assert.match(stage.text(), /poll closed 22:17:05/);
	assert.match(stage.text(), /^ GO given {2}T0 22:25:00/);
	assert.doesNotMatch(stage.text(), /poll open/);
});
