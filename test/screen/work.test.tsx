/** What a frame costs: nothing is asked or made that is not shown. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {helpOf, hintsOf} from '../../source/screen/keys/keys.ts';
import {Screen} from '../../source/screen/panels/screen.tsx';
import {lookAt} from '../../source/screen/state/screen-world.ts';
import {scenarios} from '../scenarios/scenarios.ts';
import {inZone, propsOf, small, textOf, wide} from './draw.tsx';
import {Stage} from './stage.tsx';

test('a frame with the help closed asks at most 50 rulings', async () => {
	const {acts, now, you} = scenarios['gate-failed'];
	const stage = await Stage.open({acts, now, you});
	const at = lookAt(stage.world, stage.model.subject, stage.view, stage.model.now);
	let asked = 0;
	const counted = {
		...at,
		would: (...args: Parameters<typeof at.would>) => {
			asked++;
			return at.would(...args);
		},
	};
	for (const size of [small, wide]) {
		asked = 0;
		const props = {...propsOf(scenarios['gate-failed'], size), hints: hintsOf(counted), help: () => helpOf(counted)};
		inZone(() => textOf(<Screen {...props} />, size));
		assert.ok(asked <= 50, `${asked} rulings`);
	}
});

test('the same state, second and person have one snapshot', async () => {
	const {acts, now, you} = scenarios['gate-failed'];
	const stage = await Stage.open({acts, now, you});
	const look = () => lookAt(stage.world, stage.model.subject, stage.view, stage.model.now).snapshot;
	assert.equal(look(), look());
});
