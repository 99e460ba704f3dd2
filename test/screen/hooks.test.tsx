/** What the hooks of the screen do with the output: it is read once it is shown, and on a slow line painted last. */
import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import type {Cutover} from '../../source/cutover/ports.ts';
import {App} from '../../source/screen/app.tsx';
import {layout} from '../../source/screen/layout.ts';
import {openModel} from '../../source/screen/state/model.ts';
import type {World} from '../../source/screen/state/screen-world.ts';
import {initialView, type ScreenName, type Size, type View} from '../../source/screen/state/view.ts';
import type {Press} from '../../source/screen/terminal/keys-in.ts';
import type {Rows} from '../../source/screen/terminal/painter.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {type Act, at} from '../given.ts';
import {begunWith} from '../scenarios/measured-night.ts';
import {backNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {small, wide} from './draw.tsx';
import {clockAt, cutoverOf} from './stage.tsx';

type Shown = {
	readonly acts: readonly Act[];
	readonly now: string;
	readonly screen: ScreenName;
	readonly size: Size;
	readonly change?: Partial<View>;
};

/** The whole app, its hooks and all; every attempt has put out one line. */
const shown = async ({acts, now, screen, size, change}: Shown) => {
	const clock = clockAt(now);
	const nothing = () => {};
	const cutover: Cutover = {
		...(await cutoverOf({acts, now}, clock, [])),
		tail: {
			watch: (_, __, changed) => {
				changed(['all is well'], 11);
				return nothing;
			},
			read: () => ({lines: ['all is well'], total: 1}),
		},
	};
	const world: World = {
		clock,
		theme: openTheme({ascii: false, colour: false}),
		account: 'cutover@bastion-1',
		newId: () => 'id',
		redact: (_, text) => text,
		ring: nothing,
		begun: nothing,
		named: nothing,
		suspend: async () => {},
		leave: nothing,
	};
	const view = {...initialView(screen, alice, size), ...change};
	let listener: (press: Press) => void = nothing;
	const last: Rows[] = [];
	const input = {
		keys: (heard: typeof listener) => {
			listener = heard;
			return nothing;
		},
		paintLast: (rows: Rows) => void last.push(rows),
	};
	const first = openModel({opening: null, cutover}, view, at(now));
	const terminal = Object.assign(new EventEmitter(), size);
	const {lastFrame, unmount} = render(<App world={world} input={input} terminal={terminal} first={first} />);
	const rest = async () => {
		for (let turns = 0; turns < 8; turns++) await new Promise(resolve => setImmediate(resolve));
	};
	await rest();
	return {
		last,
		unmount,
		view,
		text: () => lastFrame() ?? '',
		async press(key: string) {
			listener({key, alone: true});
			await rest();
		},
	};
};

test('rows of a dialogue over the output are not among those that are painted last', async () => {
	const screen = await shown({
		acts: begunWith(runbook),
		now: '21:00:00',
		screen: 'run',
		size: small,
		change: {target: 'G1'},
	});
	const {top, panel} = layout(screen.view, 0);
	assert.equal(screen.last.at(-1)?.to, top + panel, 'the panel to its end');
	await screen.press('n');
	const from = screen
		.text()
		.split('\n')
		.findIndex(row => row.includes('NOTE'));
	assert.ok(from > top, 'the note is open');
	assert.equal(screen.last.at(-1)?.to, from);
	screen.unmount();
});

test('the output that was beside the lists is there where it fills the screen', async () => {
	const screen = await shown({acts: backNight, now: '21:01:00', screen: 'board', size: wide});
	await screen.press('tab');
	await screen.press('home');
	assert.match(screen.text(), /T-60 +attempt 1[\s\S]*all is well/);
	await screen.press('enter');
	assert.match(screen.text(), /── T-60-1/);
	assert.match(screen.text(), /all is well/);
	assert.doesNotMatch(screen.text(), /no output yet/);
	await screen.press('[');
	assert.match(screen.text(), /all is well/);
	screen.unmount();
});
