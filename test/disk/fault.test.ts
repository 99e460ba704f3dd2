import assert from 'node:assert/strict';
import {constants, mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {ifExists, isMissing, systemFault} from '../../source/disk/fault.ts';
import {withFile, writeAll} from '../../source/disk/file.ts';

function errorOf(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}
	throw new Error('It did not fail.');
}

const folder = mkdtempSync(join(tmpdir(), 'cutover-disk-'));

test('an error of the system is a sentence with its path and its name', () => {
	const file = join(folder, 'none');
	const error = errorOf(() => readFileSync(file));
	assert.deepEqual(
		{...systemFault(error), fix: ''},
		{kind: 'gone', text: `No such file or folder: ${file} (ENOENT)`, fix: ''},
	);
	assert.equal(isMissing(error), true);
	assert.equal(
		ifExists(() => readFileSync(file)),
		null,
	);
});

test('an error without a path is about the path that is given', () => {
	const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC', syscall: 'write'});
	assert.equal(systemFault(full, '/srv/journal').text, 'No space left: /srv/journal (ENOSPC)');
});

test('an error of an unknown name keeps its own words', () => {
	const odd = Object.assign(new Error('EXDEV: cross-device link not permitted, link'), {code: 'EXDEV'});
	assert.equal(systemFault(odd, '/srv/x').text, 'EXDEV: cross-device link not permitted, link: /srv/x');
	assert.equal(systemFault(odd).kind, 'io');
});

test('only an error of the disk advises to check the disk', () => {
	const fixOf = (code: string): string => systemFault(Object.assign(new Error(code), {code})).fix;
	assert.match(fixOf('EIO'), /^Check the disk/);
	assert.match(fixOf('EMFILE'), /ulimit -n/);
	assert.match(fixOf('EISDIR'), /^Name a file/);
	for (const code of ['ENFILE', 'EEXIST', 'ENAMETOOLONG', 'EADDRNOTAVAIL', ''])
		assert.doesNotMatch(fixOf(code), /disk/, code);
});

test('a write that fails on a full disk names its file', () => {
	const write = () => withFile('/dev/full', constants.O_WRONLY, fd => writeAll(fd, Buffer.from('x')));
	assert.throws(write, error => systemFault(error).text === 'No space left: /dev/full (ENOSPC)');
});
