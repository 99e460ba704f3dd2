import assert from 'node:assert/strict';
import {test} from 'node:test';
import {offsetOf} from '../../source/runbook/parts/timeline/offset.ts';
import {lines, night, offsets, signers} from './night.ts';
import {codes, read} from './sample.ts';

test('phases under headings of their own are one timeline where they go on from one to the next', () => {
	const text = lines(
		'## Phase 1: T-60 to T0',
		'### T-60 Ready',
		'- [ ] Line is open',
		'### T-10 Go or no go',
		'- [ ] All are there',
		'## Phase 2: the move',
		'### T0 Point at the new side',
		'1. Turn it',
		'## Phase 3: T+30 to T+90',
		'### T+30 Look',
		'- [ ] Quiet',
		'### T+90 Close',
		'- [ ] Keep',
	);
	assert.deepEqual(offsets(text), [-60, -10, 0, 30, 90]);
});

test('a part of a stage with a time in brackets belongs to it, one that begins with a time is a stage', () => {
	const text = (part: string) =>
		lines(
			'## T-30 Decide',
			'- [ ] Go',
			'## T0 Turn',
			'- [ ] All traffic',
			part,
			'- [ ] Quiet',
			'## T+60 Close',
			'- [ ] Keep',
		);
	assert.deepEqual(offsets(text('### Looks at once (T+15)')), [-30, 0, 60]);
	assert.deepEqual(offsets(text('### T+15 Look')), [-30, 0, 15, 60]);
});

test('times of day count from the row that is marked T0', () => {
	const rows = (mark: string) =>
		lines(
			'| When | Task | Who |',
			'|---|---|---|',
			'| 23:00 | Stop | ops |',
			'| 23:45 | Go/no-go | lead |',
			mark,
			'| 01:00 | Close | lead |',
		);
	assert.deepEqual(offsets(rows('| 00:15 (T0) | Turn | ops |')), [-75, -30, 0, 45]);
	assert.deepEqual(offsets(rows('| 00:15 | T0: turn | ops |')), [-75, -30, 0, 45]);
	assert.match(String(offsets(rows('| 00:15 | Turn | ops |'))), /timeline-clocks/);
	assert.deepEqual(
		offsets(rows('| 00:15 | Turn | ops |'), 'cutover: 1\nt0: 2031-03-09T00:15:00+01:00\n'),
		[-75, -30, 0, 45],
	);
	const list = lines('- 9:30 pm – stop', '- 9:50 pm – go/no-go', '- 10:00 pm (T0) – turn', '- 10:30 pm – close');
	assert.deepEqual(offsets(list), [-30, -10, 0, 30]);
	const headings = lines(
		'## 21:30 Stop',
		'x',
		'## 21:50 Go/no-go',
		'x',
		'## 22:00 (T0) Turn',
		'x',
		'## 22:30 Close',
		'x',
	);
	assert.deepEqual(offsets(headings), [-30, -10, 0, 30]);
	const days = lines(
		'| Time | Task |',
		'|---|---|',
		'| D-1 18:00 | Go/no-go |',
		'| D-0 06:00 (T0) | Turn |',
		'| D+1 06:00 | Close |',
	);
	assert.deepEqual(offsets(days), [-720, 0, 1440]);
});

test('weeks, days, hours and spans after T0 are read, letters say their unit', () => {
	const text = lines('- W-2: freeze', '- D-1: go/no-go', '- D-0: turn', '- H+4: look', '- D+7: close');
	assert.deepEqual(offsets(text), [-20_160, -1440, 0, 240, 10_080]);
	const words = lines(
		'## 2 days before the move',
		'- freeze',
		'## 30 minutes before the move',
		'- go/no-go',
		'## T0',
		'- turn',
		'## First hour',
		'- look',
		'## First 2 days',
		'- close',
	);
	assert.deepEqual(offsets(words), [-2880, -30, 0, 60, 2880]);
});

