import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lines, night, offsets, signers} from './night.ts';
import {read} from './sample.ts';

test('an owner that is a blank to fill in is nobody, and ends where the next label begins', () => {
	const text = lines(
		'## T-15 Decide',
		'- [ ] Go',
		'',
		'**Owner**: __________ **Done at**: __________',
		'## T0 Turn',
		'- [ ] Turn',
		'',
		'**Owner**: Platform **Status**: open',
		'## T+30 Close',
		'- [ ] Keep',
		'',
		'**Owner**: [Release Lead Name], [Date/Time]',
	);
	assert.deepEqual(
		read(text).runbook?.stages.map(({owners}) => owners.join('+')),
		['', 'platform', 'release-lead'],
	);
});

test('brackets behind the items of a checklist are owners only where they hold names', () => {
	const owners = (...items: readonly string[]) =>
		read(`${night}\n## Gates\n\n${items.map(item => `- [ ] ${item}`).join('\n')}\n`).runbook?.gates.map(gate =>
			gate.owners.join('+'),
		);
	assert.deepEqual(owners('Roster is known (from step 1)', 'Room is booked (from step 1)'), ['', '']);
	assert.deepEqual(owners('Roster is known (editors)', 'Room is booked (editors)'), ['editors', 'editors']);
});

test('the ways in which a cutover may end are not signed', () => {
	const boxes = ['**Outcome**:', '- [ ] DONE', '- [ ] PARTIAL - some parts', '- [ ] FAILED - went back', ''];
	const ends = boxes.map(line => line.replace('DONE', 'SUCCESSFUL - all of it'));
	assert.deepEqual(signers(...ends, '**Approved by**:', '- CTO: ______ Signature: ______ Date: ______'), ['CTO']);
	assert.deepEqual(signers('| Role | Name |', '|---|---|', '| Go/No-Go Lead | |', '| Desk | |'), [
		'go-no-go-lead',
		'desk',
	]);
});

test('"Rollback (if needed)" says how, and its steps are done by hand where none can be run', () => {
	const {runbook} = read(`${night}\n## Rollback (if needed)\n\n1. Call the lead\n2. Turn the record back\n`);
	assert.deepEqual(runbook?.triggers, []);
	assert.deepEqual(runbook?.rollbackSteps, ['Call the lead', 'Turn the record back']);
	const table = read(`${night}\n## Rollback steps\n\n| Step | Action |\n|---|---|\n| R1 | Close the door |\n`);
	assert.deepEqual(table.runbook?.rollbackSteps, ['R1, Close the door']);
});

test('words with = in a command of the rollback are no inputs', () => {
	const {runbook} = read(
		`${night}\n## Rollback path\n\n1. Run \`ops/back.sh\`.\n2. Confirm with \`kubectl get pods -l app=shop\`.\n`,
	);
	assert.deepEqual(runbook?.rollback?.environment, {});
});

test('the end of a span is no part of what is done, and a time in brackets that cannot be read is an error', () => {
	const text = (last: string) =>
		lines('## 1. Ready (T-30 min)', 'x', '## T0 to T+1 hour: Turn', 'x', `## 3. Watch (${last})`, 'x');
	const {runbook} = read(text('T+2 h ⇒ T+24 h'));
	assert.deepEqual(
		runbook?.stages.map(({offsetSeconds, action}) => `${offsetSeconds / 60} ${action.split(';')[0]}`),
		['-30 Ready', '0 Turn', '120 Watch'],
	);
	assert.match(String(offsets(text('T+2 moons'))), /offset-unread/);
});

test('bold times in a section are stages, and what only heads them is none', () => {
	const text = lines(
		'## T-1 day: Eve',
		'- [ ] Line is open',
		'## T-1 hour: Countdown',
		'**T-60 min: Back up**',
		'- [ ] Copy is there',
		'',
		'**T-15 min: Go/no-go**',
		'- [ ] All say yes',
		'',
		'**T-0: Open**',
		'- [ ] Turn',
		'## T+1 hour: Close',
		'- [ ] Keep',
	);
	assert.deepEqual(offsets(text), [-1440, -60, -15, 0, 60]);
});

test('the rows of a table in a stage are its parts, with their owners', () => {
	const table = (...rows: readonly string[]) => ['| Step | Action | Owner |', '|---|---|---|', ...rows];
	const text = lines(
		'## Decide (T-30 to T0)',
		...table('| A1 | Go/no-go | lead |'),
		'## Turn (T0)',
		...table('| B1 | Stop the old side | ops |', '| B2 | Start the new side | web |'),
		'## Close (T+30)',
		...table('| C1 | Keep or go back | lead |'),
	);
	const {runbook, unused} = read(text);
	assert.deepEqual(
		runbook?.stages.map(({action, owners}) => `${action} [${owners.join('+')}]`),
		[
			'Decide; Go/no-go [lead]',
			'Turn; Stop the old side; Start the new side [ops+web]',
			'Close; Keep or go back [lead]',
		],
	);
	assert.deepEqual(unused, []);
});

test('gates of a table may have names or dotted numbers, and a comparison is no command', () => {
	const gates = (...text: readonly string[]) =>
		read(`${night}\n## Gates\n\n${text.join('\n')}\n`).runbook?.gates.map(
			({id, kind, title}) => `${id} ${kind} ${title}`,
		);
	assert.deepEqual(gates('| Gate | Threshold |', '|---|---|', '| Unit tests | all |', '| Load | none |'), [
		'1 statement Unit tests',
		'2 statement Load',
	]);
	assert.deepEqual(gates('| # | Item | Owner |', '|---|---|---|', '| 1.1 | Copy is there | dba |'), [
		'1.1 statement Copy is there',
	]);
	assert.deepEqual(gates('- [ ] Every part is there: `parts == total`'), [
		'1 statement Every part is there: parts == total',
	]);
});

test('what follows the length of an outage is a trigger of its own', () => {
	const triggers = (text: string) =>
		read(`${night}\n## Roll back if\n\n- ${text}\n`).runbook?.triggers.map(one => one.text);
	assert.deepEqual(triggers('checkout is down for more than 5 minutes or orders are lost'), [
		'checkout is down for more than 5 minutes',
		'orders are lost',
	]);
	for (const one of ['checkout is down for 5 minutes or more', 'checkout is down or slow for more than 5 minutes'])
		assert.deepEqual(triggers(one), [one]);
});
