/* The built program on machines that are not as one would wish. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';

const bin = fileURLToPath(new URL('../../bin/cutover-tui.cjs', import.meta.url));

function place(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'machine-'));
	t.after(() => rmSync(folder, {recursive: true}));
	return folder;
}

test('a working directory that was removed is no reason to fail', t => {
	const folder = place(t);
	const gone = join(folder, 'release');
	mkdirSync(gone);
	const command = ['-c', `rmdir ${gone} && exec "$0" "$@"`, process.execPath, bin, 'list'];
	const env = {PATH: process.env['PATH'], HOME: folder, PWD: gone};
	const {status, stderr} = spawnSync('sh', command, {cwd: gone, encoding: 'utf8', env});
	assert.equal(status, 0, stderr);
	assert.doesNotMatch(stderr, /^ {4}at /m);
});

test('a state folder that is a link to nowhere is a fault, and not an empty list', t => {
	const folder = place(t);
	symlinkSync('/nowhere/at/all', join(folder, 'cutover-tui'));
	const env = {PATH: process.env['PATH'], HOME: folder, XDG_STATE_HOME: folder};
	for (const command of ['status', 'list']) {
		const {status, stderr} = spawnSync(process.execPath, [bin, command], {cwd: folder, encoding: 'utf8', env});
		assert.equal(status, 3, command);
		assert.match(stderr, /Symbolic link to a place that does not exist: .*cutover-tui -> \/nowhere\/at\/all/);
	}
});

test('an account without a passwd entry works under the name that it gives', t => {
	if (process.getuid?.() !== 0) return;
	const folder = place(t);
	const env = {PATH: process.env['PATH'], HOME: folder, USER: 'ana'};
	const as = ['--reuid', '54321', '--regid', '54321', '--clear-groups', process.execPath, bin, 'doctor'];
	const {status, stdout, stderr} = spawnSync('setpriv', as, {cwd: '/', encoding: 'utf8', env});
	assert.notEqual(status, 3, stderr);
	assert.match(stdout, /account: uid 54321 has no passwd entry\. Say who acts with --as NAME\.$/m);
});

test('an account without a home folder keeps its cutovers where it says', t => {
	if (process.getuid?.() !== 0) return;
	const folder = place(t);
	chmodSync(folder, 0o755);
	const env = {PATH: process.env['PATH'], XDG_STATE_HOME: folder};
	const as = ['--reuid', '54321', '--regid', '54321', '--clear-groups', process.execPath, bin, 'list'];
	const {stdout, stderr} = spawnSync('setpriv', as, {cwd: '/', encoding: 'utf8', env});
	assert.deepEqual(
		[stdout, stderr],
		['', 'There is no cutover yet. Begin one: cutover-tui begin RUNBOOK --t0 WHEN.\n'],
	);
});
