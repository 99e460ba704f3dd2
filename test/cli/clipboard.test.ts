import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toClipboard} from '../../source/cli/acts.ts';

test('a copy reaches the terminal through tmux passthrough', () => {
	assert.equal(toClipboard('ok', false), '\u001b]52;c;b2s=\u0007');
	assert.equal(toClipboard('ok', true), '\u001bPtmux;\u001b\u001b]52;c;b2s=\u0007\u001b\\');
});
