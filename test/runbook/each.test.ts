import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Answers} from '../../source/runbook/adopt/proposal.ts';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {repairedText, repairsOf, reviewedText} from '../../source/runbook/adopt/repair.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {placeOf, read} from './sample.ts';

const ledger = `# Ledger move

## Steps

Numbers are in the wiki.

| # | Action | Duration | Owner |
|---|---|---|---|
| 1 | Close the shops | 10 min | Ops |
| 2 | Back up the ledger | 30 min | DBA, Ops |
| 3 | Lunch | 1h | |
| 4 | Go or no-go | 5 | Lead |
| 5 | Switch the ledger | 10 min | Ops |
| 6 | Keep or go back | - | Lead |

## Before we start

- [ ] The restore test is green
  - [ ] on both hosts
- [ ] The shops know the hour

Ask the desk first.

## When to go back

- Orders are lost
- The ledger is down for more than 10 minutes
- Counts differ
`;
const steps =
	'{ each: row, in: Steps, but: ["3 | Lunch…"], fields: { id: Action, takes: Duration, owner: Owner, says: Action } }';
const gates = '{ each: box, in: Before we start, ids: P }';

const mapWith = (stages: readonly string[] = [steps], others: readonly string[] = [`gates: [${gates}]`]): string =>
	[
		'cutover: 1',
		'reading:',
		'  owner: ops',
		'  zero: switch-the-ledger',
		'  decision: go-or-no',
		'  stages:',
		...stages.map(one => `    - ${one}`),
		...others.map(one => `  ${one}`),
		'',
	].join('\n');

const errorsOf = (text: string, settings: string): readonly string[] =>
	read(text, {settings})
		.problems.filter(({severity}) => severity === 'error')
		.map(({code, line, column, file}) => `${file === undefined ? 'text' : 'map'}:${line}:${column} ${code}`);

const stagesOf = (settings: string) =>
	read(ledger, {settings}).runbook?.stages.map(({id, offsetSeconds, owners, plan}) => [
		id,
		offsetSeconds / 60,
		owners.join(),
		(plan?.takesSeconds ?? 0) / 60,
	]);

test('each row of a table is a stage, by what its columns say; what is left out is none, and no longer unused', () => {
	const settings = mapWith();
	assert.deepEqual(errorsOf(ledger, settings), []);
	assert.deepEqual(stagesOf(settings), [
		['close-the-shops', -45, 'ops', 10],
		['back-up-the', -35, 'DBA,ops', 30],
		['go-or-no', -5, 'lead', 5],
		['switch-the-ledger', 0, 'ops', 10],
		['keep-or-go', 10, 'lead', 0],
	]);
	assert.deepEqual(
		read(ledger, {settings}).seen?.gates.map(({id, title}) => [id, title]),
		[
			['P-1', 'The restore test is green'],
			['P-2', 'The shops know the hour'],
		],
	);
	const {unused} = read(ledger, {settings});
	assert.ok(unused.every(({heading}) => heading !== 'Steps'));
});

test('an entry of one row comes before that of each, in the turn of its row, and its place keeps its number', () => {
	const own = '{ id: backup, from: "2 | Back up the…", takes: 20m, owner: night }';
	for (const stages of [
		[steps, own],
		[own, steps],
	])
		assert.deepEqual(stagesOf(mapWith(stages))?.slice(0, 2), [
			['close-the-shops', -35, 'ops', 10],
			['backup', -25, 'night', 20],
		]);
	const gate = '{ id: restore, from: "The restore test is…", acknowledge: [dba] }';
	const {runbook} = read(ledger, {settings: mapWith([steps], ['gates:', `  - ${gates}`, `  - ${gate}`])});
	assert.deepEqual(
		runbook?.gates.map(({id, kind}) => [id, kind]),
		[
			['restore', 'acknowledgement'],
			['P-2', 'statement'],
		],
	);
	const signed = mapWith([steps], [`gates: [${gates}]`, 'signOffs: [{ role: dba, from: "The restore test is…" }]']);
	assert.deepEqual(
		read(ledger, {settings: signed}).runbook?.gates.map(({id}) => id),
		['P-2'],
	);
});

const night = `# Night

## Evening

| Time | Step |
|---|---|
| T-2h | Freeze |
| 22:30 | Go or no-go |
| 23:30 - 23:45 | Switch |
| 00:30 | Look |

## Morning

| Time | Step |
|---|---|
| 06:00 | Keep |
`;

