import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mapOf} from './adopted.ts';
import {lines, night} from './night.ts';
import {codes, read} from './sample.ts';

test('an indented block is code: its times are reported, and a block that no part uses is shown', () => {
	const times = lines(
		'The plan:',
		'',
		'    T-60  freeze',
		'    T0    switch',
		'',
		'    T+30  close',
		'',
		'That is all.',
	);
	const {problems, unused} = read(times);
	const [error] = problems;
	assert.deepEqual([error?.code, error?.line], ['timeline-fenced', 5]);
	assert.deepEqual(unused, [{line: 5, end: 8, heading: '', what: '1 fence'}]);
	assert.deepEqual(
		read(times, {settings: mapOf(times)}).runbook?.stages.map(({offsetSeconds, action}) => [offsetSeconds, action]),
		[
			[-3600, 'freeze'],
			[0, 'switch'],
			[1800, 'close'],
		],
	);
});

test('code that is indented under an item is no part of its text', () => {
	const gates = lines('## Gates', '', '- [ ] **G1** The lag is low (dba)', '', '      ops/lag.sh --strict', '', night);
	const {runbook} = read(gates);
	assert.deepEqual(
		runbook?.gates.map(({title, commands}) => [title, commands]),
		[['The lag is low', ['ops/lag.sh --strict']]],
	);
	assert.ok(!codes(read(gates).problems).includes('gate-command'));
});
