import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {UsageError} from '../../source/cli/usage-error.ts';
import {copyOwn, copySample} from '../../source/rehearsal/workspace.ts';

function folder(t: TestContext): string {
	const made = mkdtempSync(join(tmpdir(), 'rehearsal-'));
	t.after(() => rmSync(made, {recursive: true, force: true}));
	return made;
}

/** A home where git has no name for anybody, and a configuration that would get in the way. */
const nobody = (home: string) => ({
	PATH: process.env['PATH'],
	HOME: home,
	GIT_DIR: '/nowhere',
	GIT_AUTHOR_NAME: '',
	EMAIL: undefined,
});

const git = (cwd: string, ...args: string[]) => execFileSync('git', args, {cwd, encoding: 'utf8'}).trim();

test('the sample is copied with mode 0700 and committed, also without a git identity', t => {
	const root = folder(t);
	writeFileSync(join(root, '.gitconfig'), '[commit]\n\tgpgsign = true\n[core]\n\thooksPath = /nowhere\n');
	const {workspace, runbook, complaint} = copySample(root, nobody(root));
	assert.equal(complaint, null);
	assert.match(git(workspace, 'rev-parse', 'HEAD'), /^[0-9a-f]{40}$/);
	assert.equal(git(workspace, 'status', '--porcelain'), '');
	assert.equal(statSync(runbook).mode & 0o777, 0o600);
	assert.equal(statSync(join(workspace, 'deploy/scripts/rollback.sh')).mode & 0o777, 0o700);
	assert.equal(readFileSync(join(workspace, 'runtime/router.conf'), 'utf8'), 'live=blue\n');
});

test('two rehearsals do not share a workspace', t => {
	const root = folder(t);
	assert.notEqual(copySample(root, nobody(root)).workspace, copySample(root, nobody(root)).workspace);
});

test('without git the copy is there all the same, and says what it lacks', t => {
	const root = folder(t);
	const {runbook, complaint} = copySample(root, {PATH: root, HOME: root});
	assert.match(complaint ?? '', /^git is not here, so the workspace has no history/);
	assert.ok(statSync(runbook).isFile());
});

test("a runbook of one's own is copied with its whole work tree, and without its history", t => {
	const root = folder(t);
	const own = folder(t);
	mkdirSync(join(own, 'docs'));
	mkdirSync(join(own, 'node_modules'));
	writeFileSync(join(own, 'docs/night.md'), '# Night\n');
	writeFileSync(join(own, 'node_modules/tool'), 'needed by a gate\n');
	writeFileSync(join(own, '.gitignore'), 'node_modules/\n');
	execFileSync('mkfifo', [join(own, 'docs/pipe')]);
	git(own, 'init', '-q');
	const {workspace, runbook, complaint} = copyOwn(root, join(own, 'docs/night.md'), null, nobody(root));
	assert.equal(complaint, null);
	assert.equal(relative(workspace, runbook), 'docs/night.md');
	assert.equal(readFileSync(join(workspace, 'node_modules/tool'), 'utf8'), 'needed by a gate\n');
	assert.ok(!existsSync(join(workspace, 'docs/pipe')));
	assert.equal(git(workspace, 'rev-list', '--count', 'HEAD'), '1');
	writeFileSync(join(workspace, 'docs/night.md'), 'changed by a script\n');
	assert.equal(readFileSync(join(own, 'docs/night.md'), 'utf8'), '# Night\n');
});

test('a runbook outside of the workspace that was named is refused, and so is a state folder inside of it', t => {
	const root = folder(t);
	const own = folder(t);
	writeFileSync(join(own, 'night.md'), '# Night\n');
	mkdirSync(join(own, 'elsewhere'));
	assert.throws(() => copyOwn(root, join(own, 'night.md'), join(own, 'elsewhere'), nobody(root)), UsageError);
	assert.throws(() => copyOwn(join(own, 'state'), join(own, 'night.md'), null, nobody(root)), /lies in the workspace/);
});
