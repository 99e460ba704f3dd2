/** The built program on a pseudo-terminal: a runbook without times is adopted from its opening screen, and can be begun. */

import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {tills} from '../runbook/tills.ts';
import {site} from './operator.ts';

test('a runbook that cannot be read as it stands is adopted from its opening screen', async context => {
	const place = site(context);
	writeFileSync(join(place.folder, 'tills.md'), tills);
	const map = join(place.folder, 'tills.cutover.yaml');
	const operator = place.open({args: ['tills.md', '--as', 'vera'], cols: 80, rows: 24});
	await operator.shows('NEXT  adopt it');
	await operator.press('enter', 'QUESTION 1 of 5');
	operator.terminal.press('enter');
	await operator.shows('Which step is T0');
	await operator.press('up', '> decide');
	await operator.press('down', '> switch-the-tills  (proposed)');
	await operator.press('enter', 'Which step is the go/no-go?');
	await operator.press('enter', 'Which step keeps the change');
	await operator.press('esc', 'QUESTION 3 of 5  answered');
	await operator.press('enter', 'Which step keeps the change');
	await operator.press('enter', 'How long does each');
	await operator.press('enter', 'All questions are answered');
	assert.equal(existsSync(map), false);
	await operator.press('w', 'The map is written');
	assert.match(readFileSync(map, 'utf8'), /by: "vera"/);
	assert.equal(readFileSync(join(place.folder, 'tills.md'), 'utf8'), tills);
	await operator.press('enter', 'NOT BEGUN  Move of the tills');
	operator.terminal.press('q');
	await operator.terminal.exited;
});

test('at 120 columns the document is beside the questions, and Ctrl-C writes nothing', async context => {
	const place = site(context);
	writeFileSync(join(place.folder, 'tills.md'), tills);
	const operator = place.open({args: ['adopt', 'tills.md'], cols: 120, rows: 40});
	await operator.shows(/step T0 .*### Switch the tills/);
	await operator.shows('QUESTION 1 of 5');
	await operator.press('tab', /> ?\d+ .*step/);
	operator.terminal.press('ctrl-c');
	await operator.terminal.exited;
	assert.equal(existsSync(join(place.folder, 'tills.cutover.yaml')), false);
});
