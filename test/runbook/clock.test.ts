/* Times of day with the days that they are of. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, night, offsets} from './night.ts';
import {read} from './sample.ts';

/** A day before T0 at 18:00, a quarter of an hour before it, T0 at 22:00, and the day after at 23:00. */
const weekend = [-1680, -15, 0, 1500];

const table = (header: string, ...rows: readonly string[]): string =>
	lines(`| ${header} | Task |`, `|${'---|'.repeat(header.split('|').length + 1)}`, ...rows.map(row => `| ${row} |`));

const tasks = ['Freeze', 'Go/no-go', 'Switch', 'Close'];
const rows = (times: readonly string[]) => times.map((time, index) => `${time} | ${tasks[index]}`);

test('the day of a time of day may be before it', () => {
	for (const times of [
		['Fri 18:00', 'Sat 21:45', 'Sat 22:00 (T0)', 'Sun 23:00'],
		['Friday, 18:00', 'Saturday, 21:45', 'Saturday, 22:00 (T0)', 'Sunday, 23:00'],
		['07.03. 18:00', '08.03. 21:45', '08.03. 22:00 (T0)', '09.03. 23:00'],
		['7 March 18:00', '8 March 21:45', '8 March 22:00 (T0)', '9 March 23:00'],
		['Fri 7 Mar 2031 18:00', 'Sat 8 Mar 2031 21:45', 'Sat 8 Mar 2031 22:00 (T0)', 'Sun 9 Mar 2031 23:00'],
		['Feb 28th, 6 pm', 'Mar 1st, 9:45 pm', 'Mar 1st, 10 pm (T0)', 'Mar 2nd, 11 pm'],
		['周五 18:00', '周六 21:45', '周六 22:00 (T0)', '周日 23:00'],
		['3月7日 18:00', '3月8日 21:45', '3月8日 22:00 (T0)', '3月9日 23:00'],
		['D-1 18:00', 'D 21:45', 'D 22:00 (T0)', 'D+1 23:00'],
		['18:00 Fri', '21:45 Sat', '22:00 Sat (T0)', '23:00 Sun'],
		['18:00 - 19:00 FRI', '21:45 - 21:50 SAT', '22:00 (T0)', '23:00 - 23:30 SUN'],
		['18:00, 7 March', '21:45, 8 March', '22:00, 8 March (T0)', '23:00, 9 March'],
	]) {
		assert.deepEqual(offsets(table('Time', ...rows(times))), weekend, times.join());
		assert.deepEqual(
			offsets(lines(...times.map((time, index) => `- ${time}: ${tasks[index]}`))),
			weekend,
			times.join(),
		);
	}
});

test('the day may have a column of its own, or head its rows', () => {
	const two = (...days: readonly string[]) =>
		rows(['18:00', '21:45', '22:00 (T0)', '23:00'].map((time, index) => `${days[index]} | ${time}`));
	assert.deepEqual(offsets(table('Date | Time', ...two('Fri', 'Sat', 'Sat', 'Sun'))), weekend);
	assert.deepEqual(offsets(table('Date | Start', ...two('2031-03-07', '2031-03-08', '', '2031-03-09'))), weekend);
	assert.deepEqual(offsets(table('Day | Time', ...two('D-1', 'D', 'D', 'D+1'))), weekend);
	assert.deepEqual(offsets(table('Day | Time', ...two('Day 1', 'Day 2', 'Day 2', 'Day 3'))), weekend);
	assert.match(String(offsets(table('Date | Time', ...two('soon', 'Sat', 'Sat', 'Sun')))), /offset-unread/);
	assert.match(String(offsets(table('Date | Time', ...two('30.02.', '01.03.', '01.03.', '02.03.')))), /offset-unread/);
	const headed = table(
		'Time | Owner',
		'**Friday** | | ',
		'18:00 | ops | Freeze',
		'**Saturday night** | | ',
		'21:45 | ops | Go/no-go',
		'22:00 (T0) | ops | Switch',
		'**Sunday** | | ',
		'23:00 | ops | Close',
	);
	assert.deepEqual(offsets(headed), weekend);
});

