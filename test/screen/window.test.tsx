import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backNight, before} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {Stage} from './stage.tsx';

/** T0 is at 22:25, T+30 closes: latest go 22:40, latest rollback 23:10. */
const window = {start: '2031-01-14T21:00:00+01:00', end: '2031-01-14T23:30:00+01:00', rollbackSeconds: 1200};
const night = before.map(act =>
	act.command.type === 'begin'
		? {...act, command: {...act.command, data: {...act.command.data, runbook: {...runbook, window}}}}
		: act,
);
const row = async (now: string, index = 1, size = {columns: 80, rows: 24}): Promise<string> =>
	(await Stage.open({acts: night, now, you: alice, size})).text().split('\n')[index] ?? '';

test('row 2 counts down to the latest go, then to the latest rollback', async () => {
	assert.match(await row('22:18:00'), /latest go 22:40/);
	assert.match(await row('22:28:00'), /latest rollback 23:10/);
	assert.match(await row('23:00:00'), /LATEST ROLLBACK 23:10 in 10:00/);
	assert.match(await row('23:11:00'), /PAST LATEST ROLLBACK 23:10/);
	assert.match(await row('22:31:00', 1, {columns: 60, rows: 20}), /now 22:31:00 \+01:00/);
	assert.match(await row('23:00:00', 1, {columns: 60, rows: 20}), /^[^…]*LATEST ROLLBACK 23:10$/);
});

test('past the latest rollback the form asks for its word beside ROLLBACK', async () => {
	const stage = await Stage.open({acts: night, now: '23:11:00', you: alice, size: {columns: 120, rows: 40}});
	await stage.press('B');
	await stage.type('checkouts fail');
	assert.match(
		await stage.press('enter'),
		/The latest rollback was 23:10:00[\s\S]*type ROLLBACK to confirm:.*\(1 of 2\)/,
	);
	await stage.type('ROLLBACK');
	await stage.press('enter');
	await stage.type('OUTSIDE WINDOW');
	await stage.press('enter');
	const begun = stage.journal.entries().find(({type}) => type === 'rollbackBegun');
	assert.ok(begun?.type === 'rollbackBegun' && begun.data.outsideWindow !== undefined);
});

test('the newest entry is once on the board, at any number of rows', async () => {
	for (const rows of [24, 25, 26, 27, 28, 36]) {
		const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, size: {columns: 80, rows}});
		assert.equal(stage.text().split('21:16:03 G3 PASS').length, 2, `${rows} rows`);
	}
});