test('times of day count from the row at T0, also where that has an entry of its own, and are an error without it', () => {
	const times = '{ each: row, in: Evening, fields: { id: Step, at: Time, says: Step } }';
	const map = (...stages: readonly string[]): string =>
		mapWith(stages, []).replace('zero: switch-the-ledger', 'zero: switch');
	const offsets = (settings: string) =>
		read(night, {settings}).seen?.stages.map(({id, offsetSeconds}) => [id, offsetSeconds / 60]);
	const read4 = [
		['freeze', -120],
		['go-or-no', -60],
		['switch', 0],
		['look', 60],
	];
	assert.deepEqual(errorsOf(night, map(times)), []);
	assert.deepEqual(offsets(map(times)), read4);
	assert.deepEqual(offsets(map(times, '{ id: switch, from: "23:30 - 23:45 | Switch", at: T0, says: Switch }')), read4);
	const morning = times.replace('Evening', 'Morning');
	const column =
		map(times, morning)
			.split('\n')
			.findLast(line => line.includes('Morning'))
			?.indexOf('Time') ?? 0;
	assert.deepEqual(errorsOf(night, map(times, morning)), [`map:8:${column + 1} reading-clock`]);
	const noon = night.replace('| 22:30 |', '| 22:30 or so |');
	assert.ok(errorsOf(noon, map(times)).includes('text:8:3 reading-cell'));
});

test('what an entry of each says wrong is an error at its place', () => {
	const at = (sought: string, text: string, code: string): string => {
		const {line, column} = placeOf(sought, text);
		return `${text === ledger ? 'text' : 'map'}:${line}:${column} ${code}`;
	};
	const wrong = (from: string, to: string, sought: string, code: string): void => {
		const settings = mapWith().replace(from, to);
		assert.notEqual(settings, mapWith());
		const found = errorsOf(ledger, settings);
		assert.ok(found.includes(at(sought, settings, code)), `${to}: ${found.join(', ')}`);
	};
	wrong('takes: Duration', 'takes: Length', 'Length', 'reading-column');
	wrong('in: Steps', 'in: When to go back', 'When to go back', 'reading-each');
	wrong('in: Steps', 'in: Stepps', 'Stepps', 'reading-place');
	wrong('Lunch…', 'Dinner', '"3 | Dinner"', 'reading-but');
	wrong('each: row', 'each: table', 'table', 'settings-type');
	wrong('each: row, in: Steps', 'from: Steps', '["3 | Lunch…"]', 'settings-type');
	wrong('fields: { id: Action,', 'id: a, fields: {', 'a, fields', 'settings-type');
	wrong('ids: P }', 'ids: P, fields: { says: Action } }', '{ says: Action }', 'settings-type');
	wrong(gates, `${gates}, { each: item, in: Before we start }`, 'Before we start }', 'reading-twice');

	const soon = ledger.replace('| 30 min |', '| a while |');
	const {line, column} = placeOf('a while', soon);
	assert.ok(errorsOf(soon, mapWith()).includes(`text:${line}:${column} reading-cell`));
	const own = '{ id: backup, from: "2 | Back up the…", takes: 20m }';
	assert.deepEqual(errorsOf(soon, mapWith([steps, own])), []);
	const timed = steps.replace('takes: Duration', 'at: "#"');
	assert.ok(errorsOf(ledger, mapWith([timed])).includes(at('1 | Close', ledger, 'reading-cell')));
	const has = (text: string, code: string): boolean => errorsOf(text, mapWith()).some(one => one.endsWith(code));
	assert.ok(has(ledger.replace('| 5 | Lead |', '| 5 | Lead | now |'), 'table-cells'));
	assert.ok(has(ledger.replace('Back up the ledger', 'B1').replace('Close the shops', 'B1'), 'reading-double'));
	assert.ok(has(ledger.replace('| 2 |', `${'| 2 | Copy | 1 min | Ops |\n'.repeat(500)}| 2 |`), 'rows-many'));
});

test('each heading in a place is a stage with all that is under it, and the text that leads to a table names it', () => {
	const text = ledger
		.replace('Numbers are in the wiki.', 'The steps of the night:')
		.replace('## Before', '## Days before\n\n### Tell all\n\n- [ ] mail\n\n### Freeze\n\n#### At night\n\n## Before');
	const led = steps.replace('in: Steps', 'in: The steps of the night');
	const {runbook} = read(text, {settings: mapWith(['{ each: heading, in: Days before, ids: D, takes: 1h }', led])});
	assert.deepEqual(
		runbook?.stages.slice(0, 3).map(({id, action}) => [id, action]),
		[
			['D-1', 'Tell all; mail'],
			['D-2', 'Freeze; At night'],
			['close-the-shops', 'Close the shops'],
		],
	);
});

const adopted = (answers: Answers = {}, text = ledger): string =>
	mapText(propose(read(text), {'line.11': 'none', ...answers}), 'plan.md', 'vera', '2031-03-01');
const counted = ledger
	.replace('Back up the ledger', 'Compare the counts')
	.replace('Close the shops', 'Count the shops');
/** A map as its proposed answers repair it. */
const repaired = (text: string, settings: string): string => {
	const reread = read(text, {settings});
	return reviewedText(repairedText(settings, reread, {}), reread.source, 'vera', '2031-03-02') ?? '';
};
const entriesOf = (settings: string): readonly string[] => settings.match(/^ {4}- .*$/gm) ?? [];

