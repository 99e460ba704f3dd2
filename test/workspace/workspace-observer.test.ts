import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {digestOf} from '../../source/disk/digest.ts';
import {workspaceObserver} from '../../source/workspace/workspace-observer.ts';
import {gate, runbookOf} from '../attempts/rows.ts';

function place(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'look-'));
	t.after(() => rmSync(folder, {recursive: true}));
	return folder;
}

const git = (folder: string, ...args: readonly string[]): string =>
	execFileSync('git', ['-C', folder, '-c', 'user.name=ana', '-c', 'user.email=ana@example.org', ...args], {
		encoding: 'utf8',
	}).trim();

const commit = (folder: string, path: string, text: string): string => {
	mkdirSync(join(folder, path, '..'), {recursive: true});
	writeFileSync(join(folder, path), text);
	git(folder, 'add', '.');
	git(folder, 'commit', '-qm', text);
	return git(folder, 'rev-parse', 'HEAD');
};

test('the head of a gate is its last relevant commit, updated after each commit, checkout and pack', t => {
	const workspace = place(t);
	const look = workspaceObserver();
	const runbook = runbookOf(join(workspace, 'r.md'), {gates: [gate('G1', {}), gate('G2', {paths: ['deploy']})]});
	const heads = () => look({runbook, workspace, approved: {}}).heads;
	assert.deepEqual(heads(), {G1: null, G2: null});
	git(workspace, 'init', '-q', '-b', 'main');
	assert.deepEqual(heads(), {G1: null, G2: null});
	const first = commit(workspace, 'deploy/a', 'one');
	assert.deepEqual(heads(), {G1: first, G2: first});
	const second = commit(workspace, 'docs/b', 'two');
	assert.deepEqual(heads(), {G1: second, G2: first});
	git(workspace, 'pack-refs', '--all');
	assert.deepEqual(heads(), {G1: second, G2: first});
	git(workspace, 'checkout', '-q', first);
	assert.deepEqual(heads(), {G1: first, G2: first});
	git(workspace, 'checkout', '-q', 'main');
	git(workspace, 'reset', '-q', '--hard', first);
	assert.deepEqual(heads(), {G1: first, G2: first});
});

test('a worktree has the commit of its own HEAD', t => {
	const root = place(t);
	git(root, 'init', '-q', '-b', 'main', 'one');
	const first = commit(join(root, 'one'), 'a', 'one');
	git(join(root, 'one'), 'worktree', 'add', '-q', '-b', 'side', join(root, 'two'));
	const workspace = join(root, 'two');
	const look = workspaceObserver();
	const runbook = runbookOf(join(workspace, 'r.md'), {gates: [gate('G1', {})]});
	assert.equal(look({runbook, workspace, approved: {}}).heads['G1'], first);
	const second = commit(workspace, 'b', 'two');
	assert.equal(look({runbook, workspace, approved: {}}).heads['G1'], second);
});

test('digests follow the bytes, also when size and time of change stay the same; what is no regular file has none', t => {
	const workspace = place(t);
	const look = workspaceObserver();
	const file = join(workspace, 'a.md');
	const runbook = runbookOf(join(workspace, 'r.md'), {
		gates: [gate('G3', {kind: 'files', files: ['a.md', 'gone.md', 'folder', 'fifo']})],
	});
	const files = () => look({runbook, workspace, approved: {}}).files;
	writeFileSync(file, 'one');
	mkdirSync(join(workspace, 'folder'));
	execFileSync('mkfifo', [join(workspace, 'fifo')]);
	utimesSync(file, 1, 1);
	assert.deepEqual(files(), {'a.md': digestOf(Buffer.from('one')), 'gone.md': null, folder: null, fifo: null});
	writeFileSync(join(workspace, 'other'), 'two');
	utimesSync(join(workspace, 'other'), 1, 1);
	renameSync(join(workspace, 'other'), file);
	assert.equal(files()['a.md'], digestOf(Buffer.from('two')));
});

test('approved files are looked up by their own paths, absolute ones where they are', t => {
	const workspace = place(t);
	const elsewhere = place(t);
	writeFileSync(join(workspace, 'p.ts'), 'p');
	writeFileSync(join(elsewhere, 'r.md'), 'r');
	const runbook = runbookOf(join(elsewhere, 'r.md'), {});
	const approved = {'p.ts': 'sha256:0', [join(elsewhere, 'r.md')]: 'sha256:0'};
	assert.deepEqual(workspaceObserver()({runbook, workspace, approved}).approved, {
		'p.ts': digestOf(Buffer.from('p')),
		[join(elsewhere, 'r.md')]: digestOf(Buffer.from('r')),
	});
});
