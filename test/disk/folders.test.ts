import assert from 'node:assert/strict';
import {existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {isMissing, systemFault} from '../../source/disk/fault.ts';
import {makeFolders, refuseDangling} from '../../source/disk/file.ts';

function place(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'folders-'));
	t.after(() => rmSync(folder, {recursive: true}));
	return folder;
}

test('folders are made with all that is missing above them, for their owner alone', t => {
	const root = place(t);
	assert.equal(makeFolders(join(root, 'a/b/c')), join(root, 'a'));
	assert.equal(statSync(join(root, 'a/b/c')).mode & 0o777, 0o700);
	assert.equal(makeFolders(join(root, 'a/b/c')), undefined);
	writeFileSync(join(root, 'file'), '');
	assert.throws(() => makeFolders(join(root, 'file')), /EEXIST/);
});

test('a file system that answers "no such file" for ever ends at once', {
	skip: existsSync('/proc/self') ? false : 'no /proc',
}, () => {
	assert.throws(() => makeFolders('/proc/nowhere/below'), /ENOENT/);
});

test('a link to nowhere is not a folder that is missing', t => {
	const root = place(t);
	symlinkSync(join(root, 'gone'), join(root, 'state'));
	for (const path of [join(root, 'state'), join(root, 'state/cutover-tui')]) {
		assert.throws(
			() => makeFolders(path),
			error => {
				assert.ok(!isMissing(error));
				assert.match(systemFault(error).text, /^Symbolic link to a place that does not exist: .*state -> .*gone/);
				return true;
			},
		);
		assert.throws(() => refuseDangling(path));
	}
	mkdirSync(join(root, 'gone'));
	assert.equal(makeFolders(join(root, 'state/cutover-tui')), join(root, 'state/cutover-tui'));
});
