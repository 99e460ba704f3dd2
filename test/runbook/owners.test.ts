/* Who does a stage, in the ways that runbooks say it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines} from './night.ts';
import {read} from './sample.ts';

const owners = (text: string) => read(text).runbook?.stages.map(stage => stage.owners.join('+'));
const times = ['T-30', 'T0', 'T+60'];
/** Stages as headings, each with these lines. */
const stages = (body: (index: number) => readonly string[], title = (_: number) => '') =>
	lines(...times.flatMap((time, index) => [`## ${time}${title(index)}`, '', ...body(index), '']));
const titles = ['Prepare', 'Switch', 'Close'];
const names = ['Label team', 'Platform', 'Label team'];
const meant = ['label-team', 'platform', 'label-team'];

test('what a heading says before its owner is no owner', () => {
	for (const mark of [' — ', ' | ', ' @'])
		assert.deepEqual(
			owners(
				stages(
					() => ['- a'],
					index => `: ${titles[index]}${mark}${mark === ' @' ? meant[index] : names[index]}`,
				),
			),
			meant,
		);
});

test('each item of a stage names who does it, before it or in brackets behind it', () => {
	const people = [['Build', 'Platform'], ['Lead'], ['Platform']];
	const all = ['build+platform', 'lead', 'platform'];
	const each = (item: (name: string) => string) => owners(stages(index => (people[index] ?? []).map(item)));
	assert.deepEqual(
		each(name => `- [ ] **${name}**: go/no-go said by all`),
		all,
	);
	assert.deepEqual(
		each(name => `- [ ] all of it is there [${name}]`),
		all,
	);
	assert.deepEqual(
		each(name => `- [ ] all of it is there (@${name.toLowerCase()})`),
		all,
	);
	assert.deepEqual(owners(stages(() => ['- Traffic: 10 %', '- Logs: quiet', '- Traffic: all'])), ['', '', '']);
});

test('labels name several owners, alone on a line, in a quote or in a table', () => {
	assert.deepEqual(owners(stages(index => ['**Owner**', '', `${names[index]}`, '', '**Steps**', '', '- a'])), meant);
	assert.deepEqual(owners(stages(index => [`> Owner: ${names[index]}`, '', '- a'])), meant);
	assert.deepEqual(
		owners(stages(index => ['| Field | Value |', '|---|---|', `| Owner | ${names[index]} |`, '| Action | a |'])),
		meant,
	);
	assert.deepEqual(owners(stages(() => ['- Owner: Ana', '- Owner: Ben', '- a'])), ['ana+ben', 'ana+ben', 'ana+ben']);
});

test('an address is a name as it is written, and a footnote no part of one', () => {
	const rows = ['vera@example.org', '[tom@example.org](mailto:tom@example.org)', '*Lead*[^1]'];
	const table = [
		'| Time | Owner | Action |',
		'|---|---|---|',
		...rows.map((name, index) => `| ${times[index]} | ${name} | a |`),
	];
	assert.deepEqual(owners(lines(...table, '', '[^1]: Or a deputy.')), ['vera@example.org', 'tom@example.org', 'lead']);
});