test('an offset may be written by its letter or in words', () => {
	const written: Readonly<Record<string, readonly [string, number]>> = {
		'T-2 weeks': ['T-2w', -1_209_600],
		'T+1w': ['T+1w', 604_800],
		'H-2': ['T-2h', -7200],
		'D-1': ['T-1d', -86_400],
		'L-7d': ['T-7d', -604_800],
		'H-0': ['T0', 0],
		'First 15 minutes': ['T+15', 900],
		'First hour': ['T+1h', 3600],
		'2 hours before the move': ['T-2h', -7200],
	};
	for (const [text, [id, seconds]] of Object.entries(written)) assert.deepEqual(offsetOf(text), {id, seconds}, text);
});

test('an unknown unit is an error with its line', () => {
	for (const unit of ['jours', 'dagar', 'working days', 'sprints', 'ngày']) {
		const {problems} = read(
			lines(`- T-3 ${unit}: freeze`, `- T-1 ${unit}: go/no-go`, '- T0: turn', `- T+2 ${unit}: look`),
		);
		const errors = problems.filter(({code}) => code === 'offset-unread').map(({line}) => line);
		assert.ok(errors.includes(3), `${unit}: ${codes(problems).join()}`);
	}
	assert.deepEqual(offsets(lines('- T-10 ops: go/no-go', '- T0 ops: turn', '- T+5 ops: close')), [-10, 0, 5]);
});

test('owners are read from headings of a stage and from its items', () => {
	const text = lines(
		'## T-15 Decide',
		'### Owner: Release lead',
		'- [ ] Go',
		'## T0 Turn',
		'### Owner',
		'Platform, Desk',
		'## T+30 Close',
		'- [ ] **Keep it.** Owner: Release lead. Verify: `bin/ok`',
		'- [ ] **Say so.** Owner: Desk.',
	);
	assert.deepEqual(
		read(text).runbook?.stages.map(({owners}) => owners.join('+')),
		['release-lead', 'platform+desk', 'release-lead+desk'],
	);
});

const triggers = (...text: readonly string[]) =>
	read(`${night}\n## Rollback triggers\n\n${text.join('\n')}\n`).runbook?.triggers.map(one =>
		one.kind === 'outage' ? one.thresholdSeconds : one.text,
	);

test('grouped triggers are the items of each group, actions are not triggers', () => {
	assert.deepEqual(
		triggers(
			'**High**',
			'',
			'1. **Loss**:',
			'   - Data leaked',
			'   - Orders are lost',
			'2. Down for more than 5 minutes',
		),
		['Data leaked', 'Orders are lost', 300],
	);
	assert.deepEqual(
		triggers('- Orders are lost', '  - Action: call the desk', '- `/live` returns 502 for > 3 minutes'),
		['Orders are lost', 180],
	);
	assert.deepEqual(
		triggers('**When**: the site is down for more than 10 minutes', '', '**Action**:', '- Call', '- Wait'),
		[600],
	);
});

test('a timeline whose only words are in its column of stages or phases does what they say', () => {
	for (const header of ['Stage', 'Phase']) {
		const {runbook} = read(
			lines(
				'## Timeline',
				`| Time | ${header} | Who |`,
				'|---|---|---|',
				'| T-10 | Freeze | ops |',
				'| T0 | Turn | ops |',
			),
		);
		assert.deepEqual(
			runbook?.stages.map(({action}) => action),
			['Freeze', 'Turn'],
		);
	}
});

