/** Secrets reach the processes that need them, and nothing else: not a command, not a file of the state folder. */
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {textsBelow} from '../harness/files.ts';
import {gate, notifies, stage} from './rows.ts';
import {Site} from './site.ts';

const secret = 'p4ss"w0rd/Long&1';

/** Prints what the environments of all processes of this cutover hold of them, letter by letter. */
const spy = (folder: string): string =>
	`#!/bin/bash\nfor p in $PPID $(pgrep -f ${folder}); do tr '\\0' '\\n' </proc/$p/environ 2>/dev/null; done | grep -a '^DBPW=\\|^CUTOVER_TOKEN=' | sed 's/./&./g' > stolen\nexit 0\n`;

test('a command finds no secret in the environment of the runner, the scribe or the watcher', async t => {
	const site = await Site.begin(t, {
		runbook: {
			gates: [gate('G1', {kind: 'command', commands: ['bash ops/spy.sh']})],
			secrets: ['DBPW', 'CUTOVER_TOKEN', 'KEYSTORE'],
		},
		files: {'ops/spy.sh': spy('/state')},
		// The last one is more than a pipe holds.
		env: {DBPW: secret, CUTOVER_TOKEN: 'tok_1234567890', KEYSTORE: randomBytes(54_000).toString('base64')},
		watched: true,
	});
	assert.equal((await site.ended(await site.runs('G1'))).outcome, 'pass');
	assert.equal(readFileSync(join(site.workspace, 'stolen'), 'utf8'), '');
});

test('no file of the state folder holds a secret: output, steps, results, errors, attachments and notes', async t => {
	const site = await Site.begin(t, {
		runbook: {
			stages: [stage('T-30', -30, {kind: 'manual', playbook: 'go.ts'}), stage('T0', 0, {kind: 'act'})],
			secrets: ['DBPW'],
			pass: ['DBPW'],
			notify: [notifies(['hold'], 'cat; echo "$DBPW"; printf %s "$DBPW" | base64')],
		},
		files: {
			'go.ts': `import {$} from 'zx';
import {writeFileSync} from 'node:fs';
export default async ({step, attach, say}) => {
	const S = process.env.DBPW;
	await step('login with ' + S, () => ({token: S, [S]: 'used'}));
	say(encodeURIComponent(S) + JSON.stringify(S) + Buffer.from(S).toString('hex'));
	await $\`printf %s \${S} | base64 -w0; echo; printf x%s \${S} | base64 -w0; printf %s \${S}\`;
	writeFileSync('dump.txt', 'the password is ' + S);
	await attach('dump.txt');
	await attach('of ' + S.replace('/', '') + '.txt', 'text ' + S);
	console.error('said ' + S);
	throw new Error('refused: ' + S);
};
`,
		},
		approved: ['go.ts'],
		env: {DBPW: secret},
		watched: true,
	});
	assert.equal((await site.ended(await site.runs('T-30'))).outcome, 'fail');
	await site.does('note', {text: `it is ${secret}`, on: null});
	await site.does('hold', {reason: `because of ${secret}`});
	await site.shows('the notice', () => existsSync(join(site.folder, 'notified.json')));
	const files = textsBelow(site.folder);
	const encoded = [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		Buffer.from(secret).toString('base64').slice(0, -3),
		Buffer.from(`x${secret}`).toString('base64').slice(3, -3),
		Buffer.from(secret).toString('hex'),
	];
	for (const [path, text] of files)
		for (const spelt of encoded) assert.ok(!text.includes(spelt), `${path} holds ${spelt}`);
	assert.ok(files.some(([path]) => path.includes('/evidence/')));
});

test('a secret too short to redact ends an attempt before it begins', async t => {
	const site = await Site.begin(t, {
		runbook: {gates: [gate('G1', {kind: 'command', commands: ['true']})], secrets: ['PIN']},
		env: {PIN: '1234'},
	});
	const {outcome, reason} = await site.ended(await site.runs('G1'));
	assert.equal(outcome, 'unknown');
	assert.match(reason ?? '', /^PIN is too short to be kept out of logs: a secret has at least 6 characters/);
});
