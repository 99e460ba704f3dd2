/** The built program on a pseudo-terminal: several cutovers are open, and one is chosen; then none is. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {site} from './operator.ts';

const begin = ['begin', 'runbook.md', '--t0', '+2h', '--confirm', 'BEGIN', '--as', 'rita'] as const;

test('of several open cutovers one is chosen, another from its palette, and Esc goes back', async context => {
	const place = site(context);
	for (const more of [[], ['--new']]) {
		const {code, stderr} = await place.cli(...begin, ...more);
		assert.equal(code, 0, stderr);
	}
	const operator = place.open({args: ['--as', 'vera'], cols: 120, rows: 40});
	await operator.shows(/CUTOVERS .* 2 open, 0 closed/);
	await operator.shows(/PREPARING {2}T-0[12]:\d\d:\d\d/);
	await operator.press('down', />· ledger-\S+-2 /);
	await operator.press('enter', 'you vera');
	await operator.press(':', 'ALL COMMANDS');
	operator.terminal.type('choose');
	await operator.press('enter', />· ledger-\S+-2 /);
	await operator.press('esc', 'you vera');
	operator.terminal.press('q');
	assert.equal((await operator.terminal.exited).code, 0);
});

test('with nothing open the first page offers a rehearsal and the runbooks of the folder, which open', async context => {
	const place = site(context);
	const left = place.open({args: [], cols: 80, rows: 24});
	await left.shows(/CUTOVERS .* none open, 0 closed/);
	left.terminal.press('q');
	assert.equal((await left.terminal.exited).code, 0);
	const operator = place.open({args: [], cols: 80, rows: 24});
	await operator.shows(/CUTOVERS .* none open, 0 closed/);
	await operator.press('down', />\s+runbook\.md +Ledger move/);
	await operator.press('enter', 'NOT BEGUN  Ledger move');
	operator.terminal.press('q');
	await operator.terminal.exited;
});
