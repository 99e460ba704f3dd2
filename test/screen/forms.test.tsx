/* Forms at the screen: what is known is not asked, what is asked can be edited, what will run can be read. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../source/cutover/model/state.ts';
import type {ScreenContext} from '../../source/screen/acts/act.ts';
import {dialogLines} from '../../source/screen/dialogs/lines.ts';
import {rowsShown} from '../../source/screen/dialogs/menu.ts';
import {rowForNext} from '../../source/screen/state/auto-select.ts';
import {type Act, at, does, ends} from '../given.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {alice, bob, carolOfQa, dave, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {Stage} from './stage.tsx';

const last = (stage: Stage) => stage.journal.entries().findLast(({cause}) => cause !== 'time');

const data = (stage: Stage) => last(stage)?.data as Readonly<Record<string, unknown>>;

test('a text field is edited at the cursor', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('n');
	await stage.type('vendor the bridge');
	await stage.press('alt-b', 'alt-b');
	assert.match(await stage.type('joined '), /note +vendor joined _the bridge/);
	await stage.press('ctrl-k', 'home', 'delete', 'enter');
	assert.equal(data(stage)['text'], 'endor joined ');
});

test('a text longer than its row scrolls with the cursor', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('n');
	await stage.type(`begin ${'x'.repeat(100)} end`);
	assert.match(stage.text(), /x end_/);
	assert.doesNotMatch(stage.text(), /begin/);
	assert.match(await stage.press('home'), /note +_begin x/);
});

test('a paste longer than its field says that its end was left out', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('n');
	assert.match(await stage.paste('x'.repeat(403)), /! Too long by 3 characters: the end was left out\./);
	assert.doesNotMatch(await stage.press('backspace'), /Too long/);
});

test('a form is drawn at any width, wherever its cursor is', async () => {
	for (const columns of [1, 4, 12, 16, 20, 26, 32]) {
		const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice, size: {columns, rows: 5}});
		await stage.press('0');
		await stage.type('a time that is longer than any of these screens is wide');
		for (let row = 0; row < 4; row++) await stage.press('tab');
		assert.equal(stage.view.dialog?.kind, 'form');
	}
});

test('. does what NEXT says, with the form of its own key', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:30:10', you: carolOfQa});
	assert.match(await stage.press('.'), /RUN T-30/);
	assert.equal(stage.view.chosen.stages, 'T-30');
	await stage.press('y');
	assert.equal(last(stage)?.type, 'started');
});

test('. does what YOU names before what waits for someone else', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: bob});
	assert.match(await stage.press('.'), /ANSWER FOR A GATE: G5/);
});

test('the mark is on what . does: what comes next, where nobody is bound to a role', () => {
	const at = (people: State['people']): ScreenContext =>
		({
			snapshot: {you: {target: {kind: 'gate', id: 'G3'}}, next: {target: {kind: 'stage', id: 'T-20'}}},
			state: {people},
			view: {person: {role: null}},
		}) as unknown as ScreenContext;
	assert.equal(rowForNext(at({'release-manager': ['alice']}))?.id, 'G3');
	assert.equal(rowForNext(at(null))?.id, 'T-20');
});

test('S shows every sign-off that is yours and ready, and signs them by y', async () => {
	const acts: readonly Act[] = keptNight.filter(({command: {type}}) => type !== 'sign' && type !== 'close');
	const stage = await Stage.open({acts, now: '22:58:00', you: dave});
	const asked = await stage.press('S');
	assert.match(asked, /SIGN EVERYTHING THAT IS YOURS AND READY[\s\S]*S1 release-operator/);
	assert.doesNotMatch(asked, /S2 qa-owner/);
	await stage.press('enter');
	assert.notEqual(last(stage)?.type, 'signed');
	await stage.press('y');
	assert.deepEqual([last(stage)?.type, data(stage)['signOff']], ['signed', 'S1']);
});

test('what will run is scrolled to its end at any size, and what is typed stays', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:35:00', you: alice, size: {columns: 60, rows: 18}});
	const first = await stage.press('B');
	assert.match(first, /0 lines above, \d+ below: PgUp PgDn/);
	assert.match(first, /type ROLLBACK to confirm/);
	const pages: string[] = [];
	for (let page = 0; page < 8; page++) pages.push(await stage.press('page-down'));
	assert.match(pages.join('\n'), /as cutover@bastion-1 in\s+\/srv\/orders/);
	const end = pages.at(-1) ?? '';
	assert.match(end, /then +OBSERVING → ROLLING BACK/, 'and what it would do');
	assert.match(end, /, 0 below: PgUp PgDn/);
	assert.match(end, /type ROLLBACK to confirm/);
	assert.match(await stage.press(...Array.from({length: 8}, () => 'page-up')), / 0 lines above/);
});

test('the marked row of a dialog is seen however low the terminal is', async () => {
	for (const size of [
		{columns: 60, rows: 18},
		{columns: 40, rows: 10},
	]) {
		const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, size});
		await stage.press(':', ...Array.from({length: 10}, () => 'down'));
		const {dialog} = stage.view;
		assert.equal(dialog?.kind, 'menu');
		const label = dialog?.kind === 'menu' ? (rowsShown(dialog)[10]?.label ?? '') : '';
		assert.ok(stage.text().includes(`> ${label.slice(0, 20)}`), `${label}:\n${stage.text()}`);
	}
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.press('n');
	const {dialog} = stage.view;
	assert.ok(dialog?.kind === 'form');
	const rows = Array.from({length: 12}, (_, at) => ({
		...dialog.rows[0],
		label: `item ${at + 1}`,
	})) as typeof dialog.rows;
	for (const [at, {label}] of rows.entries()) {
		const lines = dialogLines({...dialog, rows, at}, {theme: stage.world.theme, columns: 60, waiting: false}, 5);
		assert.ok(
			lines.some(line =>
				line
					.map(({text}) => text)
					.join('')
					.startsWith(`>  ${label} `),
			),
			label,
		);
	}
});

test('what a form is about is read to its end in a terminal that has one row for it', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, size: {columns: 60, rows: 12}});
	const shown = [await stage.press('!')];
	for (let row = 0; row < 8; row++) shown.push(await stage.press('page-down'));
	for (const part of ['The clock stops; the go and all votes are withdrawn', 'records', 'PREPARING → HOLD'])
		assert.ok(
			shown.some(text => text.includes(part)),
			`${part}:\n${shown.join('\n')}`,
		);
});

test('a dialog that a window of one line does not show takes no answer, and says how it is seen', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, size: {columns: 39, rows: 9}});
	const before = stage.journal.entries().length;
	assert.match(await stage.press('n'), /Note: needs 40x10/);
	await stage.keys(...'unseen', 'enter', 'enter');
	assert.equal(stage.journal.entries().length, before);
	await stage.keys('esc');
	assert.equal(stage.view.dialog, null);
});

test('names of people that the settings bind are offered, and → takes them', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.press('u', 'ctrl-u');
	assert.match(stage.text(), /→ .*bob/);
	await stage.type('ca');
	assert.match(await stage.press('right'), /name +carol_/);
});

test('a list is found by the first letter, and filtered after /', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: {...dave, role: null}});
	await stage.keys(':');
	await stage.type('hand a role');
	await stage.press('enter');
	assert.match(await stage.press('q'), /> qa-owner/);
	await stage.press('/');
	const found = await stage.type('lead');
	assert.match(found, /ops-lead/);
	assert.doesNotMatch(found, /qa-owner\n/);
});

test('the next act waits for the one before to be done', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	const {model} = stage;
	const effect = {kind: 'copy', what: 'evidence'} as const;
	const two = {
		...model,
		queue: [
			{id: 1, effect},
			{id: 2, effect},
		],
		asked: 3,
		performing: null,
	};
	const {nextEffect, reduceIn} = await import('../../source/screen/state/model.ts');
	const reduce = reduceIn(stage.world);
	assert.equal(nextEffect(two)?.id, 1);
	const taken = reduce(two, {kind: 'taken', id: 1});
	assert.equal(nextEffect(taken), null);
	const leaving = {...taken, queue: [...taken.queue, {id: 3, effect: {kind: 'leave'} as const}]};
	assert.equal(nextEffect(leaving)?.id, 3, 'leaving waits for nothing');
	assert.equal(nextEffect(reduce(taken, {kind: 'performed', id: 1}))?.id, 2);
});

/** T0 has begun, of a runbook that differs in this. */
const begunWith = (part: Partial<typeof runbook>): readonly Act[] =>
	backNight
		.filter(({at: time}) => time < at('22:26:00'))
		.map(act => {
			const {command} = act;
			if (command.type !== 'begin') return act;
			return {...act, command: {...command, data: {...command.data, runbook: {...runbook, ...part}}}};
		});

