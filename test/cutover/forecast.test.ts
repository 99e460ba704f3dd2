import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Snapshot} from '../../source/cutover/snapshot/snapshot.ts';
import {type Act, at, begins, does, given} from '../given.ts';
import {runbookOf} from '../runbook/sample.ts';
import {alice} from '../scenarios/people.ts';

const text = `# Move

## Steps

### Stop

- halt

### Copy the volumes

- storage

### Copy the logs

- databases

### Decide

- all say yes

### Switch

- turn

### Look

- answers
`;

const map = `cutover: 1
reading:
  owner: ops
  zero: switch
  decision: decide
  closing: look
  stages:
    - { id: stop, from: Stop, takes: 10m }
    - { id: volumes, from: "Copy the volumes", takes: 60m, after: stop }
    - { id: logs, from: "Copy the logs", takes: 30m, with: volumes }
    - { id: decide, from: Decide, takes: 5m, after: [volumes, logs] }
    - { id: switch, from: Switch, takes: 15m }
    - { id: look, from: Look, takes: 10m }
  reviewed: { by: vera, on: "2031-01-01", parts: {} }
`;

const book = runbookOf(text, {settings: map});
const ops: Person = {...alice, role: 'ops'};
const open: readonly Act[] = [begins('20:30', ops, '22:15', book)];

const runs = (time: string, stage: string): Act =>
	does(time, ops, 'run', {target: stage, resume: false, early: true, reason: 'test', ticket: null, reference: null});
const done = (time: string, stage: string, result: 'pass' | 'fail' = 'pass'): Act =>
	does(time, ops, 'report', {
		stage,
		result,
		items: [],
		note: null,
		reference: null,
		done: null,
		early: true,
		reason: 'test',
	});

const standing = (acts: readonly Act[], now: string): Snapshot => given(acts, now).snapshot(null);

const rows = ({stages}: Snapshot) => stages.map(({id, beside, critical}) => [id, beside, critical]);

test('stages that begin together are side by side, and the longer one decides the end', () => {
	const snapshot = standing(open, '20:35');
	assert.deepEqual(rows(snapshot), [
		['stop', null, true],
		['volumes', 'first', true],
		['logs', 'last', false],
		['decide', null, true],
		['switch', null, true],
		['look', null, true],
	]);
	assert.deepEqual(snapshot.forecast, {end: at('22:40'), lateSeconds: 0, deciding: 'stop'});
});

test('what is late moves the forecast of all that waits for it, and of nothing else', () => {
	const snapshot = standing([...open, done('21:20', 'stop')], '21:25');
	const expected = Object.fromEntries(snapshot.stages.map(({id, expected: begin}) => [id, begin]));
	assert.equal(expected['volumes'], at('21:25'));
	assert.equal(expected['decide'], at('22:25'));
	assert.equal(expected['switch'], at('22:30'));
	assert.deepEqual(snapshot.forecast, {end: at('22:55'), lateSeconds: 15 * 60, deciding: 'volumes'});
});

test('a short stage that hangs becomes the critical one', () => {
	const acts = [...open, done('21:09', 'stop'), runs('21:10', 'logs'), done('21:30', 'volumes')];
	const snapshot = standing(acts, '22:20');
	const critical = snapshot.stages.filter(stage => stage.critical).map(({id}) => id);
	assert.deepEqual(critical, ['logs', 'decide', 'switch', 'look']);
	assert.equal(snapshot.forecast?.deciding, 'logs');
});

test('a stage that failed decides the end until it is done, and is expected to take its time again', () => {
	const critical = ({stages}: Snapshot) => stages.filter(stage => stage.critical).map(({id}) => id);
	const failed = standing([...open, done('21:20', 'stop'), done('21:30', 'volumes', 'fail')], '21:40');
	assert.deepEqual(critical(failed), ['volumes', 'decide', 'switch', 'look']);
	assert.deepEqual(failed.forecast, {end: at('23:10'), lateSeconds: 30 * 60, deciding: 'volumes'});
	const passed = standing([...open, done('21:20', 'stop'), done('21:30', 'volumes')], '21:40');
	assert.deepEqual(critical(passed), ['logs', 'decide', 'switch', 'look']);
});

test('the last stage decides the end where it takes no time', () => {
	const read = runbookOf(text, {settings: map.replace('from: Look, takes: 10m', 'from: Look, after: switch')});
	const snapshot = standing([begins('20:30', ops, '22:15', read)], '20:35');
	assert.deepEqual(rows(snapshot).at(-1), ['look', null, true]);
});

test('a stage with a time of its own waits for the stages before it, too', () => {
	const fixed = map.replace('from: Decide, takes: 5m, after: [volumes, logs]', 'from: Decide, takes: 5m, at: T-20m');
	const read = runbookOf(text, {settings: fixed});
	const snapshot = standing([begins('20:30', ops, '22:15', read), done('21:20', 'stop')], '21:25');
	const decide = snapshot.stages.find(({id}) => id === 'decide');
	assert.equal(decide?.expected, at('22:25'));
	assert.deepEqual(snapshot.forecast, {end: at('22:55'), lateSeconds: 15 * 60, deciding: 'volumes'});
});

test('a runbook of times alone has no forecast', () => {
	assert.equal(standing([begins('21:00', alice, '22:00')], '21:05').forecast, null);
});
