/** On a slow line the output is painted last, and what a person types into is not. */
import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {test} from 'node:test';
import {render} from 'ink-testing-library';
import {App} from '../../source/screen/app.tsx';
import {layout} from '../../source/screen/layout.ts';
import {openModel} from '../../source/screen/state/model.ts';
import type {World} from '../../source/screen/state/screen-world.ts';
import {initialView} from '../../source/screen/state/view.ts';
import type {Press} from '../../source/screen/terminal/keys-in.ts';
import type {Rows} from '../../source/screen/terminal/painter.ts';
import {openTheme} from '../../source/screen/theme.ts';
import {at} from '../given.ts';
import {begunWith} from '../scenarios/measured-night.ts';
import {alice} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {small} from './draw.tsx';
import {clockAt, cutoverOf} from './stage.tsx';

test('rows of a dialogue over the output are not among those that are painted last', async () => {
	const start = '21:00:00';
	const clock = clockAt(start);
	const nothing = () => {};
	const cutover = await cutoverOf({acts: begunWith(runbook), now: start}, clock, []);
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
	const view = {...initialView('run', alice, small), target: 'G1'};
	let press: (press: Press) => void = nothing;
	const last: Rows[] = [];
	const input = {
		keys: (listener: typeof press) => {
			press = listener;
			return nothing;
		},
		paintLast: (rows: Rows) => void last.push(rows),
	};
	const first = openModel({opening: null, cutover}, view, at(start));
	const terminal = Object.assign(new EventEmitter(), small);
	const screen = render(<App world={world} input={input} terminal={terminal} first={first} />);
	const rest = async () => {
		for (let turns = 0; turns < 8; turns++) await new Promise(resolve => setImmediate(resolve));
	};
	await rest();
	const {top, panel} = layout(view, 0);
	assert.equal(last.at(-1)?.to, top + panel, 'the panel to its end');
	press({key: 'n', alone: true});
	await rest();
	const from =
		screen
			.lastFrame()
			?.split('\n')
			.findIndex(row => row.includes('NOTE')) ?? -1;
	assert.ok(from > top, 'the note is open');
	assert.equal(last.at(-1)?.to, from);
	screen.unmount();
});