test('a time of day may say that it is of a later day', () => {
	const spans = read(lines('- 21:45–21:55 Go/no-go', '- 22:00 – 22:10 (T0) Switch', '- 23:00 to 23:30: Close'));
	assert.deepEqual(
		spans.runbook?.stages.map(({action}) => action),
		['Go/no-go', 'Switch', 'Close'],
	);
	const end = (time: string) => offsets(lines('- 21:45 Go/no-go', '- 22:00 (T0) Switch', `- ${time} Close`));
	assert.deepEqual(end('23:00'), [-15, 0, 60]);
	assert.deepEqual(end('23:00 (+1)'), [-15, 0, 1500]);
	assert.deepEqual(end('23:00 next day:'), [-15, 0, 1500]);
	assert.deepEqual(end('01:00 (next day)'), [-15, 0, 180]);
	assert.deepEqual(end('9:00 +2d'), [-15, 0, 2100]);
});

test('times of day in several parts count from the one row at T0, each part under the day of its heading', () => {
	const part = (...rows: readonly string[]) => ['| Time | Owner | Action |', '|---|---|---|', ...rows, ''];
	const days = lines(
		'## Friday',
		...part('| 18:00 | ops | Freeze |'),
		'## Saturday',
		...part('| 21:45 | lead | Go/no-go |', '| 22:00 (T0) | ops | Switch |'),
		'## Sunday',
		...part('| 23:00 | lead | Close |'),
	);
	assert.deepEqual(offsets(days), weekend);
	const phases = lines(
		'## Before',
		'- 18:00 Freeze',
		'- 21:45 Go/no-go',
		'## Then',
		'- 22:00 **T0** Switch',
		'## After',
		'- 23:00 Close',
	);
	assert.deepEqual(offsets(phases), [-240, -15, 0, 60]);
	assert.match(String(offsets(phases.replace('23:00', '23:00 (T0)'))), /timeline/);
	assert.match(String(offsets(phases.replace(' **T0**', ''))), /^timeline-clocks/);
	assert.deepEqual(offsets(phases.replace('23:00', '20:00')), [-240, -15, 0, 1320]);
});

test('a time of day beside an offset must agree with it, in an item, a heading and a column of its own', () => {
	const times = ['21:00 (T-60)', '21:40 (T-10)', '22:00 (T0)', '22:30 (T+30)'];
	const column = times.map(time => time.replace(/^(\S+) \((\S+)\)$/, '| $2 | $1 | ops | go/no-go |'));
	const texts = [
		times.map(time => `- ${time} ops: go/no-go`),
		times.flatMap(time => [`### ${time.replace(/^(\S+) \((\S+)\)$/, '$2 ($1)')} Go/no-go`, '- ops']),
		['| Offset | Clock (UTC) | Owner | Action |', '|---|---|---|---|', ...column],
	];
	for (const text of texts) {
		const {problems} = read(lines('## Timeline', '', ...text));
		assert.match(problems.find(({code}) => code === 'timeline-clock')?.message ?? '', /T-10 .* 21:50/);
	}
});

test('rows that say when after T0 they are looked at are no gates', () => {
	const rows = ['| Gate | Check |', '|---|---|', '| T+5 | queue |', '| First 15 min | lag |'];
	const {seen, problems} = read(`${night}\n${['## Gates', '', ...rows].join('\n')}\n`);
	assert.deepEqual(seen?.gates, []);
	assert.ok(problems.some(({code}) => code === 'gates-later'));
});

test('T0 is where its mark is apart, or at the time that a line says, and not where a row speaks of it', () => {
	const rows = (...texts: readonly string[]) =>
		lines('## Timeline', ...texts.map((text, index) => `- ${20 + index}:00 ${text}`));
	const night = ['Lock', 'Go/no-go', 'Switch', 'Close'];
	for (const spoken of ['Tell the desk that T0 is near', 'Announce T0', 'Stop T0-class systems'])
		assert.match(String(offsets(rows('Lock', 'Go/no-go', spoken, 'Close'))), /^timeline-clocks/);
	for (const marked of ['(T0) Switch', 'T0 Switch', '– T0 – Switch', 'Switch = T0', '**T0:** Switch'])
		assert.deepEqual(offsets(rows('Lock', 'Go/no-go', marked, 'Close')), [-120, -60, 0, 60]);
	for (const said of ['T0 = 22:00', '**T0:** Saturday 22:00 CET', 'T0 is at 10 pm.'])
		assert.deepEqual(offsets(`${said}\n\n${rows(...night)}`), [-120, -60, 0, 60]);
	assert.match(String(offsets(`T0 = 22:00\n\nT0 = 21:00\n\n${rows(...night)}`)), /^timeline-clocks/);
});
