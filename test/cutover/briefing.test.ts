/** The briefing for a person who returns to the board. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {brief} from '../../source/cutover/snapshot/briefing.ts';
import {at, given} from '../given.ts';
import {failedNight} from '../scenarios/night.ts';
import {carolOfQa, dave} from '../scenarios/people.ts';

const night = given(failedNight, '21:47:19');
const reported = (from: string, you = carolOfQa) => brief(night.snapshot(you), night.entries, at(from), you);

test('the briefing lists what happened since, oldest first, without the steps of runners', () => {
	const {happened} = reported('21:31:00');
	assert.ok(happened.length > 0);
	assert.ok(happened.every(({at: when}) => when > at('21:31:00')));
	assert.deepEqual(
		happened.map(({seq}) => seq),
		happened.map(({seq}) => seq).toSorted((a, b) => a - b),
	);
	assert.ok(happened.every(({text}) => !text.includes('step')));
});

test('the briefing lists no events if nothing has happened since', () =>
	assert.deepEqual(reported('21:47:19').happened, []));

test('the briefing names the newest action of this person and of nobody else', () => {
	assert.match(reported('21:31:00').lastAct?.text ?? '', /carol/);
	assert.match(reported('21:31:00', dave).lastAct?.text ?? '', /dave/);
});

test('the briefing separates what is waiting for this person from what is waiting for others', () => {
	const {waitsForOthers, waitsForYou} = reported('21:31:00');
	assert.ok([...waitsForYou, ...waitsForOthers].length > 0);
	assert.ok(waitsForOthers.every(({roles, mine}) => roles.length > 0 && !mine));
	assert.ok(waitsForYou.every(({mine}) => mine));
});
