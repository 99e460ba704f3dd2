/** What is approved with a runbook, as people are shown it before they begin. */
import assert from 'node:assert/strict';
import {chmodSync, chownSync, mkdirSync, renameSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {forScreen} from '../../source/cli/acts.ts';
import {catalogOf, openCutover} from '../../source/cli/compose.ts';
import {processIo} from '../../source/cli/io.ts';
import {desk} from './desk.ts';

const settings = `cutover: 1
pass: [LEDGER_HOST]
secrets: [LEDGER_KEY]
endpoints: [{name: api, kind: script, run: ops/lint.sh}]
notify: [{on: [hold, t0], command: "ops/verify.sh && touch told"}, {on: [kept], command: "bash ops/lint.sh && bash 'ops dir/tell them.sh'"}]
`;

test('check shows all that will run: gates, probes, notifications, the rollback, and the names of the environment', async t => {
	const {answers, write} = desk(t);
	write('runbook.cutover.yaml', settings);
	write('ops dir/tell them.sh', 'echo kept\n');
	const {stdout} = await answers('check', 'runbook.md');
	const shown = stdout.slice(stdout.indexOf('WILL RUN'));
	for (const wanted of [
		/G1 {2}bash ops\/preflight\.sh\n {4}ops\/preflight\.sh {2}sha256:\w{64} {2}approved copy/,
		/fallback {2}.*bash ops\/rollback\.sh/,
		/probe api {2}bash ops\/lint\.sh, every/,
		/notify on hold, t0 {2}ops\/verify\.sh && touch told\n {4}ops\/verify\.sh {2}sha256:/,
		/notify on kept {2}bash ops\/lint\.sh && .*\n.*\n {4}ops dir\/tell them\.sh {2}sha256:/,
		/environment {2}PATH HOME/,
		/pass {2}LEDGER_HOST/,
		/secrets {2}LEDGER_KEY/,
	])
		assert.match(shown, wanted);
});

test('a script that every account may write is an error in check, doctor and begin', async t => {
	const {answers, cli, folder} = desk(t);
	chmodSync(join(folder, 'ops/preflight.sh'), 0o777);
	const check = await answers('check', 'runbook.md');
	assert.equal(check.code, 2);
	assert.match(check.stdout, /error {2}file-shared {2}ops\/preflight\.sh can be written by every account/);
	assert.match((await answers('doctor', 'runbook.md')).stdout, /MISSING {2}runbook: ops\/preflight\.sh can be written/);
	assert.equal((await cli('begin', 'runbook.md', '--t0', '+60m')).code, 2);
});

test('a script in a folder that every account may write is an error', async t => {
	const {answers, folder} = desk(t);
	chmodSync(join(folder, 'ops'), 0o777);
	assert.match((await answers('check', 'runbook.md')).stdout, /file-shared {2}\S+\/ops can be written/);
});

test('a script whose link leads through a folder that every account may write is an error', async t => {
	const {answers, folder} = desk(t);
	const shared = join(folder, 'shared');
	mkdirSync(join(shared, 'ours'), {recursive: true});
	renameSync(join(folder, 'ops/preflight.sh'), join(shared, 'ours/preflight.sh'));
	symlinkSync(join(shared, 'ours/preflight.sh'), join(folder, 'ops/preflight.sh'));
	assert.doesNotMatch((await answers('check', 'runbook.md')).stdout, /file-shared/);
	chmodSync(shared, 0o777);
	assert.match((await answers('check', 'runbook.md')).stdout, /file-shared {2}\S+\/shared can be written/);
});

test('a script of another account is an error', {
	skip: process.getuid?.() !== 0 && 'needs root to give a file away',
}, async t => {
	const {answers, folder} = desk(t);
	chownSync(join(folder, 'ops/preflight.sh'), 12_345, 12_345);
	assert.match(
		(await answers('check', 'runbook.md')).stdout,
		/error {2}file-foreign {2}ops\/preflight\.sh belongs to another account \(uid 12345\)/,
	);
});

test('an authority that changes after the approval is a HOLD before T0 that names it', async t => {
	const {must, write, cli} = desk(t);
	write('certs/ca.pem', 'first\n');
	write('runbook.cutover.yaml', 'cutover: 1\nca: certs/ca.pem\n');
	await must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--ticket', 'CHG-7', '--environment', 'test');
	write('certs/ca.pem', 'second\n');
	await cli('note', 'whatever', '--as', 'rita');
	assert.match((await cli('status')).stdout, /HOLD .*certs\/ca\.pem/);
});

test('the screen shows the approved version of a playbook, which runs, and not the workspace file', async t => {
	const own = desk(t);
	own.write('ops/parts.mjs', 'await $`echo approved`;\n');
	own.write('runbook.cutover.yaml', 'cutover: 1\nstages:\n  T-60: {playbook: ops/parts.mjs}\n');
	own.commit('a playbook');
	const begun = await own.as('rita', 'begin', 'runbook.md', '--t0', '+61m');
	const id = begun.stdout.trim().split('\n').at(-1) ?? '';
	own.write('ops/parts.mjs', 'await $`echo changed`;\n');
	const io = {...processIo(), cwd: own.folder};
	const catalog = await catalogOf({text: name => (name === 'state' ? own.state : null), io});
	const opened = await openCutover(io, catalog, id);
	t.after(async () => {
		await opened.close();
		await catalog.close();
	});
	const {acts} = forScreen(io, opened);
	assert.deepEqual(acts.what('ops/parts.mjs'), ['await $`echo approved`;']);
	assert.equal(acts.what('ops/never-approved.sh'), null);
});
