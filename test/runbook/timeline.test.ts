import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codes, placeOf, read} from './sample.ts';

const table = (...rows: readonly string[]): string =>
	['| Time | Owner | Action |', '|---|---|---|', ...rows.map(row => `| ${row} |`)].join('\n');
const rest =
	'\n\n## Rollback if\n\n- down for 5 minutes\n\n## Rollback steps\n\n1. `ops/back.sh`\n\n## Sign-off\n\n- [ ] ops\n';
const document = (timeline: string): string =>
	`# Move\n\n## Gates\n\n- [ ] A1: \`make check\` (ops)\n\n${timeline}${rest}`;

/** Ids with owners of the stages, and the codes of the problems. */
function stages(timeline: string) {
	const {runbook, problems} = read(document(timeline));
	return {
		stages: runbook?.stages.map(({id, owners}) => `${id} ${owners.join('+')}`.trim()) ?? [],
		codes: codes(problems),
	};
}

const before = table('T-60 | ops | check', 'T-10 | ops | go/no-go');
const zero = table('T0 | ops | switch');
const after = table('T+10 | ops | keep or roll back');
const whole = ['T-60 ops', 'T-10 ops', 'T0 ops', 'T+10 ops'];

test('tables under one timeline heading that go on where the one before ended are one timeline', () => {
	const parts = `## Timeline\n\n### Before the cutover\n\n${before}\n\n### T0\n\n${zero}\n\n### After T0\n\n${after}`;
	assert.deepEqual(stages(parts), {stages: whole, codes: []});
	assert.ok(read(document(parts)).notes.some(note => /is in 3 parts, from line 11 on/.test(note)));
	const named = `## Timeline\n\n### Preparation\n\n${table('T-60 | ops | check')}\n\n### Go/no-go\n\n${table('T-10 | ops | go/no-go')}\n\n### Night\n\n${zero}\n\n### Close\n\n${after}`;
	assert.deepEqual(stages(named), {stages: whole, codes: []});
	assert.deepEqual(stages(`## Timeline\n\n${before}\n\nThen:\n\n${zero}\n\nThen:\n\n${after}`), {
		stages: whole,
		codes: [],
	});
});

test('a part may be a list of one item', () => {
	assert.deepEqual(
		stages(`## Timeline\n\n### Before\n\n${before}\n\n### T0\n\n- T0: ops: switch\n\n### After\n\n${after}`),
		{
			stages: whole,
			codes: [],
		},
	);
});

test('parts with two moments zero, out of order or under a heading about something else are no one timeline', () => {
	const both = table('T-10 | ops | go/no-go', 'T0 | ops | south', 'T+10 | ops | keep');
	assert.deepEqual(stages(`## Timeline\n\n### North\n\n${both}\n\n### South\n\n${both}`), {
		stages: ['T-10 ops', 'T0 ops', 'T+10 ops'],
		codes: ['timeline-other'],
	});
	const main = table('T-10 | ops | go/no-go', 'T0 | ops | switch', 'T+10 | ops | keep');
	assert.deepEqual(stages(`## Timeline\n\n${main}\n\n### Again\n\n${before}`).codes, ['timeline-other']);
	assert.deepEqual(stages(`## Timeline\n\n${main}\n\n### Communications\n\n${table('T+30 | ops | mail')}`).codes, [
		'timeline-other',
	]);
	assert.deepEqual(stages(`## Timeline\n\n${main}\n\n## Hypercare\n\n${table('T+30 | ops | watch')}`).codes, [
		'timeline-other',
	]);
});

test('a timeline may be sections of labelled items, labelled lines or sentences, the time before or after', () => {
	for (const timeline of [
		'## Timeline\n\n### T-10 Decide\n\n- Owner: ops\n- Action: go/no-go\n\n### T0: Switch\n\n- Owner: ops\n- Action: switch\n\n### T+10\n\n- Owner: ops\n- Action:\n  - keep\n  - or roll back',
		'## Timeline\n\n### T-10 – Decide\n\n**Owner:** ops\n**Action:** go/no-go\n\n### T0\n\n**Owner:** ops\n**Action:** switch\n\n### T+10 Close\n\n**Owner:** ops\n\nKeep or roll back.',
		'## T-10 Decide (ops)\n\nGo/no-go.\n\n## T0 Switch (ops)\n\nSwitch.\n\n## T+10 Close (ops)\n\nKeep or roll back.',
		'## Plan\n\n### 2.1 Decide (T-10)\n\nOwner: ops\n\n### 2.2 Switch – T0\n\nOwner: ops\n\n### 2.3 Close (T+10)\n\nOwner: ops',
	])
		assert.deepEqual(stages(timeline), {stages: ['T-10 ops', 'T0 ops', 'T+10 ops'], codes: []}, timeline);
});

