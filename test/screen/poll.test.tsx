/* On the poll the key beside NEXT and YOU does what is written there, as it does on the board. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {backNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
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

test('before a go the poll names what people have not done by hand', async () => {
	const stages = runbook.stages.map(row => (row.id === 'T-60' ? {...row, kind: 'manual' as const, gates: []} : row));
	const acts = backNight
		.filter(({at: time}) => time < at('21:00:00'))
		.map(act =>
			act.command.type === 'begin'
				? {...act, command: {...act.command, data: {...act.command.data, runbook: {...runbook, stages}}}}
				: act,
		);
	const stage = await Stage.open({acts, now: '21:10:00', you: alice, screen: 'poll'});
	assert.match(stage.text(), /^ ! T-60 OVERDUE /m);
});

test('a poll that its last vote closed is not shown as open', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:24:00', you: alice, screen: 'poll'});
	assert.match(stage.text(), /poll closed 22:17:05/);
	assert.match(stage.text(), /^ GO given {2}T0 22:25:00/);
	assert.doesNotMatch(stage.text(), /poll open/);
});
