/** The bell rings once for each thing that is loud, and a new sample is seen within a second. */
import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {Clock} from '../../source/cutover/ports.ts';
import {App} from '../../source/screen/app.tsx';
import {openModel} from '../../source/screen/state/model.ts';
import type {World} from '../../source/screen/state/screen-world.ts';
import {initialView} from '../../source/screen/state/view.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {type Act, at} from '../given.ts';
import {sees} from '../scenarios/health.ts';
import {begunWith, measuredBook, observe, readyAt, reported} from '../scenarios/measured-night.ts';
import {alice, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {small} from './draw.tsx';
import {cutoverOf} from './stage.tsx';

/** Time that a test lets pass; timers run when it does. */
const clockFrom = (start: string) => {
	let now = at(start);
	const timers = new Map<() => void, number>();
	const clock: Clock = {
		now: () => now,
		steady: () => now,
		after: () => () => {},
		every: (ms, run) => {
			timers.set(run, ms);
			return () => void timers.delete(run);
		},
	};
	const rest = async () => {
		for (let turns = 0; turns < 8; turns++) await new Promise(resolve => setImmediate(resolve));
	};
	return {
		clock,
		periods: () => [...timers.values()].toSorted((a, b) => a - b),
		async become(time: string) {
			now = at(time);
			for (const run of [...timers.keys()]) run();
			await rest();
		},
		rest,
	};
};

const opened = async (acts: readonly Act[], start: string) => {
	const time = clockFrom(start);
	let rings = 0;
	const observed = (state: Parameters<typeof sees>[0]) =>
		sees(state, time.clock.now(), reported, readyAt(time.clock.now()));
	const cutover = await cutoverOf({acts, now: start, observed}, time.clock, []);
	const world: World = {
		clock: time.clock,
		theme: openTheme({ascii: false, colour: false}),
		account: 'cutover@bastion-1',
		newId: () => 'id',
		redact: (_, text) => text,
		ring: () => void rings++,
		begun: () => {},
		named: () => {},
		suspend: async () => {},
		leave: () => {},
	};
	const first = openModel({opening: null, cutover}, initialView('board', alice, small), at(start));
	const input = {keys: () => () => {}, paintLast: () => {}};
	const terminal = Object.assign(new EventEmitter(), small);
	const screen = render(<App world={world} input={input} terminal={terminal} first={first} />);
	await time.rest();
	return {
		...time,
		/** The watcher notes what the samples say. */
		async watched(moment: string) {
			await time.become(moment);
			await cutover.journal.settle(runner);
			await time.rest();
		},
		rang: () => rings,
		close: () => screen.unmount(),
	};
};

const night = (book: Runbook): readonly Act[] => observe(begunWith(book), reported);

test('an outage rings once while it runs, at each warning, when it fires, and once when it is over', async () => {
	const screen = await opened(night(measuredBook), '22:27:50');
	const rangAt: number[] = [];
	for (const moment of [
		'22:28:10',
		'22:28:40',
		'22:29:30',
		'22:33:10',
		'22:36:10',
		'22:38:21',
		'22:40:00',
		'22:44:40',
	]) {
		await screen.watched(moment);
		rangAt.push(screen.rang());
	}
	assert.deepEqual(rangAt, [0, 1, 1, 2, 3, 4, 4, 5]);
	screen.close();
});

test('with endpoints bound a screen looks each second, else now and then', async () => {
	const measured = await opened(night(measuredBook), '22:27:50');
	assert.deepEqual(measured.periods(), [1000, 1000]);
	measured.close();
	const calm = await opened(night(runbook), '22:27:50');
	assert.deepEqual(calm.periods(), [1000, 5000]);
	calm.close();
});
