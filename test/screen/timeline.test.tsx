/* The rows of the timeline: what stands beside a name can be told from it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {begins} from '../given.ts';
import {alice} from '../scenarios/people.ts';
import {drawn} from './draw.tsx';

const nobodyYet = {...alice, role: null};

test('two stages that share a row keep a space between a time and who the row waits for', () => {
	const begun = begins('20:50:00', nobodyYet, '22:00:00');
	const {command} = begun;
	assert.ok(command.type === 'begin');
	const nobody = {...command, data: {...command.data, runbook: {...command.data.runbook, people: null}}};
	const text = drawn(
		{acts: [{...begun, command: nobody}], now: '20:51:00', you: nobodyYet, screen: 'board'},
		{columns: 80, rows: 23},
	);
	const row = text.split('\n').find(line => line.includes('T+30 WAITING')) ?? '';
	assert.ok(row.includes('T+10 WAITING'), text);
	assert.match(row, /T\+30 WAITING {2}22:30 +\S/);
});
