/* What the database or another host has lost: no screen shows it as if it were there. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {divergedFault} from '../../source/journal/postgres/fault.ts';
import {faultOf} from '../../source/screen/state/view.ts';
import {played} from '../cutover/night.ts';
import {type Act, begins, calm, does} from '../given.ts';
import {backNight, before, keptNight} from '../scenarios/night.ts';
import {alice, carolOfQa, runner} from '../scenarios/people.ts';
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

test('what runs on a silent host is unknown in its row and its pane, and nothing turns', async () => {
	const seen = (silentSeconds: number) => ({
		...calm,
		hosts: {
			here: 'bastion-2',
			leader: 'bastion-2',
			replication: 'single' as const,
			all: [{host: 'bastion-2', silentSeconds, report: {here: [], seen: {}, workspace: null}}],
		},
	});
	const opened = (silentSeconds: number, you = alice) =>
		Stage.open({
			acts: backNight.map(act => ({...act, observed: seen(0)})),
			now: '21:40:30',
			you,
			size: {columns: 120, rows: 40},
			observed: () => seen(silentSeconds),
		});
	const board = async (silentSeconds: number) => (await opened(silentSeconds)).text();
	assert.match(await board(0), / RUNNING 01:20 ──[\s\S]*▶ T-30 RUNNING/);
	const silent = await board(14);
	assert.match(silent, /\? T-30 +UNKNOWN .*silent for 00:14/);
	assert.doesNotMatch(silent, /RUNNING/);
	assert.match(silent, /── TIMELINE .* T-30 \?╌/);
	const stage = await opened(42, carolOfQa);
	assert.match(await stage.press('r'), /^> Run T-30\n {2}Resume T-30\n─/m);
	const form = await stage.press('enter');
	assert.match(form, /attempt 2 on bastion-2 is recorded as lost; what it runs there may go on/);
});

/** T0 runs a playbook, and its runner is gone in its second step. */
const lostT0: readonly Act[] = [
	begins('20:50:00', alice, '22:00:00', played),
	...before.slice(1, -1),
	does('22:25:21', runner, 'beginStep', {target: {stage: 'T0'}, attempt: 1, step: 'point router', again: false}),
	does('22:26:20', runner, 'end', {
		target: {stage: 'T0'},
		attempt: 1,
		outcome: 'lost',
		exit: null,
		reason: null,
		log: null,
		still: ['sleep 60 (pid 2960)'],
	}),
];

test('a lost T0 is resumed and never offered to be started again; its form names what still runs', async () => {
	const stage = await Stage.open({acts: lostT0, now: '22:40:00', you: alice});
	assert.match(await stage.press('enter'), /\? point router 00:59/);
	const menu = await stage.press('r');
	assert.match(menu, /> Resume T0\n {2}Report how T0 went\n─/);
	const form = await stage.press('enter');
	assert.match(
		form,
		/began, and nobody knows how it ended: point router\. It runs again only if\s+its playbook says so\./,
	);
	assert.match(form, /STILL RUNS from attempt 1: sleep 60 \(pid 2960\)/);
	assert.match(form, /This continues T0 at its first step that is not done, runs ops\/t0\.mjs and\s+cannot be undone/);
});

test('the form of a resumed T0 says of a step what its newest run came to', async () => {
	const again = does('22:30:00', alice, 'run', {
		target: 'T0',
		resume: true,
		reference: null,
		ticket: null,
		early: false,
		reason: null,
	});
	const second = {target: {stage: 'T0'}, attempt: 2} as const;
	const acts: readonly Act[] = [
		...lostT0,
		{...again, command: {...again.command, confirm: ['T0']}},
		does('22:30:01', runner, 'beginStep', {...second, step: 'point router', again: true}),
		does('22:30:09', runner, 'endStep', {
			...second,
			step: 'point router',
			outcome: 'failed',
			result: null,
			why: 'refused',
		}),
		does('22:30:10', runner, 'end', {...second, outcome: 'fail', exit: 1, reason: 'refused', log: null, still: []}),
	];
	const stage = await Stage.open({acts, now: '22:40:00', you: alice});
	await stage.press('r');
	const form = await stage.press('enter');
	assert.match(form, /RESUME T0/i);
	assert.doesNotMatch(form, /nobody knows how it ended|STILL RUNS/);
});
