/* Entries that a database lost stand marked on every screen that had read them. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {divergedFault} from '../../source/journal/postgres/fault.ts';
import {faultOf} from '../../source/screen/state/view.ts';
import {keptNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

for (const size of [
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
])
	test(`at ${size.columns}x${size.rows} the board says which entries are lost and what to do, and the log marks them`, async () => {
		const stage = await Stage.open({acts: keptNight, now: '22:09:00', you: alice, size});
		const entries = stage.model.subject.cutover?.journal.entries() ?? [];
		const lost = entries.slice(-2);
		const [first, last] = lost;
		assert.ok(first && last);
		assert.doesNotMatch(stage.text(), /LOST/);
		const fault = faultOf(divergedFault(lost, '/state/ledger/journal.lost-9.ndjson'));
		stage.model = {...stage.model, view: {...stage.model.view, fault}};
		const board = stage.text();
		assert.match(board, new RegExp(`^ ENTRIES LOST {2}${first.seq} to ${last.seq} were read here and are gone `));
		assert.match(board, /^ FIX +Show the DBA what is marked LOST; record nothing until then\..* \[l\] log$/m);
		assert.match(board, /\d\d:\d\d:\d\d LOST /);
		const log = await stage.press('l');
		assert.match(log, new RegExp(`^[> ]\\s*${last.seq} .* LOST `, 'm'));
		assert.doesNotMatch(log, new RegExp(`^[> ]\\s*${first.seq - 1} .* LOST `, 'm'));
		assert.match(log, new RegExp(`ENTRY ${last.seq} LOST`));
		assert.match(log, /Kept in\s+\/state\/ledger\/journal\.lost-9\.ndjson/);
	});
