import assert from 'node:assert/strict';
import {test} from 'node:test';
import {assertKept, crowded} from './verbs/crowd.ts';

test('with four commands writing notes under kill -9, the log has every acknowledged note once, in one chain', {
	timeout: 300_000,
}, async t => {
	const night = await crowded(t, 8000, 40);
	assertKept(night);
	assert.ok(night.kills > 3, `${night.kills} were killed`);
});
