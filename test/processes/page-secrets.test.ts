/* What the process of the page gets of the secrets: it answers whoever asks, and must have none to lose. And the link to it. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {forPage, forProcesses} from '../../source/processes/environment.ts';
import {pageLink, viewCode} from '../../source/processes/page-process.ts';
import {folderWithoutRoom} from '../harness/files.ts';
import {runbook} from '../scenarios/runbook.ts';

const env = {
	PATH: '/bin',
	HTTPS_PROXY: 'http://proxy.test:3128',
	PGPASSWORD: 'of-the-store',
	DEPLOY_TOKEN: 'of-the-playbooks',
	SLACK_WEBHOOK: 'https://hooks.test/secret',
	SIGN_IN: 'what-the-provider-knows',
	SSH_AUTH_SOCK: '/tmp/agent',
};

const book: Runbook = {
	...runbook,
	secrets: ['DEPLOY_TOKEN'],
	notify: [{on: ['t0'], to: 'slack', values: {}, commands: [], variables: ['SLACK_WEBHOOK']}],
	identity: {oidc: 'https://login.example.org', client: 'cutover', secret: 'SIGN_IN'},
};

test('the process of the page gets the password of the store and what it signs people in with, and no other secret', () => {
	const {open, secret} = forPage(forProcesses(env, book), book);
	assert.deepEqual(secret, {PGPASSWORD: 'of-the-store', SIGN_IN: 'what-the-provider-knows'});
	assert.deepEqual(open, {PATH: '/bin', HTTPS_PROXY: 'http://proxy.test:3128'});
	assert.deepEqual(forPage(forProcesses(env, book), {}).secret, {PGPASSWORD: 'of-the-store'});
});

test('a folder that takes no new file has the link that was known, or none', t => {
	const root = mkdtempSync(join(tmpdir(), 'cutover-page-'));
	t.after(() => rmSync(root, {recursive: true}));
	const serve = {listen: '127.0.0.1:0', url: 'https://cutover.example.org'};
	const state = {runbook: {...book, serve}, rehearsal: null};
	const link = (folder: string): string | null => pageLink(folder, state);
	assert.equal(link(root), `https://cutover.example.org/#${viewCode(root)}`);
	const folder = folderWithoutRoom(root);
	assert.equal(link(folder), null);
	writeFileSync(join(folder, 'page-code'), 'a-code-of-22-characters\n');
	assert.equal(link(folder), 'https://cutover.example.org/#a-code-of-22-characters');
});
