/** What is read inside the program: approved bytes where there are any, cleaned of what acts on a terminal. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {documentAt} from '../../source/cli/document.ts';
import type {Document} from '../../source/cutover/model/document.ts';
import {initial} from '../../source/cutover/model/initial.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {digestOf} from '../../source/disk/digest.ts';
import {keepApproved} from '../../source/workspace/approved.ts';

type Place = {
	write(path: string, text: string | Uint8Array): void;
	read(path: string): Document;
	why(path: string): string;
	workspace: string;
};

/** A workspace in which `approved` was approved, and kept. */
function place(context: TestContext, files: Readonly<Record<string, string>>, approved: readonly string[]): Place {
	const root = mkdtempSync(join(tmpdir(), 'reading-'));
	context.after(() => rmSync(root, {recursive: true, force: true}));
	const [workspace, folder] = [join(root, 'work'), join(root, 'state')];
	mkdirSync(folder);
	const write = (path: string, text: string | Uint8Array): void => {
		mkdirSync(dirname(join(workspace, path)), {recursive: true});
		writeFileSync(join(workspace, path), text);
	};
	for (const [path, text] of Object.entries(files)) write(path, text);
	const state: State = {
		...initial,
		workspace,
		approved: Object.fromEntries(approved.map(path => [path, digestOf(Buffer.from(files[path] ?? ''))])),
	};
	keepApproved(folder, state);
	const at = (path: string) => documentAt(folder, state, path);
	return {
		write,
		workspace,
		read(path) {
			const found = at(path);
			assert.ok(!('refused' in found), 'refused' in found ? found.why : '');
			return found;
		},
		why(path) {
			const found = at(path);
			assert.ok('refused' in found);
			return found.why;
		},
	};
}

test('what was approved is read as it was approved, and says that the workspace has another version', context => {
	const {read, write, workspace} = place(context, {'docs/runbook.md': '# One\n'}, ['docs/runbook.md']);
	const {version, differs, lines} = read('docs/runbook.md');
	assert.deepEqual([version, differs, lines], ['approved', false, ['# One']]);
	write('docs/runbook.md', '# Two\n');
	const later = read(join(workspace, 'docs/runbook.md'));
	assert.deepEqual(
		[later.path, later.version, later.differs, later.lines],
		['docs/runbook.md', 'approved', true, ['# One']],
	);
	rmSync(join(workspace, 'docs/runbook.md'));
	assert.equal(read('docs/runbook.md').differs, true);
});

test('what was not approved is read from the workspace, and says that', context => {
	const {read} = place(context, {'docs/handbook.md': 'Who answers.\n'}, []);
	const {version, differs, lines} = read('docs/handbook.md');
	assert.deepEqual([version, differs, lines], ['workspace', false, ['Who answers.']]);
});

test('text is cleaned of what acts on a terminal', context => {
	const {read} = place(context, {'a.md': 'one\u001b[2J\u009b31m\u202etwo\r\nthree\rfour\n'}, []);
	for (const line of read('a.md').lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202e]/);
	assert.equal(read('a.md').lines.length, 2);
});

test('links lead from the document, code spans and scripts from the workspace', context => {
	const {read} = place(
		context,
		{
			'docs/runbook.md':
				'See [the handbook](operations/handbook.md) and `docs/other.md`.\n\n`bash ops/go.sh` then `action=go`\n',
			'ops/go.sh': '#!/usr/bin/env bash\nsource "$(dirname "$0")/lib.sh"\ncat docs/other.md nothing.txt\n',
			'ops/lib.sh': 'true\n',
			'docs/other.md': '\n',
		},
		[],
	);
	assert.deepEqual(read('docs/runbook.md').cites, {
		0: ['docs/operations/handbook.md', 'docs/other.md'],
		2: ['ops/go.sh'],
	});
	assert.deepEqual(read('ops/go.sh').cites, {1: ['ops/lib.sh'], 2: ['docs/other.md']});
});

test('what is no text, no file or too long is said', context => {
	const {read, write, why, workspace} = place(context, {}, []);
	write('binary', new Uint8Array([1, 0, 2]));
	write('long.md', 'x'.repeat(79).concat('\n').repeat(20_000));
	execFileSync('mkfifo', [join(workspace, 'pipe')]);
	assert.match(why('binary'), /binary is not a text\./);
	assert.match(why('missing.md'), /^No such file or folder: .*missing\.md \(ENOENT\)\.$/);
	assert.match(why('pipe'), /is not a file/);
	assert.match(why('.'), /is not a file|Folder in place of a file/);
	const {isCut, lines, digest} = read('long.md');
	assert.deepEqual([isCut, digest], [true, null]);
	assert.ok(lines.length < 20_000 && lines.length > 10_000);
});

test('a state folder that was taken away is not made anew by what is kept in it', context => {
	const root = mkdtempSync(join(tmpdir(), 'reading-'));
	context.after(() => rmSync(root, {recursive: true, force: true}));
	writeFileSync(join(root, 'go.sh'), 'true\n');
	const state = {workspace: root, approved: {'go.sh': digestOf(Buffer.from('true\n'))}};
	keepApproved(join(root, 'state', 'orders'), state);
	assert.deepEqual(readdirSync(root), ['go.sh']);
});
