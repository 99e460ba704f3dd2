import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingOf} from '../../source/screen/keys/keys.ts';
import {keptNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {small, wide} from './draw.tsx';
import {Stage} from './stage.tsx';

const opened = (size = small): Stage => Stage.replay({acts: keptNight, now: '23:59', you: alice, size});

const rowOne = (text: string): string => text.split('\n')[0] ?? '';

test('row 1 of a replay says REPLAY, the replayed time, and which event of all is shown', async () => {
	const stage = opened();
	const count = stage.model.subject.cutover?.replay?.entries().length;
	assert.match(rowOne(stage.text()), new RegExp(` REPLAY \\d\\d:\\d\\d:\\d\\d 1/${count} paused *$`));
	assert.match(rowOne(opened(wide).text()), / REPLAY 2031-01-14 \d\d:\d\d:\d\d 1\//);
	assert.match(await opened({columns: 60, rows: 8}).press('right'), /^REPLAY PREPARING/);
});

test('a replay steps one event forth and back, and each screen is that of the time', async () => {
	const stage = opened();
	const entries = stage.model.subject.cutover?.replay?.entries() ?? [];
	for (const [index, {seq}] of entries.entries()) {
		assert.equal(stage.journal.entries().length, index + 1);
		assert.equal(stage.journal.state().seq, seq);
		assert.equal(stage.snapshot().now, Date.parse(entries[index]?.at ?? ''));
		await stage.keys('right');
	}
	assert.match(stage.text(), new RegExp(`${entries.length}/${entries.length} paused`), 'it stays at its end');
	const after = stage.snapshot().status;
	await stage.keys(...entries.map(() => 'left'));
	assert.equal(stage.journal.entries().length, 1, 'and at its beginning');
	assert.notEqual(stage.snapshot().status, after);
});

test('a replay jumps to an event that is found by its words, also one that is still ahead', async () => {
	const stage = opened();
	const listed = await stage.press('j');
	assert.match(listed, /JUMP TO AN EVENT/);
	assert.match(listed, />\s+1 {2}\d\d:\d\d:\d\d {2}alice began/, 'it opens at the event that is shown');
	await stage.keys('/');
	await stage.type('T0 begun');
	const there = await stage.press('enter');
	assert.equal(stage.journal.entries().at(-1)?.type, 't0Begun');
	assert.match(rowOne(there), /EXECUTING .* paused *$/);
	assert.equal(stage.view.dialog, null);
});

test('in a replay every act is refused, nothing is recorded, and none is offered', async () => {
	const stage = opened();
	const before = stage.journal.entries();
	const shown = stage.text();
	assert.doesNotMatch(shown, /\[r\]|do NEXT/);
	for (const key of ['r', 'g', 'g', '!', '0', 'B', 'n', 't'])
		assert.match(await stage.press(key, 'enter', 'esc', key), /This is a replay|GO|TRIGGER|NEXT/, key);
	assert.match(await stage.press('esc', '!'), /This is a replay: nothing is recorded and nothing runs\./);
	await stage.keys('.', 'enter');
	assert.deepEqual(stage.journal.entries(), before);
	assert.deepEqual(stage.done, []);
});

test('the keys of a replay do nothing on a live cutover', () => {
	for (const key of [' ', 'left', 'right', '-', '+', 'j']) {
		assert.equal(bindingOf('board', key), undefined, key);
		assert.ok(bindingOf('board', key, true), key);
	}
});