test('stage sections may be grouped in phases of the timeline', () => {
	const stage = (time: string) => `#### ${time}\n\nOwner: ops\n`;
	const phases = `## Timeline\n\n### Before T0\n\n${stage('T-60 Look')}\n${stage('T-10 Decide')}\n### T0\n\n${stage('T0 Switch')}\n### After T0\n\n${stage('T+10 Close')}`;
	assert.deepEqual(stages(phases), {stages: whole, codes: []});
});

test('content of a stage section is neither gate nor trigger', () => {
	const {runbook} = read(
		document(
			'## Timeline\n\n### T-10 Go/no-go gates\n\n- [ ] Owner: ops\n- [ ] all gates pass\n\n### T0\n\nOwner: ops\n\n### T+10 Rollback decision\n\nOwner: ops\n\n- down for 9 minutes',
		),
	);
	assert.deepEqual(
		runbook?.gates.map(({id}) => id),
		['A1'],
	);
	assert.equal(runbook?.triggers.length, 1);
});

test('headings with times beside a table of the timeline are remarks', () => {
	const detail = '### T-10 Decide\n\nIn the bridge.\n\n### T0 Switch\n\n1. Drain\n';
	assert.deepEqual(
		stages(`## Timeline\n\n${table('T-10 | ops | go/no-go', 'T0 | ops | go', 'T+10 | ops | keep')}\n\n${detail}`),
		{
			stages: ['T-10 ops', 'T0 ops', 'T+10 ops'],
			codes: [],
		},
	);
});

test('paragraphs and lines that begin with a time are stages under a heading about it', () => {
	for (const timeline of [
		'## Timeline\n\n**T-10**\nOwner: ops\nAction: go/no-go\n\n**T0**\nOwner: ops\n\nSwitch.\n\n**T+10**\nOwner: ops\nAction: keep or\nroll back',
		'## Timeline\n\nT-10: (ops) go/no-go\n\nT0: (ops) switch\n\nT+10: (ops) keep or roll back',
		'## Timeline\n\nT-10  ops: go/no-go\nT0    ops: switch\nT+10  ops: keep or roll back',
		'## Timeline\n\nT-10\n: ops decides\n\nT0\n: ops switches\n\nT+10\n: ops keeps or rolls back',
	])
		assert.deepEqual(stages(timeline), {stages: ['T-10 ops', 'T0 ops', 'T+10 ops'], codes: []}, timeline);
	assert.deepEqual(stages('## Timeline\n\nT0 is planned for 22:00.\n\nT-10 is the last moment.').codes, [
		'timeline-empty',
	]);
});

test('owners of a list are read where every item begins with them', () => {
	for (const items of [
		['(relay crew): go/no-go', '(relay crew): switch', '(relay crew, duty desk): keep'],
		['relay crew — go/no-go', 'relay crew — switch', 'duty desk — keep'],
		['`relay crew`: go/no-go', '`relay crew`: switch', '`duty desk`: keep'],
	])
		assert.match(
			stages(`## Timeline\n\n- T-10 ${items[0]}\n- T0 ${items[1]}\n- T+10 ${items[2]}`).stages.join(),
			/^T-10 relay-crew,T0 relay-crew,T\+10 /,
		);
	assert.deepEqual(stages('## Timeline\n\n- T-10: check: a\n- T0: switch: b\n- T+10: check: c').stages, [
		'T-10',
		'T0',
		'T+10',
	]);
});

test('a time of day may precede the offset in brackets, in items, lines, headings and cells', () => {
	const items = (mark: (time: string) => string) =>
		[
			['21:00 (T-60)', 'ops: check'],
			['21:50 CET (T-10)', 'ops: go/no-go'],
			['22:00 (T0)', 'ops: switch'],
			['2031-03-08 22:10 (T+10)', 'ops: keep or roll back'],
		]
			.map(([time = '', said = '']) => `${mark(time)}${said}`)
			.join('\n');
	for (const list of [
		items(time => `- ${time} `),
		items(time => `- **${time}** – `),
		items(time => `- ${time}: `),
		items(time => `\n**${time}** `),
		items(time => `\n### ${time} `),
	])
		assert.deepEqual(stages(`## Timeline\n\n${list}`), {stages: whole, codes: []}, list);
});

