import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toWrite} from '../../source/cli/to-write.ts';

test('in a folder that is gone no file is written by a relative path', () => {
	const gone = {cwd: '/', env: {PWD: '/nowhere/gone'}};
	assert.throws(
		() => toWrite(gone, 'evidence.md'),
		/^UsageError: \/nowhere\/gone is gone, and evidence\.md would be in it/,
	);
	assert.throws(() => toWrite({cwd: '/', env: {PWD: ''}}, 'evidence.md'), /The working directory is gone/);
	assert.equal(toWrite(gone, '/srv/evidence.md'), '/srv/evidence.md');
	assert.equal(toWrite({cwd: '/', env: {PWD: '/'}}, 'evidence.md'), '/evidence.md');
	assert.equal(toWrite({cwd: '/', env: {}}, 'evidence.md'), '/evidence.md');
	assert.equal(toWrite({cwd: '/srv', env: {PWD: '/nowhere/gone'}}, 'evidence.md'), '/srv/evidence.md');
});

test('"-" is no file to write, as it is standard output elsewhere', () => {
	assert.throws(() => toWrite({cwd: '/srv', env: {}}, '-'), /^UsageError: "-" is not a file\./);
	assert.equal(toWrite({cwd: '/srv', env: {}}, './-'), '/srv/-');
});
