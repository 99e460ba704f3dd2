/** The page that chooses: among open cutovers, what is closed, and what can be begun. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseLines} from '../../source/screen/choose/choose-lines.ts';
import {type ChooseModel, chosenRow, keyOf, openChoose, pressChoose} from '../../source/screen/choose/choose-model.ts';
import type {Choices, ClosedCutover, OpenCutover} from '../../source/screen/choose/choosing.ts';
import type {Size} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {type Act, at, given} from '../given.ts';
import {golden} from '../harness/golden.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {inZone, small, wide} from './draw.tsx';

const theme = openTheme({ascii: false, colour: false});

const going = (id: string, acts: readonly Act[], time: string): OpenCutover => ({
	id,
	runbook: `/srv/${id}/docs/switch.md`,
	snapshot: inZone(() => given(acts, time).snapshot(null)),
	fault: null,
});

const closed: readonly ClosedCutover[] = [
	{
		id: 'ledger-2030-12-06',
		title: 'The ledger moves',
		runbook: '/srv/ledger/move.md',
		how: 'ROLLED BACK',
		at: at('23:41') - 40 * 86_400_000,
		why: 'trigger 1, proved in 06:40',
	},
	{
		id: 'search-2030-11-21',
		title: 'The search index moves',
		runbook: '/srv/search/move.md',
		how: 'KEPT',
		at: at('23:10') - 55 * 86_400_000,
		why: 'the report follows',
	},
];

const three: readonly OpenCutover[] = [
	going('billing-database-to-the-new-cluster-2031-01-14', keptNight, '22:33:00'),
	going('orders-move', backNight, '21:47:19'),
	going('orders-move-of-the-second-region-2031-01-14-2', backNight, '20:51:00'),
];

const runbooks = [
	{path: 'ferry.md', title: 'Ferry timetable: from blue to green'},
	{path: 'notes.md', title: null},
];

const choicesOf = (open: readonly OpenCutover[]): Choices => ({
	open: () => open,
	closed,
	runbooks,
	folder: '/srv/ferry',
});

const page = (open: readonly OpenCutover[] = three, size: Size = small): ChooseModel =>
	openChoose(choicesOf(open), size, null);

const pressed = (model: ChooseModel, ...keys: readonly string[]): ChooseModel =>
	keys.reduce((now, key) => pressChoose(now, {key, alone: false}, null), model);

const text = (model: ChooseModel): string =>
	inZone(() =>
		chooseLines(model, false, theme)
			.map(line => line.map(({text: part}) => part).join(''))
			.join('\n'),
	);

const rowOf = (model: ChooseModel): string => {
	const row = chosenRow(model);
	return row === undefined ? '' : keyOf(row);
};

test('a T0 that is late is said once in its row', () => {
	const late = backNight.filter(act => act.at <= at('22:17:05'));
	const shown = text(page([going('orders-move', late, '22:27:10')]));
	assert.match(shown, /orders-move +T0 LATE 00:02:10/);
});

test('several open cutovers are listed with state, clock, who commands and what comes next, above what is closed', () => {
	golden('choose', text(page()));
	golden('choose-wide', text(page(three, wide)));
	golden('choose-smallest', text(page(three, {columns: 40, rows: 12})));
});

test('with nothing open the page offers the rehearsal, the runbooks of the folder and what is closed', () => {
	golden('choose-first', text(page([])));
	golden('choose-first-wide', text(page([], wide)));
});

test('every line is exactly as wide as the terminal, and there are as many as it has rows', () => {
	for (const size of [small, wide, {columns: 40, rows: 12}, {columns: 20, rows: 5}, {columns: 200, rows: 60}]) {
		const lines = chooseLines(page(three, size), false, theme);
		assert.ok(lines.length === size.rows || (lines.length === 1 && size.rows < 10), `${size.columns}x${size.rows}`);
		const widths = lines.map(line => line.reduce((sum, {text: part}) => sum + part.length, 0));
		assert.deepEqual(
			widths.filter(width => width !== 0 && width !== size.columns),
			[],
			`${size.columns}x${size.rows}`,
		);
	}
});

test('ids that differ only at their ends are shown apart', () => {
	const twins = ['', '-2', '-3'].map(end =>
		going(`a-cutover-with-a-very-long-name-of-2031-01-14${end}`, backNight, '20:51:00'),
	);
	const rows = text(page(twins))
		.split('\n')
		.filter(line => line.includes('T0 22:00'));
	assert.equal(new Set(rows.map(row => row.slice(2))).size, 3);
});

test('Enter opens the row with the mark: a cutover, the rehearsal, a runbook', () => {
	assert.deepEqual(pressed(page(), 'down', 'enter').choice, {kind: 'cutover', id: 'orders-move'});
	assert.deepEqual(pressed(page(), 'down', 'down', 'down', 'enter').choice, {kind: 'cutover', id: 'ledger-2030-12-06'});
	assert.deepEqual(pressed(page([]), 'enter').choice, {kind: 'rehearsal'});
	assert.deepEqual(pressed(page([]), 'down', 'enter').choice, {kind: 'runbook', path: 'ferry.md'});
	assert.equal(rowOf(pressed(page(), 'end')), 'runbook notes.md');
	assert.equal(rowOf(pressed(page(), 'end', 'home')), rowOf(page()));
});

test('a search leaves the rows that hold it; Esc ends it, and q leaves', () => {
	const found = pressed(page(), '/', ...'ledger');
	assert.equal(rowOf(found), 'cutover ledger-2030-12-06');
	assert.equal(found.choice, null);
	assert.deepEqual(pressed(found, 'enter', 'enter').choice, {kind: 'cutover', id: 'ledger-2030-12-06'});
	assert.match(text(pressed(page(), '/', ...'nowhere')), /Nothing holds "nowhere"\./);
	assert.equal(pressed(found, 'esc').filter, '');
	assert.deepEqual(pressed(page(), 'q').choice, {kind: 'nothing'});
	assert.equal(pressChoose(pressed(page(), '/'), {paste: 'ledger\nq\n'}, null).choice, null);
});

test('from the screen of a cutover Esc goes back to it', () => {
	const model = openChoose(choicesOf(three), small, 'orders-move');
	assert.equal(rowOf(model), 'cutover orders-move');
	assert.deepEqual(pressChoose(model, {key: 'esc', alone: true}, 'orders-move').choice, {
		kind: 'cutover',
		id: 'orders-move',
	});
});

test('a cutover that cannot be read is listed with the reason', () => {
	const damaged: OpenCutover = {
		id: 'orders-move',
		runbook: '',
		snapshot: null,
		fault: 'The journal is damaged: entry 7.',
	};
	assert.match(text(page([damaged])), /\? orders-move +UNREADABLE {2}The journal is damaged: entry 7\./);
});
