import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {fieldText, oneLine, textLines} from '../../source/evidence/formats/text.ts';

const runbook: Runbook = {
	title: 'Orders',
	path: '/w/orders.md',
	digest: 'sha256:0',
	settings: null,
	gates: [],
	stages: [],
	triggers: [],
	rollback: null,
	signOffs: [],
	evidence: [
		{field: 'Ticket', text: 'Ticket:'},
		{field: null, text: '-- decisions --'},
		{field: 'Closed at', text: 'Closed at:'},
	],
	roles: [],
	people: null,
	id: null,
	environment: null,
	ticket: null,
	t0: null,
	secrets: [],
	pass: [],
};

test('the block is the template line for line, each field with its value', () => {
	const fields = [
		{field: 'Ticket', value: 'CHG-7'},
		{field: 'Closed at', value: '22:30'},
	];
	const state = {id: 'orders', rehearsal: null};
	assert.deepEqual(textLines({runbook, fields, state}), ['Ticket: CHG-7', '-- decisions --', 'Closed at: 22:30']);
});

test('the block of a rehearsal says so in its first line, and is the template below it', () => {
	const fields = [{field: 'Ticket', value: 'CHG-7'}];
	const real = textLines({runbook, fields, state: {id: 'orders', rehearsal: null}});
	const [first, ...others] = textLines({runbook, fields, state: {id: 'orders', rehearsal: {speed: 60}}});
	assert.match(first ?? '', /^REHEARSAL orders, clock x60/);
	assert.deepEqual(others, real);
});

test('a field is never blank', () => {
	assert.match(fieldText([{field: 'Ticket', value: null}], 'Ticket'), /^not recorded \(/);
	assert.match(fieldText([{field: 'Ticket', value: '  '}], 'Ticket'), /^not recorded \(/);
	assert.match(fieldText([], 'Ticket'), /^not recorded \(/);
});

test('a value is one line, whatever it holds', () => {
	assert.equal(oneLine('first\n second\r\n\nthird'), 'first / second / third');
	assert.equal(oneLine('red \u001b[31m'), 'red ␛[31m');
});
