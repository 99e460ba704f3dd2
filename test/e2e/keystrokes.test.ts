/**
 * How many keys the reference cutover takes one person, at the built program in a pseudo-terminal.
 */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {site} from './operator.ts';
import {referenceWalk} from './reference-walk.ts';

test('one person runs the reference cutover from T-60 to CLOSED in at most 60 keystrokes', {
	timeout: 300_000,
}, async t => {
	const place = site(t);
	const {code, stderr} = await place.cli(
		'begin',
		'runbook.md',
		'--t0',
		'+1m',
		'--ticket',
		'CHG-7',
		'--environment',
		'staging',
	);
	assert.equal(code, 0, stderr);
	const operator = place.open();
	await operator.shows('PREPARING');
	const count = await referenceWalk(operator);
	t.diagnostic(`${count} keystrokes`);
	assert.ok(count <= 60, `${count} keystrokes`);
	operator.terminal.press('q');
	await operator.terminal.exited;
});