test('items of a timeline that begin with a time of day are one error where none is marked T0', () => {
	const {problems} = read(document('## Timeline\n\n- 21:50 ops: go/no-go\n- 22:00 ops: switch\n- then: rest'));
	assert.deepEqual(
		problems.filter(({severity}) => severity === 'error').map(({code, line}) => [code, line]),
		[['timeline-clocks', 9]],
	);
	const plan = read(document('## Plan\n\n- Breathe\n- Look\n- D-1 ops: go/no-go')).problems;
	assert.deepEqual(
		plan.map(({code, line, column}) => [code, line, column]),
		[['timeline-empty', 11, 3]],
	);
});

test('a time of day of another day is no offset', () => {
	const text = document(
		`## Timeline\n\n${table('D-1 18:00 | ops | backup', '22:00 | ops | switch', 'H+1 | ops | keep')}`,
	);
	const {problems} = read(text);
	const errors = problems.filter(({severity}) => severity === 'error');
	assert.deepEqual(codes(errors), ['timeline-clocks']);
});

test('a time that cannot be read among sections is an error at its heading, a table of such times a warning', () => {
	const text = document(
		'## Timeline\n\n### Q-1 Backup\n\nOwner: ops\n\n### T0 Switch\n\nOwner: ops\n\n### T+10 Close\n\nOwner: ops\n\n### Notes\n\nNone.',
	);
	const {problems} = read(text);
	assert.deepEqual(
		problems.filter(({code}) => code !== 'timeline-before').map(({code, line}) => [code, line]),
		[['offset-unread', placeOf('### Q-1', text).line]],
	);
	const parts = `## Timeline\n\n### Before\n\n${table('Q-2 | ops | back up', 'Q-1 | ops | freeze')}\n\n### Night\n\n${table('T-10 | ops | go/no-go', 'T0 | ops | go', 'T+10 | ops | keep')}`;
	assert.deepEqual(stages(parts).codes, ['timeline-other']);
});

test('a column that only counts its rows is no action and no check', () => {
	const {runbook} = read(
		document(
			'## Timeline\n\n| Step | Time | Description | Owner |\n|---|---|---|---|\n| 1 | T-10 | Go/no-go | ops |\n| 2 | T0 | Switch | ops |\n| 3 | T+10 | Keep | ops |',
		),
	);
	assert.deepEqual(
		runbook?.stages.map(({action}) => action),
		['Go/no-go', 'Switch', 'Keep'],
	);
});

test('when messages are sent is no timeline beside another one, whatever is left to be said of that', () => {
	const mails = '## Communication plan\n\n- T-24h mail\n- T0 banner\n- T+1h all clear\n';
	const rows = '|---|---|\n| 01:00 | Go/no-go |\n| 01:30 | Swap |\n| 02:00 | Close |\n';
	const {runbook, problems} = read(document(`${mails}\n## Implementation plan\n\n| Start | Action |\n${rows}`));
	assert.equal(runbook, null);
	assert.ok(codes(problems).includes('timeline-clocks'));
	const {runbook: alone} = read(document(mails.replace('mail', 'mail, go/no-go')));
	assert.deepEqual(
		alone?.stages.map(({id}) => id),
		['T-24h', 'T0', 'T+1h'],
	);
});

test('a header gives its unit to the numbers of its column that have none', () => {
	const rows = '|---|---|---|---|\n| -2 | ops | go/no-go | 0.5 |\n| 0 | ops | switch | 1 |\n| +1.5 | ops | keep | 2 |';
	const {runbook} = read(document(`## Timeline\n\n| Offset (h) | Owner | Action | Duration (hours) |\n${rows}`));
	assert.deepEqual(
		runbook?.stages.map(({offsetSeconds, timeoutSeconds}) => [offsetSeconds, timeoutSeconds]),
		[
			[-7200, 1800],
			[0, 3600],
			[5400, 7200],
		],
	);
	assert.deepEqual(stages(`## Timeline\n\n| T± (min) | Owner | Action | Box |\n${rows.replace('1.5', '15')}`).stages, [
		'T-2 ops',
		'T0 ops',
		'T+15 ops',
	]);
});

test('a T alone is zero among times, and elsewhere an answer', () => {
	assert.deepEqual(stages(`## Timeline\n\n${table('T-10 | ops | go', 'T | ops | switch', 'T+10 | ops | keep')}`), {
		stages: ['T-10 ops', 'T0 ops', 'T+10 ops'],
		codes: [],
	});
	assert.deepEqual(stages('## Facts\n\n| Fact | Answer |\n|---|---|\n| a | T |\n| b | T |').codes, [
		'timeline-missing',
	]);
});