test('adopt writes one entry where it says the same, and one more for each answer about a single row', () => {
	const each =
		'    - { each: row, in: Steps, fields: { id: Action, takes: Duration, owner: Owner, says: Action }, but: ["3 | Lunch | 1h"] }';
	assert.deepEqual(entriesOf(adopted()), [
		each,
		'    - { each: box, in: "Before we start" }',
		'    - { each: item, in: "When to go back" }',
		'    - { outage: 10m, from: "The ledger is down…" }',
	]);
	const [first, second, third] = entriesOf(adopted({'takes.back-up-the': '45m', 'owner.go-or-no': 'vera'}));
	assert.equal(first, each);
	assert.match(second ?? '', /id: back-up-the, takes: 45m, .*from: "2 \| Back up/);
	assert.match(third ?? '', /id: go-or-no, .*owner: vera, .*from: "4 \| Go or/);
	assert.deepEqual(errorsOf(ledger, adopted({'at.keep-or-go': 'T+20'})), []);
});

test('a table is watched whole: an edit is one error and one question, and what is beside it changes nothing', () => {
	const settings = adopted();
	assert.deepEqual(errorsOf(ledger, settings), []);
	for (const aside of ['in the wiki', 'desk first'])
		assert.deepEqual(errorsOf(ledger.replace(aside, 'elsewhere'), settings), []);
	const edited = ledger.replace('| 30 min |', '| 40 min |').replace('- Counts differ\n', '');
	assert.deepEqual(errorsOf(edited, settings), ['text:7:1 reading-changed', 'text:26:1 reading-changed']);
	assert.deepEqual(
		repairsOf(settings, read(edited, {settings})).map(({id, question}) => [id, question]),
		[
			['repair.stages.1', 'The table or list in "Steps" says something else now. Is each row a step?'],
			['repair.triggers.1', 'The table or list in "When to go back" says something else now. Is each item a trigger?'],
		],
	);
	assert.deepEqual(errorsOf(edited, repaired(edited, settings)), []);
	assert.equal(read(edited, {settings: repaired(edited, settings)}).runbook?.stages[0]?.offsetSeconds, -55 * 60);

	const retold = ledger.replace('Switch the ledger |', 'Switch the whole ledger |');
	const [, mark] = repairsOf(settings, read(retold, {settings}));
	assert.deepEqual([mark?.id, mark?.default], ['repair.zero', 'switch-the-whole']);
	assert.deepEqual(errorsOf(retold, repaired(retold, settings)), []);

	const renamed = ledger.replace('## Steps', '## Steps of the night');
	assert.ok(errorsOf(renamed, settings).some(one => one.endsWith('reading-place')));
	assert.deepEqual(
		repairsOf(settings, read(renamed, {settings})).map(one => one.default),
		['3'],
	);
	assert.match(repaired(renamed, settings), /each: row, in: "Steps of the night"/);
	assert.deepEqual(errorsOf(renamed, repaired(renamed, settings)), []);
});

test('without a heading over the table each of its rows is named as such', () => {
	const text = ledger
		.replace('## Steps\n', '')
		.replace('Numbers are in the wiki.\n', '')
		.replace(/\| 3 .*\n/, '');
	const settings = mapText(propose(read(text), {}), 'plan.md', 'vera', '2031-03-01');
	assert.match(settings, /- \{ each: row, fields: [\s\S]* parts:\n {6}"each row": /);
	assert.deepEqual(errorsOf(text, settings), []);
	const edited = text.replace('30 min', '40 min');
	assert.deepEqual(errorsOf(edited, settings), ['text:5:1 reading-changed']);
	assert.deepEqual(errorsOf(edited, repaired(edited, settings)), []);
});

test('a map with an unknown kind is refused, and not repaired', () => {
	const settings = mapWith([steps.replace('row', 'table')]);
	assert.deepEqual(repairsOf(settings, read(ledger, {settings})), []);
});

test('an entry of a row that is gone is not taken for the row beside it, and that of an edited row is found', () => {
	const settings = adopted({'takes.compare-the-counts': '45m', 'takes.keep-or-go': '20m'}, counted);
	assert.equal(entriesOf(settings).length, 6);
	const asked = (text: string) => repairsOf(settings, read(text, {settings})).map(one => [one.id, one.default]);
	assert.deepEqual(asked(counted.replace('| 2 | Compare the counts | 30 min | DBA, Ops |\n', '')), [
		['repair.stages.1', 'yes'],
		['repair.stages.2', 'remove'],
	]);
	assert.deepEqual(asked(counted.replace('Compare the counts', 'Compare all counts')), [
		['repair.stages.1', 'yes'],
		['repair.stages.2', '10'],
	]);
});
