/** What each screen shows at each moment, read and approved as text: nothing is told by colour alone. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {OpeningScreen, Screen} from '../../source/screen/panels/screen.tsx';
import {initialView, type Size} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {at} from '../given.ts';
import {golden} from '../harness/golden.ts';
import {backNight} from '../scenarios/night.ts';
import {broken, readable} from '../scenarios/opening.ts';
import {alice, dave} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {type ScenarioName, scenarios} from '../scenarios/scenarios.ts';
import {drawn, inZone, propsOf, small, textOf, wide} from './draw.tsx';
import {Stage} from './stage.tsx';

const both: readonly ScenarioName[] = [
	'preparing',
	'gates-run',
	'gate-failed',
	'roll-call',
	'outage-by-hand',
	'rollback-by-fallback',
	'run-screen',
	'preparing-measured',
	'outage',
	'outage-fired',
	'blind',
	'reached',
	'approval',
	'proof-measured',
	'health-before',
	'health-measured',
];

for (const name of Object.keys(scenarios) as ScenarioName[])
	test(`80x24 shows ${name} as its golden does`, () => golden(name, drawn(scenarios[name])));

for (const name of both)
	test(`120x40 shows ${name} as its golden does`, () => golden(`${name}-wide`, drawn(scenarios[name], wide)));

const plain = openTheme({ascii: false, colour: false});

const opening = (read: typeof readable, size: Size): string =>
	textOf(
		<OpeningScreen
			opening={read}
			now={at('20:49:00')}
			view={initialView('opening', alice, size)}
			person={alice}
			theme={plain}
			hints={[]}
		/>,
		size,
	);

test('the first opening shows what was read, what will run and who you are', () => {
	golden('first-opening', opening(readable, small));
	golden('first-opening-wide', opening(readable, wide));
});

test('a runbook with an error shows it first, in its line, and offers no begin', () =>
	golden('first-opening-broken', opening(broken, small)));

test('below 80x24 the panes are stacked and scroll', () =>
	golden('gate-failed-stacked', drawn(scenarios['gate-failed'], {columns: 60, rows: 18})));

test('below 80x24 outage, rollback and endpoint health are stacked', () => {
	for (const name of ['outage', 'approval', 'health-measured'] as const)
		golden(`${name}-stacked`, drawn(scenarios[name], {columns: 60, rows: 18}));
});

test('below 80 columns a sign-off is read whole', () => {
	const shown = drawn(scenarios['sign-offs'], {columns: 60, rows: 24});
	for (const {text} of propsOf(scenarios['sign-offs']).snapshot.signOffs) assert.ok(shown.includes(text), text);
});

test('from 180 columns on the journal has a pane of its own', () => {
	for (const name of ['outage', 'kept'] as const)
		golden(`${name}-widest`, drawn(scenarios[name], {columns: 200, rows: 60}));
});

test('in 40x12 the board keeps the marked row and its reason', () =>
	golden('gate-failed-smallest', drawn(scenarios['gate-failed'], {columns: 40, rows: 12})));

test('below 40x10 one line has status, clock and Next', () => {
	golden('gate-failed-line', drawn(scenarios['gate-failed'], {columns: 39, rows: 9}));
	golden('outage-line', drawn(scenarios.outage, {columns: 39, rows: 9}));
});

test('a terminal without UTF-8 gets the same screen in ASCII', () => {
	const ascii = openTheme({ascii: true, colour: false});
	golden('gate-failed-ascii', drawn(scenarios['gate-failed'], small, ascii));
	golden('outage-by-hand-ascii', drawn(scenarios['outage-by-hand'], small, ascii));
	golden('outage-ascii', drawn(scenarios.outage, small, ascii));
	golden('approval-ascii', drawn(scenarios.approval, small, ascii));
});

test('a command that runs is not said to be next', async () => {
	const stages = runbook.stages.map(row =>
		row.id === 'T-60' ? {...row, kind: 'manual' as const, gates: [], commands: ['make a', 'make b']} : row,
	);
	const acts = backNight
		.slice(0, 2)
		.map(act =>
			act.command.type === 'begin'
				? {...act, command: {...act.command, data: {...act.command.data, runbook: {...runbook, stages}}}}
				: act,
		);
	const shown = async (count: number) =>
		(await Stage.open({acts: acts.slice(0, count), now: '21:00:50', you: dave, size: {columns: 180, rows: 40}})).text();
	assert.match(await shown(1), /make a +\(next\)/);
	assert.match(await shown(2), /make a +\(running\)/);
	assert.match(await shown(2), /^ +▶ make a/m);
});

test('before T0 what there is no room for in the row of triggers and rollback is left out whole', () => {
	const props = propsOf(scenarios.preparing, small);
	const snapshot = {...props.snapshot, triggers: []};
	const rollback = {...props.state, runbook: props.state.runbook && {...props.state.runbook, rollback: null}};
	const text = inZone(() => textOf(<Screen {...props} snapshot={snapshot} state={rollback} />, small));
	assert.match(text, /^ no trigger {3}health not measured +\? rollback: the runbook names no path$/m);
});
