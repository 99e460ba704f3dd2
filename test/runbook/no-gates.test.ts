/* What stands where gates stand and is none. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {night} from './night.ts';
import {codes, read} from './sample.ts';

const titles = (...text: readonly string[]) =>
	read(`${night}\n${text.join('\n')}\n`).runbook?.gates.map(({title}) => title);

test('what makes a no-go is no gate: it would pass where the cutover must stop', () => {
	assert.deepEqual(titles('## Gates', '- [ ] Green', '## No-go criteria', '- [ ] Red'), ['Green']);
	assert.deepEqual(
		titles(
			'## Gates',
			'| Check | Owner |',
			'|---|---|',
			'| Green | qa |',
			'',
			'## NO-GO if',
			'| Check |',
			'|---|',
			'| Red |',
		),
		['Green'],
	);
	const boxes = ['**GO if:**', '', '- [ ] Green', '', '**NO-GO if:**', '', '- [ ] Red'];
	assert.deepEqual(titles('## Go/no-go criteria', ...boxes), ['Green']);
	assert.deepEqual(titles('## Go/no-go criteria', '- **GO**', '  - Green', '- **NO-GO**', '  - Red'), ['Green']);
	assert.deepEqual(titles('## Go/no-go', '### We go when all of this holds', '1. Green', '### Stop if', '1. Red'), [
		'Green',
	]);
});

test('a table of GO and NO-GO, or of who decides, holds no gates and is no error', () => {
	for (const header of ['| GO | NO-GO |', '| Kriterium | No-go |']) {
		const {runbook, problems} = read(`${night}\n## Go/no-go criteria\n\n${header}\n|---|---|\n| Green | Red |\n`);
		assert.deepEqual(runbook?.gates, []);
		assert.ok(codes(problems).includes('gates-none'));
	}
	const decision = '## Go/no-go decision\n\n| Decision | When |\n|---|---|\n| GO | |\n';
	assert.deepEqual(
		codes(read(`${night}\n${decision}`).problems).filter(code => /^gates/.test(code)),
		['gates-none'],
	);
});

test('boxes and rows that are looked at after T0 are no gates, whatever says so', () => {
	const boxes = ['- [ ] Before', '', '**At launch**', '', '- [ ] During', '', 'After launch:', '', '- [ ] After'];
	assert.deepEqual(titles('## Go-live checklist', ...boxes), ['Before']);
	assert.deepEqual(titles('## Gates', '- **Pre-launch**', '  - [ ] Before', '- **Post-launch**', '  - [ ] After'), [
		'Before',
	]);
	assert.deepEqual(titles('## Pre-launch checklist', '- [ ] Before', '## Launch checklist', '- [ ] During'), [
		'Before',
	]);
	const table = ['## Gates', '| ID | Phase | Check | Owner |', '|---|---|---|---|'];
	assert.deepEqual(titles(...table, '| 1 | Pre-launch | Before | qa |', '| 2 | Post-launch | After | qa |'), [
		'Before',
	]);
	const heads = ['| **Before launch** | | | |', '| 1 | | Before | qa |', '| **After launch** | | | |'];
	assert.deepEqual(titles(...table, ...heads, '| 2 | | After | qa |'), ['Before']);
	const {problems} = read(`${night}\n${table.join('\n')}\n| 1 | Post-launch | After | qa |\n`);
	assert.deepEqual(
		problems.filter(({code}) => code === 'gates-later').map(({line, severity}) => [line, severity]),
		[[15, 'warning']],
	);
	const later =
		'## Gates after the switch\n\n| ID | Check | Command | Pass |\n|---|---|---|---|\n| V1 | Up | `x a` | exit code 0 |\n';
	assert.deepEqual(
		codes(read(`${night}\n${later}`).problems).filter(code => /^gates/.test(code)),
		['gates-later'],
	);
});

test('a gate that says what is to be done is not run, in a fence and in a table', () => {
	const kinds = (...text: readonly string[]) =>
		read(`${night}\n${text.join('\n')}\n`).runbook?.gates.map(({kind}) => kind);
	const fenced = (title: string, command: string) => [`- [ ] ${title}`, '  ```', `  ${command}`, '  ```'];
	assert.deepEqual(
		kinds(
			'## Gates',
			...fenced('Create the backup', 'pg_dump x -f y'),
			...fenced('Replica is in step', 'bin/lag --max 5'),
		),
		['statement', 'command'],
	);
	const row = (title: string, command: string) => `| ${title} | \`${command}\` | exit code 0 | dba |`;
	const header = ['## Gates', '| Check | Command | Pass | Owner |', '|---|---|---|---|'];
	assert.deepEqual(
		kinds(...header, row('Migrate the schema', 'npm run migrate'), row('Schema is right', 'npm run migrate')),
		['statement', 'command'],
	);
});
