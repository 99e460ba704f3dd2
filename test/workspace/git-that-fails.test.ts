/*
A git that refuses, is missing or hangs is not a workspace without history: a pass must not last by it. And what the
workspace configures for git runs nothing.
*/
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {headsOf} from '../../source/workspace/head.ts';

const git = (folder: string, ...args: readonly string[]): string =>
	execFileSync('git', ['-C', folder, '-c', 'user.name=ana', '-c', 'user.email=ana@example.org', ...args], {
		encoding: 'utf8',
	}).trim();

function commit(folder: string, path: string): string {
	writeFileSync(join(folder, path), path);
	git(folder, 'add', '.');
	git(folder, 'commit', '-qm', path);
	return git(folder, 'rev-parse', 'HEAD');
}

function repository(t: TestContext, ...init: readonly string[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'git-'));
	t.after(() => rmSync(folder, {recursive: true, force: true}));
	git(folder, 'init', '-q', '-b', 'main', ...init);
	return folder;
}

/** Puts a program in the place of git, or none; answers how to put git back. */
function inPlaceOfGit(t: TestContext, text: string | null): () => void {
	const folder = mkdtempSync(join(tmpdir(), 'bin-'));
	const before = process.env['PATH'] ?? '';
	const back = (): void => {
		process.env['PATH'] = before;
	};
	t.after(() => {
		back();
		rmSync(folder, {recursive: true});
	});
	if (text !== null) {
		writeFileSync(join(folder, 'git'), `#!/bin/sh\n${text}\n`);
		chmodSync(join(folder, 'git'), 0o755);
	}
	process.env['PATH'] = text === null ? folder : `${folder}${delimiter}${before}`;
	return back;
}

const dubious = `echo "fatal: detected dubious ownership in repository at '$2'" >&2; exit 128`;

for (const [what, program] of [
	['refuses', dubious],
	['is missing', null],
	['hangs', 'exec sleep 60'],
] as const) {
	test(`a commit is seen although git ${what}`, t => {
		const workspace = repository(t);
		const commits = ['a', 'b'].map(path => commit(workspace, path));
		git(workspace, 'pack-refs', '--all');
		inPlaceOfGit(t, program);
		const heads = headsOf();
		assert.equal(heads(workspace, []), commits[1]);
		writeFileSync(join(workspace, '.git/refs/heads/main'), `${commits[0]}\n`);
		assert.equal(heads(workspace, []), commits[0]);
	});
}

test('a failing git makes the head unknown with its reason, and is not called at every check, nor for every path', t => {
	const workspace = repository(t);
	commit(workspace, 'a');
	const counted = `echo x >>${workspace}/asked; ${dubious}`;
	const back = inPlaceOfGit(t, counted);
	const heads = headsOf();
	const unknown = {unknown: `git failed: detected dubious ownership in repository at '${workspace}'`};
	for (const path of ['a', 'a', 'b']) assert.deepEqual(heads(workspace, [path]), unknown, path);
	assert.equal(execFileSync('wc', ['-l', join(workspace, 'asked')], {encoding: 'utf8'}).split(' ')[0], '1');
	back();
	inPlaceOfGit(t, null);
	assert.deepEqual(headsOf()(workspace, ['a']), {unknown: 'git is not installed'});
});

test('references in a reftable are asked of git, and a commit is seen', t => {
	const known = execFileSync('git', ['version'], {encoding: 'utf8'});
	const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(known)?.slice(1) ?? []).map(Number);
	if (major < 2 || (major === 2 && minor < 45)) return;
	const workspace = repository(t, '--ref-format=reftable');
	const heads = headsOf();
	const first = commit(workspace, 'a');
	assert.equal(heads(workspace, []), first);
	const second = commit(workspace, 'b');
	assert.equal(heads(workspace, []), second);
	assert.equal(heads(workspace, ['a']), first);
});

test('a reftable without git is unknown, and a workspace that was removed as well', t => {
	const workspace = repository(t);
	mkdirSync(join(workspace, '.git/reftable'));
	writeFileSync(join(workspace, '.git/reftable/tables.list'), 'x\n');
	inPlaceOfGit(t, null);
	assert.deepEqual(headsOf()(workspace, []), {unknown: 'git is not installed'});
	assert.deepEqual(headsOf()(join(workspace, 'gone'), []), {
		unknown: `the workspace ${join(workspace, 'gone')} does not exist`,
	});
});

test('a repository that git cannot read is unknown, and one without a commit has none', t => {
	const workspace = repository(t);
	const at = (path: string): string => join(workspace, '.git', path);
	assert.equal(headsOf()(workspace, []), null);
	commit(workspace, 'a');
	for (const [file, text] of [
		['refs/heads/main', ''],
		['HEAD', '\0\0\0\0'],
	] as const) {
		writeFileSync(at(file), text);
		assert.deepEqual(headsOf()(workspace, []), {unknown: `its commit cannot be read: ${at(file)} holds no commit`});
	}
	rmSync(at(''), {recursive: true});
	writeFileSync(at(''), 'gitdir: /nowhere/worktrees/a\n');
	assert.deepEqual(headsOf()(workspace, []), {
		unknown: 'its commit cannot be read: /nowhere/worktrees/a/HEAD is missing',
	});
});

test('what the workspace configures for git is never run', t => {
	const workspace = repository(t);
	const trap = join(workspace, 'trap.sh');
	const sprung = join(workspace, 'sprung');
	writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >>${sprung}\n`);
	chmodSync(trap, 0o755);
	commit(workspace, 'a');
	const settings = {
		'core.fsmonitor': trap,
		'core.pager': trap,
		'core.sshCommand': trap,
		'core.hooksPath': workspace,
		'gpg.program': trap,
		'log.showSignature': 'true',
		'diff.external': trap,
		'alias.log': `!${trap}`,
		'alias.rev-parse': `!${trap}`,
		'remote.origin.url': `ext::${trap}`,
		'remote.origin.promisor': 'true',
		'extensions.partialClone': 'origin',
		'protocol.ext.allow': 'always',
	};
	for (const [name, value] of Object.entries(settings)) git(workspace, 'config', name, value);
	for (const hook of ['post-index-change', 'reference-transaction', 'fsmonitor-watchman'])
		symlinkSync(trap, join(workspace, hook));
	const head = headsOf()(workspace, ['a']);
	assert.equal(typeof head, 'string');
	assert.ok(!existsSync(sprung), 'the trap was sprung');
});
