/** What a frame costs: nothing is asked or made that is not shown. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ScreenContext} from '../../source/screen/acts/act.ts';
import {helpOf, hintsOf} from '../../source/screen/keys/keys.ts';
import {Screen} from '../../source/screen/panels/screen.tsx';
import {lookAt} from '../../source/screen/state/screen-world.ts';
import {scenarios} from '../scenarios/scenarios.ts';
import {inZone, propsOf, small, textOf, wide} from './draw.tsx';
import {Stage} from './stage.tsx';

/** The board of a failed gate, and how many rulings it was asked for since the last look. */
async function counting() {
	const {acts, now, you} = scenarios['gate-failed'];
	const stage = await Stage.open({acts, now, you});
	const at = lookAt(stage.world, stage.model.subject, {...stage.view}, stage.model.now);
	let asked = 0;
	const would = (...args: Parameters<typeof at.would>) => {
		asked++;
		return at.would(...args);
	};
	const props = {small: propsOf(scenarios['gate-failed'], small), wide: propsOf(scenarios['gate-failed'], wide)};
	const drawn = (context: ScreenContext, size: keyof typeof props = 'small'): number => {
		asked = 0;
		const all = {...props[size], hints: hintsOf(context), help: () => helpOf(context)};
		inZone(() => textOf(<Screen {...all} />, size === 'small' ? small : wide));
		return asked;
	};
	return {at: {...at, would}, drawn};
}

test('a frame with the help closed asks at most 50 rulings', async () => {
	const {at, drawn} = await counting();
	for (const size of ['small', 'wide'] as const) {
		const asked = drawn({...at, view: {...at.view}}, size);
		assert.ok(asked > 0 && asked <= 50, `${asked} rulings`);
	}
});

test('while rows say the same a footer asks the rules each five seconds; where one says something else, at once', async () => {
	const {at, drawn} = await counting();
	const {snapshot} = at;
	const later = (ms: number, more: Partial<typeof snapshot> = {}) => ({
		...at,
		snapshot: {...snapshot, now: snapshot.now + ms, ...more},
	});
	assert.ok(drawn(at) > 0);
	assert.equal(drawn(later(4999)), 0);
	assert.ok(drawn(later(5000)) > 0);
	assert.equal(drawn(later(6000)), 0);
	assert.ok(drawn(later(6000, {stages: snapshot.stages.map(stage => ({...stage, state: 'due' as const}))})) > 0);
	assert.ok(drawn(later(6000, {you: null})) > 0);
	assert.ok(drawn({...later(6000, {you: null}), state: {...at.state}}) > 0);
});

test('the same state, second and person have one snapshot', async () => {
	const {acts, now, you} = scenarios['gate-failed'];
	const stage = await Stage.open({acts, now, you});
	const look = () => lookAt(stage.world, stage.model.subject, stage.view, stage.model.now).snapshot;
	assert.equal(look(), look());
});
