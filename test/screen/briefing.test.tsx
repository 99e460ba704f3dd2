/** The first screen of somebody who was away. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingOf} from '../../source/screen/keys/keys.ts';
import {briefingLines} from '../../source/screen/panels/opening/briefing.ts';
import type {Fault} from '../../source/screen/state/view.ts';
import {scenarios} from '../scenarios/scenarios.ts';
import {propsOf, small} from './draw.tsx';

test('on the briefing no act has a key: only Enter leaves it, and q quits the screen', () => {
	for (const key of ['r', 'a', 'g', 't', 's', '!', '0', 'B', 'n', ':', 'e'])
		assert.equal(bindingOf('briefing', key), undefined, key);
	assert.ok(bindingOf('briefing', 'enter'));
	assert.ok(bindingOf('briefing', 'q'));
});

test('what happened is not known while the database is away', () => {
	const props = propsOf(scenarios.briefing, small);
	const about = (fault: Fault | null) =>
		briefingLines({...props, size: small, view: {...props.view, away: props.snapshot.now, fault}})
			.map(line => line.map(({text}) => text).join(''))
			.find(line => line.includes('WHAT HAPPENED'));
	assert.match(about(null) ?? '', /WHAT HAPPENED {2}nothing/);
	const away = {since: props.snapshot.now, kept: 0};
	assert.match(about({message: 'It is away.', fix: 'Wait.', away}) ?? '', /not known while the database is away/);
});