const withT0 = (part: Partial<(typeof runbook.stages)[number]>): readonly Act[] =>
	begunWith({stages: runbook.stages.map(row => (row.kind === 'act' ? {...row, ...part} : row))});

test('where resuming T0 does not go on, its result is asked for first', async () => {
	const t0 = (attempt: number) => ({target: {stage: 'T0'}, attempt});
	const lost = [
		...withT0({playbook: 'ops/t0.ts'}),
		does('22:25:30', runner, 'beginStep', {...t0(1), step: 'move', again: false}),
		ends('22:25:40', 'T0', 1, 'fail'),
	];
	const again = {target: 'T0', resume: true, reference: null, ticket: null, early: false, reason: null};
	const stuck = [...lost, does('22:26:00', alice, 'run', again), ends('22:26:10', 'T0', 2, 'fail')];
	const asked = async (acts: readonly Act[]) => (await Stage.open({acts, now: '22:27:00', you: alice})).press('.');
	assert.match(await asked(lost), /^> Resume T0$/m);
	assert.match(await asked(stuck), /^> Report how T0 went$/m);
});

test('the key of NEXT is called by what it does: it records a result, resumes or runs', async () => {
	const board = async (acts: readonly Act[]) => (await Stage.open({acts, now: '22:27:00', you: alice})).text();
	assert.match(await board(withT0({})), /^ YOU +record the result of T0.* \[r\] record$/m);
	const failed = ends('22:25:40', 'T0', 1, 'fail');
	assert.match(await board([...withT0({playbook: 'ops/t0.ts'}), failed]), /^ YOU +resume T0.* \[r\] resume$/m);
	assert.match(
		await board([...withT0({commands: ['drain', 'move']}), failed]),
		/^ YOU +run command 1 of 2 of T0 again.* \[r\] run$/m,
	);
});

