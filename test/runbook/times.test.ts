/* Times of a timeline in the words that runbooks have for them, and the units in which they count. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, offsets} from './night.ts';
import {codes, read} from './sample.ts';

const actions = ['Freeze', 'Go/no-go', 'Switch', 'Close'];
const table = (times: readonly string[], {above = '## Timeline', column = 'Time'} = {}) =>
	lines(
		above,
		'',
		`| ${column} | Action | Owner |`,
		'|---|---|---|',
		...times.map((time, index) => `| ${time} | ${actions[index]} | ops |`),
	);
const headings = (...times: readonly string[]) =>
	lines(...times.flatMap((time, index) => [`## ${time}`, `- ${actions[index]}`]));
const bare = ['T-3', 'T-1', 'T0', 'T+2'];
const hours = [-180, -60, 0, 120];
const days = [-4320, -1440, 0, 2880];

test('a number counts in the unit that its heading, its column or a line above says', () => {
	assert.deepEqual(offsets(table(bare, {above: '## Timeline (hrs)'})), hours);
	assert.deepEqual(offsets(table(bare, {above: '## Timeline [in days]'})), days);
	assert.deepEqual(offsets(table(bare, {above: '## Timeline\n\nUnit: hours'})), hours);
	assert.deepEqual(offsets(table(bare, {above: '## Timeline\n\nT counts in days.'})), days);
	assert.deepEqual(offsets(table(bare, {column: 'Days'})), days);
	assert.deepEqual(
		offsets(table(['T-2', 'T-1', 'T0', 'T+1'], {column: 'Offset (weeks)'})),
		[-20_160, -10_080, 0, 10_080],
	);
	for (const column of ['Time', 'Time (UTC)', 'Time, local', 'Night'])
		assert.deepEqual(offsets(table(bare, {column})), [-3, -1, 0, 2]);
});

test('a number in a unit that is unknown is an error, and never minutes', () => {
	for (const how of [
		{above: '## Timeline (jours)'},
		{column: 'Offset (sprints)'},
		{above: '## Timeline\n\nTimes in jours ouvrés.'},
	])
		assert.deepEqual(
			codes(read(table(bare, how)).problems).filter(code => /^(?:offset|timeline)/.test(code)),
			['offset-unread', 'offset-unread', 'offset-unread'],
		);
});

test('days, weeks and hours are written before their number as well, and a day after Day 0 needs no sign', () => {
	assert.deepEqual(offsets(headings('Week -1', 'Day -1 (Friday)', 'Day 0', 'Day +2')), [-10_080, -1440, 0, 2880]);
	assert.deepEqual(offsets(headings('Day -3', 'Day -1: Go/no-go', 'Day 0', 'Day 2')), days);
	assert.deepEqual(offsets(table(['D-3', 'D-1', 'D', 'D+2'])), days);
	assert.deepEqual(offsets(headings('H-3', 'H-1', 'H hour', 'H+2')), hours);
});

test('parts of an hour, and what is done after or within a time', () => {
	assert.deepEqual(offsets(headings('T-4h', 'Half an hour before', 'T0', 'Half an hour after')), [-240, -30, 0, 30]);
	assert.deepEqual(offsets(headings('T-4h', 'T-30', 'T0', 'After 15 minutes')), [-240, -30, 0, 15]);
	assert.deepEqual(
		offsets(headings('T-30', 'T0', 'The first quarter of an hour', 'Within 24 hours')),
		[-30, 0, 15, 1440],
	);
	assert.deepEqual(offsets(table(['T-1d 1h 30m', 'T-15', 'Cutover (T0)', 'T+24h'])), [-1530, -15, 0, 1440]);
	assert.deepEqual(offsets(table(['-01:00', '-00:15', '00:00', '+00:15'])), [-60, -15, 0, 15]);
});

test('a time in the midst or at the end of a heading', () => {
	assert.deepEqual(offsets(headings('Prepare (T-3h): Freeze', 'Vote (T-1h): Say', 'Launch (T0): Open', 'T+2h')), hours);
	assert.deepEqual(offsets(headings('Prepare, T-3h', 'Vote @ T-1h', 'At T0', 'At T+2h')), hours);
});

test('beside a time that cannot be read nothing is said to be missing before or after T0', () => {
	const {problems} = read(table(['T-3 jours', 'T-1 jour', 'T0', 'T+2 jours']));
	assert.deepEqual(
		codes(problems).filter(code => /^(?:offset|timeline)/.test(code)),
		['offset-unread', 'offset-unread', 'offset-unread'],
	);
});

test('a heading among the stages that seems to say when is reported, and one that does not is none of them', () => {
	const text = (heading: string) => headings('T-30', 'T0', heading, 'T+60');
	const isReported = (heading: string) => codes(read(text(heading)).problems).includes('timeline-beside');
	for (const heading of ['Next 15 minutes', '15 minutes later', 'Hour 1', 'Next morning', '0-60 minutes'])
		assert.ok(isReported(heading), heading);
	for (const heading of ['Next steps', 'Contacts', 'After the switch', '3 teams', 'Minutes of the meeting'])
		assert.ok(!isReported(heading), heading);
});

test('steps without times are named, whether rows, boxes or bold lines, and so is a fence that holds a table of times', () => {
	const error = (...text: readonly string[]) => {
		const [first] = read(lines(...text)).problems.filter(({severity}) => severity === 'error');
		return [first?.code, first?.line];
	};
	assert.deepEqual(error('## Procedure', '| Step | Action |', '|---|---|', '| 1 | a |', '| 2 | b |', '| 3 | c |'), [
		'timeline-untimed',
		6,
	]);
	assert.deepEqual(error('- [ ] a', '- [ ] b', '- [ ] c'), ['timeline-untimed', 3]);
	assert.deepEqual(error('**Step 1 - a**', '', '**Step 2 - b**', '', '**Step 3 - c**'), ['timeline-untimed', 3]);
	assert.deepEqual(error('```', '| Time | Action |', '|---|---|', '| T-30 | a |', '| T0 | b |', '```'), [
		'timeline-fenced',
		3,
	]);
	assert.deepEqual(error('| Name | Phone |', '|---|---|', '| a | 1 |', '| b | 2 |', '| c | 3 |'), [
		'timeline-missing',
		1,
	]);
});
