import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {readRunbook} from '../../source/runbook/read.ts';
import {workspaceAt} from '../../source/runbook/workspace.ts';
import {changed, sample} from './sample.ts';

test('what is in the workspace but could not be started is named beside what is missing', t => {
	const folder = mkdtempSync(join(tmpdir(), 'lacking-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const put = (path: string, text = '#!/bin/sh\n', mode = 0o644): void => {
		mkdirSync(dirname(join(folder, path)), {recursive: true});
		writeFileSync(join(folder, path), text);
		chmodSync(join(folder, path), mode);
	};
	const noted = (text = sample) =>
		readRunbook({
			path: join(folder, 'orders.md'),
			bytes: new TextEncoder().encode(text),
			settings: null,
			workspace: workspaceAt(folder),
		}).notes.filter(note => note.includes('workspace now') || note.includes('executable'));
	for (const path of ['handover', 'incidents', 'findings']) put(`docs/${path}.md`, 'x');
	put('.github/workflows/orders-back.yml', 'on: {}\n');
	put('ops/orders-back.sh');
	put('ops/tests');
	const called = changed('`npm run build && npm test`', '`cd . && CI=1 ./ops/tests --all`');
	assert.deepEqual(noted(called), [
		'Not in the workspace now: ops/preflight.sh. There, but not executable (chmod +x): ops/tests.',
	]);
	const aside = changed('the fallback script `ops/orders-back.sh`', 'the fallback script `ops/other.sh`', called);
	assert.deepEqual(noted(aside), [
		'Not in the workspace now: ops/preflight.sh, ops/other.sh. There, but not executable (chmod +x): ops/orders-back.sh, ops/tests.',
	]);
	put('ops/preflight.sh');
	put('ops/tests', '#!/bin/sh\n', 0o755);
	assert.deepEqual(noted(called), []);
});
