import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Line, stated} from '../../source/cli/colour.ts';
import {wrapped} from '../../source/cli/wrapped.ts';
import {safe} from '../../source/text/clean.ts';

const shown = (isTTY: boolean, line: Line): readonly Line[] => wrapped({isTTY, columns: 24}, [line]);

test('on a terminal a long line is broken between its words, elsewhere it stays one', () => {
	const line = safe('  G1  bash ops/preflight.sh --strict');
	assert.deepEqual(shown(true, line), ['  G1  bash', '    ops/preflight.sh', '    --strict']);
	assert.deepEqual(shown(false, line), [line]);
});

test('a line with a word wider than the terminal is left to it, so that the word is copied whole', () => {
	const line = safe(`Folder /home/alice/${'x'.repeat(20)}`);
	assert.deepEqual(shown(true, line), [line]);
});

test('a broken line keeps the colour of its state', () => {
	assert.deepEqual(shown(true, stated('  shop ', 'DOWN', '  since 02:30:39, refused')), [
		stated('  shop ', 'DOWN', '  since'),
		'    02:30:39, refused',
	]);
});
