/**
 * Draws the pictures of README and docs/operating.md from the real rules, reducer and panels, on a fixture with a fixed clock. Prints
 * them as JSON, by the names of their files. It is a process of its own, because colours are decided as Ink is loaded.
 */
import process from 'node:process';
import type {Size} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {type Act, given} from '../../test/given.ts';
import {backNight} from '../../test/scenarios/night.ts';
import {alice, carolOfOps, carolOfQa, daveOnCall} from '../../test/scenarios/people.ts';
import {type Scenario, scenarios} from '../../test/scenarios/scenarios.ts';
import {type Frame, toSvg} from './svg.ts';

const {Screen} = await import('../../source/screen/panels/screen.tsx');
const {createElement} = await import('react');
const {propsOf, textOf} = await import('../../test/screen/draw.tsx');
const {Stage} = await import('../../test/screen/stage.tsx');

const theme = openTheme({ascii: false, colour: true});
const small: Size = {columns: 80, rows: 24};
const wide: Size = {columns: 120, rows: 40};

const bytesOf = (scenario: Scenario, size: Size): string =>
	textOf(createElement(Screen, propsOf(scenario, size, theme)), size);

/** The same cutover as a rehearsal, which says so on every screen. */
const rehearsed: readonly Act[] = backNight.map(act =>
	act.command.type === 'begin'
		? {...act, command: {...act.command, data: {...act.command.data, rehearsal: {speed: 10}}}}
		: act,
);

const moment = (now: string, change: Partial<Scenario> & {readonly seconds?: number} = {}): Frame => {
	const {seconds = 2.5, ...rest} = change;
	return {bytes: bytesOf({acts: rehearsed, now, you: alice, screen: 'board', view: {}, ...rest}, small), seconds};
};

/** From begin to the proof that the rollback worked. */
const rehearsal: readonly Frame[] = [
	moment('20:50:30'),
	moment('21:18:40'),
	moment('21:40:30', {you: carolOfQa}),
	moment('21:47:19', {seconds: 4}),
	moment('22:16:48', {you: carolOfOps, screen: 'poll', view: {pane: 'votes'}}),
	moment('22:19:00'),
	moment('22:26:00', {view: {pane: 'stages', chosen: {stages: 'T0'}}}),
	moment('22:30:20', {view: {pane: 'triggers'}, seconds: 3.5}),
	moment('22:35:00', {view: {pane: 'triggers'}, seconds: 3.5}),
	moment('22:37:30', {screen: 'rollback', view: {pane: 'text'}}),
	moment('22:40:00', {you: daveOnCall, screen: 'rollback', view: {pane: 'text'}}),
	moment('22:45:00', {view: {pane: 'signOffs'}, seconds: 4}),
];

const still = (name: keyof typeof scenarios, title: string, size: Size = small): Promise<string> =>
	toSvg([{bytes: bytesOf(scenarios[name], size), seconds: 1}], size, title);

/** What the form of an act says, once these keys were pressed. */
async function form(now: string, keys: readonly string[], title: string): Promise<string> {
	const stage = await Stage.open({acts: backNight, now, you: alice, theme});
	await stage.keys(...keys);
	return toSvg([{bytes: stage.text(), seconds: 1}], small, title);
}

async function replay(): Promise<string> {
	const stage = Stage.replay({acts: backNight, now: '22:45:00', you: alice, theme});
	const count = given(backNight, '22:45:00').entries.findIndex(({type}) => type === 'rollbackBegun');
	await stage.keys(...Array.from({length: count - 1}, () => 'right'));
	return toSvg([{bytes: stage.text(), seconds: 1}], small, 'A replay, paused at one event of the cutover');
}

const pictures: Readonly<Record<string, () => Promise<string>>> = {
	'rehearsal.svg': () =>
		toSvg(rehearsal, small, 'A rehearsal from begin to rollback: gates, a hold, go/no-go, T0, an outage, the rollback'),
	'board.svg': () => still('gate-failed', 'The board, on hold because a gate failed'),
	'board-wide.svg': () => still('gates-run', 'The board at 120 columns, with what runs beside the lists', wide),
	'run.svg': () => still('run-screen', 'The output of an attempt, with its steps'),
	'poll.svg': () => still('roll-call', 'The go/no-go: who voted, and who is awaited'),
	'health.svg': () => still('health', 'The health screen, an outage clock running'),
	'rollback.svg': () => still('rollback-by-fallback', 'A rollback that runs by its fallback'),
	'sign-offs.svg': () => still('sign-offs', 'The sign-offs by role'),
	'evidence.svg': () => still('evidence', 'The evidence block and its fields'),
	'journal.svg': () => still('journal', 'The journal'),
	'briefing.svg': () => still('briefing', 'What happened while somebody was away'),
	'preview.svg': () => form('22:18:00', ['0', ...'23:59'], 'The form that moves T0, with what it would do'),
	'replay.svg': replay,
};

const drawn = await Promise.all(Object.entries(pictures).map(async ([name, draw]) => [name, await draw()] as const));
process.stdout.write(JSON.stringify(Object.fromEntries(drawn)));