test('sign-offs are read in every form of a list', () => {
	assert.deepEqual(signers('- **Search on call:** says that all is well.', '- **Director:** accepts.'), [
		'search-on-call',
		'director',
	]);
	assert.deepEqual(
		signers('- [ ] All gates passed, with links.', '- [ ] Nothing is open.', '', 'QA: ____  DBA: ____'),
		['lead', 'lead', 'QA', 'DBA'],
	);
	assert.deepEqual(signers('- [ ] Logs checked', '- [ ] ops'), ['lead', 'ops']);
	assert.deepEqual(signers('- lead', '- **QA**', '- Product owner'), ['lead', 'QA', 'product-owner']);
	assert.deepEqual(signers('- Release manager', '- Operations', '- @desk'), ['release-manager', 'operations', 'desk']);
	assert.deepEqual(signers('- Release manager', '- Everything is green and checked'), []);
	assert.deepEqual(signers('1. lead (Vera Wolf)', '2. ops (Ana)'), ['lead', 'ops']);
	assert.deepEqual(signers('- Vera Wolf, release manager', '- Ana Ruiz, data lead'), ['release-manager', 'data-lead']);
	assert.deepEqual(signers('- Release manager: Vera Wolf ____', '- Operations: Tom Berg ____'), [
		'release-manager',
		'operations',
	]);
	assert.deepEqual(signers('- [ ] ops confirms that data is complete', '- [ ] Shop is open'), ['ops', 'lead']);
	assert.deepEqual(signers('Approved by (QA): ____ Date: ____', 'Approved by: ____ (Product owner)'), [
		'QA',
		'product-owner',
	]);
});

test('boxes of a stage are its work, whatever its heading says', () => {
	const text = lines(
		'## T-10 Go/no-go',
		'- [ ] All say yes',
		'## T0 Open',
		'- [ ] Flag',
		'## T+45 Final sign-off',
		'- [ ] Drafts are held',
	);
	const {runbook} = read(text);
	assert.deepEqual([runbook?.signOffs.length, runbook?.gates.length], [0, 0]);
});

test('what is checked after T0 is no gate before it', () => {
	for (const [heading, rows] of [
		['Checkpoints after the switch', ['15 minutes', '4 hours']],
		['Monitoring', ['Immediate', 'First hour']],
	] as const) {
		const table = [
			'| Checkpoint | Focus | Evidence |',
			'|---|---|---|',
			...rows.map(row => `| ${row} | Logs | Shot |`),
		];
		assert.deepEqual(read(`${night}\n## ${heading}\n\n${table.join('\n')}\n`).runbook?.gates, [], heading);
	}
	const boxes = `${night}\n## Checklists\n\n### Pre-move\n\n- [ ] Staged\n\n### Post move (T+1h)\n\n- [ ] Counted\n`;
	assert.deepEqual(
		read(boxes).runbook?.gates.map(({title}) => title),
		['Staged'],
	);
});

test('items under GO are gates, those under NO-GO are none', () => {
	const text = `${night}\n## Go/no-go criteria\n\n**GO if**:\n- ✅ Smoke is fine\n\n**NO-GO if**:\n- ❌ Smoke failed\n\n**Decision**: ____\n`;
	assert.deepEqual(
		read(text).runbook?.gates.map(({title}) => title),
		['Smoke is fine'],
	);
});

test('an item that says what is to be done is not run as a check', () => {
	const item = (text: string) =>
		read(`${night}\n## Pre-move checks\n\n- [ ] ${text}\n`).runbook?.gates.map(({kind}) => kind);
	for (const text of [
		'Run the migrations: `npm run db:migrate`',
		'Restart the workers: `systemctl restart workers`',
		'Create the tables: `bin/tables --all`',
	])
		assert.deepEqual(item(text), ['statement'], text);
	for (const text of [
		'Run preflight: `bin/preflight all`',
		'Migrations are complete: `npm run db:status`',
		'Build is sound: `make verify`',
	])
		assert.deepEqual(item(text), ['command'], text);
});

test('what no part took is named by section, and what was read is shown beside an error', () => {
	const text = `${night}\n## Contacts\n\n| Who | Phone |\n|---|---|\n| ops | 1 |\n\n## Notes\n\n- [ ] Cake\n- [ ] Tea\n\nSome words.\n`;
	assert.deepEqual(read(text).unused, [
		{line: 14, end: 16, heading: 'Contacts', what: '1 row'},
		{line: 20, end: 21, heading: 'Notes', what: '2 boxes'},
	]);
	const refused = read(text.replace('| T-10 | lead | Go/no-go |\n', ''));
	assert.equal(refused.runbook, null);
	assert.deepEqual(
		refused.seen?.stages.map(({id}) => id),
		['T0', 'T+30'],
	);
});
