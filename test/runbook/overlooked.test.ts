import assert from 'node:assert/strict';
import {test} from 'node:test';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {mapOf} from './adopted.ts';
import {lines, night, offsets} from './night.ts';
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

test('items may end with their times, in brackets or behind "at", where all of a list do', () => {
	const list = (...items: readonly string[]) => lines('## Timeline', '', ...items.map(item => `- ${item}`));
	assert.deepEqual(
		read(list('Freeze (T-60)', 'Go/no-go (T-10)', 'Switch (T0)', 'Keep it or go back – T+1h')).runbook?.stages.map(
			({offsetSeconds, action}) => [offsetSeconds / 60, action],
		),
		[
			[-60, 'Freeze'],
			[-10, 'Go/no-go'],
			[0, 'Switch'],
			[60, 'Keep it or go back'],
		],
	);
	const isMixed = list('Freeze (T-60)', 'Go/no-go, said by all', 'Switch (T0)', 'Close (T+60)');
	assert.match(String(offsets(isMixed)), /^timeline-empty/);
	assert.deepEqual(
		offsets(`${list('Freeze at 21:00', 'Go/no-go at 21:50', 'Switch at 22:00', 'Close at 23:30')}\nT0 = 22:00\n`),
		[-60, -10, 0, 90],
	);
});

test('"Day 1" beside "Day 0" is the day after it, in tables and lists as well', () => {
	const days = ['Day -1', 'Day 0', 'Day 1', 'Day 5'];
	const work = ['Go/no-go', 'Switch', 'Count', 'Keep or go back'];
	const minutes = [-1440, 0, 1440, 7200];
	const rows = days.map((one, index) => `| ${one} | ops | ${work[index]} |`);
	assert.deepEqual(offsets(lines('| When | Who | What |', '|---|---|---|', ...rows)), minutes);
	assert.deepEqual(offsets(lines(...days.map((one, index) => `${index + 1}. ${one}: ${work[index]}`))), minutes);
	assert.match(String(offsets(lines('- Day 1: Go/no-go', '- Day 2: Switch', '- Day 3: Close'))), /^timeline-missing/);
});

test('headings that name the days of the times of day under them are no stages', () => {
	const table = (...rows: readonly string[]) => ['| Time | Action |', '|---|---|', ...rows.map(row => `| ${row} |`)];
	const text = lines(
		'## D-1',
		...table('18:00 | Freeze', '20:00 | Go/no-go'),
		'',
		'## D-Day',
		...table('06:00 (T0) | Switch', '10:00 | Keep or go back'),
	);
	assert.deepEqual(offsets(text), [-720, -600, 0, 240]);
});

test('what is under the sub-headings of a stage is its work, and so are their words', () => {
	const text = lines(
		'## T-10 Go/no-go',
		'### Platform',
		'- queues are empty',
		'## T0 Switch',
		'- turn',
		'## T+5 Close',
	);
	const [first] = read(text).runbook?.stages ?? [];
	assert.equal(first?.action, 'Go/no-go; Platform; queues are empty');
	assert.equal(read(text, {settings: mapOf(text)}).runbook?.stages[0]?.action, first?.action);
});

test('a sentence that leads to the steps of a rollback says when, and the steps are no triggers', () => {
	const plan = (...text: readonly string[]) => read(lines('## Rollback plan', '', ...text, '', night)).runbook;
	const steps = ['', '1. Route the traffic back', '2. Unlock writes'];
	const led = plan('If the error rate exceeds 5 %:', ...steps);
	assert.deepEqual(
		[led?.triggers.map(({text}) => text), led?.rollbackSteps],
		[['the error rate exceeds 5 %'], ['Route the traffic back', 'Unlock writes']],
	);
	const listed = plan('Roll back if one of these holds:', '', '- orders are lost', '- payments fail');
	assert.deepEqual(
		listed?.triggers.map(({text}) => text),
		['orders are lost', 'payments fail'],
	);
});

test('a table of issues and what is done about them holds triggers where one of them calls for a rollback', () => {
	const table = ['| Issue | Action |', '|---|---|', '| Site is down | Roll back |', '| Pages are slow | Watch |'];
	const {runbook} = read(lines('## Rollback decisions', '', ...table, '', night));
	assert.deepEqual(
		[runbook?.triggers.map(({text}) => text), runbook?.rollbackSteps],
		[['Site is down (Action: Roll back)'], undefined],
	);
});

test('a time zone behind a time of day is a part of it, and no owner', () => {
	const clocks = ['21:50 UTC - Go/no-go', '22:00 UTC (T0) - Switch', '22:30 UTC - Keep or go back'];
	const {runbook} = read(lines(...clocks.map(one => `- ${one}`)));
	assert.deepEqual(
		runbook?.stages.map(({action, owners}) => [action, owners]),
		['Go/no-go', 'Switch', 'Keep or go back'].map(action => [action, []]),
	);
});

test('adopt asks whether an exit code passes a gate that asks for more', () => {
	const text = lines(
		'## Gates',
		'',
		'| Check | Command | Expected | Owner |',
		'|---|---|---|---|',
		'| Links | `show links` | all bundled | noc |',
		'',
		night,
	);
	assert.ok(codes(read(text).problems).includes('gate-output'));
	const gates = (judged?: string) => {
		const {questions} = propose(read(text), {});
		assert.ok(questions.some(({id}) => id === 'judged'));
		const settings = mapText(
			propose(read(text), judged === undefined ? {} : {judged}),
			'plan.md',
			'vera',
			'2031-03-01',
		);
		return read(text, {settings}).runbook?.gates.map(({kind, title}) => [kind, title]);
	};
	assert.deepEqual(gates(), [['command', 'Links']]);
	assert.deepEqual(gates('people'), [['statement', 'Links | show links | all bundled | noc']]);
});

test('headings with days and times of day are stages beside the one that is marked T0', () => {
	const text = lines(
		'## Before (T-5 days)',
		'- [ ] freeze',
		'## Cutover',
		'### Friday 18:00 – 22:00',
		'- [ ] go/no-go',
		'### Saturday 12:30 (T0)',
		'- [ ] switch',
		'### Sunday 10:00',
		'- [ ] keep or go back',
	);
	assert.deepEqual(offsets(text), [-7200, -1110, 0, 1290]);
});

test('a line of the rollback that goes on in the next one is a step with all of its words', () => {
	const text = lines(
		'## Steps',
		'1. Freeze',
		'2. Go/no-go',
		'3. Switch',
		'',
		'Rollback: thaw the queue,',
		'and tell all.',
	);
	assert.deepEqual(read(text, {settings: mapOf(text)}).seen?.rollbackSteps, [
		'Rollback: thaw the queue,; and tell all.',
	]);
});

test('where a person lets the program run the step before T0, the go/no-go is given at the heading above it', () => {
	const step = (name: string) => [`1. ${name}`, '', '   ```sh', '   make it', '   ```', ''];
	const text = lines('## Steps', '', ...step('Copy the key'), ...step('Reload').map(one => one.replace('1.', '2.')));
	const proposal = propose(read(text), {'run.copy-the-key': 'fence'});
	const {runbook} = read(text, {settings: mapText(proposal, 'plan.md', 'vera', '2031-03-01')});
	assert.deepEqual(
		runbook?.stages.map(({kind, action, commands}) => [kind, action, commands?.length]),
		[
			['decision', 'Steps', undefined],
			['manual', 'Copy the key', 1],
			['act', 'Reload', undefined],
		],
	);
});
