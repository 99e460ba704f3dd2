/** The first screen of somebody who was away. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingOf} from '../../source/screen/keys/keys.ts';

test('on the briefing no act has a key: only Enter leaves it, and q quits the screen', () => {
	for (const key of ['r', 'a', 'g', 't', 's', '!', '0', 'B', 'n', ':', 'e'])
		assert.equal(bindingOf('briefing', key), undefined, key);
	assert.ok(bindingOf('briefing', 'enter'));
	assert.ok(bindingOf('briefing', 'q'));
});