test('a command that failed is run again, and not offered to be resumed', async () => {
	const acts = [...withT0({commands: ['drain', 'move']}), ends('22:25:40', 'T0', 1, 'fail')];
	const menu = await (await Stage.open({acts, now: '22:27:00', you: alice})).press('.');
	assert.match(menu, /^> Run command 1 of 2 of T0\n {2}Report how T0 went\n─/m);
});

test('where no path can run here, the key of a rollback records one by hand, and its form names the steps', async () => {
	const acts = begunWith({rollback: null, rollbackSteps: ['Switch DNS back']});
	const stage = await Stage.open({acts, now: '22:27:00', you: alice});
	assert.match(await stage.press('B'), /RECORD A ROLLBACK RUN BY HAND ─+\n {3}by hand 1: Switch DNS back\n/);
});

test('where people do all of the rollback, its screen shows their steps and no path', async () => {
	const acts = begunWith({rollback: null, rollbackSteps: ['Switch DNS back', 'Tell the vendor']});
	const stage = await Stage.open({acts, now: '22:27:00', you: alice, screen: 'rollback'});
	assert.match(stage.text(), /── BY HAND ─+\n 1 {2}Switch DNS back\n 2 {2}Tell the vendor\n/);
	assert.doesNotMatch(stage.text(), /PREFERRED|FALLBACK/);
	assert.match(await stage.press('esc', 'g'), /rollback by hand, 2 steps/);
});
