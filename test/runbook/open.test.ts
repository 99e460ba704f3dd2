import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {limitBytes, openRunbook} from '../../source/runbook/open.ts';

function folder(t: TestContext): string {
	const made = mkdtempSync(join(tmpdir(), 'runbook-'));
	t.after(() => rmSync(made, {recursive: true, force: true}));
	return made;
}

const refused = (path: string, settings: string | null = null) =>
	openRunbook(path, settings).problems.map(({code}) => code);

test('a runbook is opened with the settings beside it', t => {
	const path = join(folder(t), 'orders.md');
	writeFileSync(path, '# Orders\n');
	assert.deepEqual(openRunbook(path, null).found, {path, bytes: Buffer.from('# Orders\n'), settings: null});
	writeFileSync(path.replace('.md', '.cutover.yaml'), 'cutover: 1\n');
	assert.deepEqual(openRunbook(path, null).found?.settings, {
		path: path.replace('.md', '.cutover.yaml'),
		bytes: Buffer.from('cutover: 1\n'),
	});
});

test('named settings replace those beside the runbook', t => {
	const made = folder(t);
	const path = join(made, 'orders.md');
	const named = join(made, 'night.yaml');
	writeFileSync(path, '# Orders\n');
	writeFileSync(named, 'cutover: 1\n');
	assert.equal(openRunbook(path, named).found?.settings?.path, named);
	const beside = join(made, 'orders.cutover.yaml');
	writeFileSync(beside, 'cutover: 1\n');
	assert.equal(openRunbook(path, beside).found?.settings?.path, beside);
	assert.equal(openRunbook(path, named).found?.settings?.path, named);
});

test('what is no regular file is refused without waiting for it', async t => {
	const made = folder(t);
	const at = (name: string) => join(made, name);
	mkdirSync(at('folder'));
	execFileSync('mkfifo', [at('pipe')]);
	symlinkSync(at('b'), at('a'));
	symlinkSync(at('a'), at('b'));
	const server = createServer().listen(at('socket'));
	await new Promise(listening => server.once('listening', listening));
	t.after(() => server.close());
	for (const name of ['folder', 'pipe', 'socket']) assert.deepEqual(refused(at(name)), ['file-kind'], name);
	assert.deepEqual(refused('/dev/zero'), ['file-kind']);
	assert.deepEqual(refused(at('a')), ['file-denied']);
	assert.deepEqual(refused(at('none')), ['file-missing']);
	assert.match(openRunbook(at('pipe'), null).problems[0]?.message ?? '', /a pipe/);
});

test('a file of a mebibyte is read, one byte more is refused', t => {
	const path = join(folder(t), 'big.md');
	writeFileSync(path, 'x'.repeat(limitBytes));
	assert.equal(openRunbook(path, null).found?.bytes.length, limitBytes);
	writeFileSync(path, 'x'.repeat(limitBytes + 1));
	assert.deepEqual(refused(path), ['file-large']);
});

test('a file or a folder that everybody may write is not trusted', t => {
	const made = folder(t);
	const path = join(made, 'orders.md');
	writeFileSync(path, '# Orders\n');
	chmodSync(path, 0o646);
	assert.deepEqual(refused(path), ['file-shared']);
	chmodSync(path, 0o644);
	chmodSync(made, 0o777);
	assert.deepEqual(refused(path), ['file-shared']);
	const link = join(folder(t), 'link.md');
	symlinkSync(path, link);
	assert.deepEqual(refused(link), ['file-shared']);
	chmodSync(made, 0o1777);
	assert.deepEqual(refused(path), []);
	const deep = join(made, 'ours/deep');
	mkdirSync(deep, {recursive: true, mode: 0o755});
	writeFileSync(join(deep, 'orders.md'), '# Orders\n');
	assert.deepEqual(refused(join(deep, 'orders.md')), []);
	chmodSync(made, 0o777);
	assert.deepEqual(refused(join(deep, 'orders.md')), ['file-shared']);
});

test('settings are as suspicious as the runbook, and named as the place of the problem', t => {
	const made = folder(t);
	const path = join(made, 'orders.md');
	const beside = join(made, 'orders.cutover.yaml');
	writeFileSync(path, '# Orders\n');
	writeFileSync(beside, 'cutover: 1\n');
	chmodSync(beside, 0o666);
	const {found, problems} = openRunbook(path, null);
	assert.equal(found, null);
	assert.deepEqual(
		problems.map(({code, file}) => ({code, file})),
		[{code: 'file-shared', file: beside}],
	);
	assert.deepEqual(refused(path, join(made, 'gone.yaml')), ['file-missing']);
});

test('a file that may not be read says so', {skip: process.getuid?.() === 0 && 'root may read everything'}, t => {
	const path = join(folder(t), 'orders.md');
	writeFileSync(path, '# Orders\n', {mode: 0o000});
	assert.deepEqual(refused(path), ['file-denied']);
});
