import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {desk} from './desk.ts';

const fields = [
	'Cutover ticket ID',
	'Environment',
	'Operator',
	'Gate results (G1-G5)',
	'T-60 evidence',
	'T-30 evidence',
	'T-10 decision',
	'T0 execution reference',
	'T+10 verification',
	'T+30 closure decision',
	'Rollback trigger (if any)',
];
const early = (reason: string) => ['--early', '--reason', reason];

test('a cutover is kept: gates, two votes, T0, checklist, two keeps, five sign-offs, the block, close', async context => {
	const {must, status, cli, state, folder, runbook} = desk(context);
	const begun = await must(
		'rita',
		'begin',
		'runbook.md',
		'--t0',
		'+61m',
		'--ticket',
		'CHG-7',
		'--environment',
		'production',
	);
	const id = begun.trimEnd().split('\n').at(-1) ?? '';
	const home = join(state, id);
	assert.ok(existsSync(join(home, 'journal.ndjson')), id);
	assert.deepEqual(readFileSync(join(home, 'runbook.md')), readFileSync(runbook));
	assert.equal(statSync(home).mode & 0o777, 0o700);

	assert.match(await must('olga', 'run', 'T-60'), /preflight is well/);
	assert.match(await must('quin', 'run', 'T-30'), /all tests pass[\s\S]*lint is clean/);
	await must('rita', 'run', 'G3');
	for (const [group, name] of [
		['L1', 'ben'],
		['L2', 'lena'],
		['L3', 'omar'],
	] as const)
		await must(name, 'acknowledge', 'G4', '--role', group);
	await must('paul', 'acknowledge', 'G5');
	const gates = (await status())['gates'];
	assert.ok(Array.isArray(gates));
	assert.deepEqual(
		gates.map(gate => `${gate.id} ${gate.verdict}`),
		['G1 pass', 'G2 pass', 'G3 pass', 'G4 pass', 'G5 pass'],
	);

	await must('rita', 'freeze', 'everything but the ledger', '--role', 'release-manager');
	await must('rita', 'decide', 'go', '--role', 'release-manager', ...early('everyone is here'));
	await must('oscar', 'decide', 'go', '--role', 'ops-lead', ...early('ops is staffed'));
	assert.equal((await status())['status'], 'go');

	await must(
		'rita',
		'run',
		'T0',
		'--confirm',
		'T0',
		'--result',
		'pass',
		'--reference',
		'DEPLOY-1',
		...early('the window opened'),
	);
	assert.equal((await status())['status'], 'observing');
	await must(
		'dave',
		'run',
		'T+10',
		'--result',
		'pass',
		'--note',
		'health and logs are as before',
		...early('quiet since T0'),
	);
	await must('rita', 'decide', 'keep', '--role', 'release-manager', ...early('nothing is wrong'));
	await must('paul', 'decide', 'keep', '--role', 'project-owner', ...early('agreed with rita'));
	assert.equal((await status())['status'], 'kept');

	for (const [item, name] of [
		['S1', 'olga'],
		['S2', 'quin'],
		['S3', 'oscar'],
		['S4', 'rita'],
		['S5', 'paul'],
	] as const)
		await must(name, 'sign', item);
	const block = (await cli('export', '--format', 'text')).stdout;
	const lines = block.trimEnd().split('\n');
	assert.deepEqual(
		lines.map(line => line.slice(0, line.indexOf(':'))),
		fields,
	);
	for (const line of lines) assert.match(line, /^[^:]+: \S/, line);
	assert.match(lines[0] ?? '', /CHG-7/);
	assert.match(lines[7] ?? '', /DEPLOY-1/);

	await must('rita', 'close', '--confirm', 'CLOSE', '--reason', 'all is recorded', '--role', 'release-manager');
	const after = await cli('status', '--json');
	assert.equal(JSON.parse(after.stdout).status, 'closed');
	assert.match(after.stderr, /No cutover is open/);
	const clockIn = async (): Promise<string | undefined> => /^T\+\S+/m.exec((await cli('status')).stdout)?.[0];
	const stands = await clockIn();
	await pause(1100);
	assert.equal(await clockIn(), stands, 'T+ stands at the close');
	const document = JSON.parse((await cli('export', '--format', 'json')).stdout);
	for (const log of document.logs)
		assert.equal(
			createHash('sha256')
				.update(readFileSync(join(home, log.path)))
				.digest('hex'),
			log.sha256,
			log.path,
		);
	assert.ok(document.logs.length >= 3);
	assert.equal(document.signOffs.length, 5);
	assert.equal(document.fourEyes.proven, false);
	const file = join(folder, 'evidence.md');
	assert.equal((await cli('export', '--format', 'md', '--output', file)).code, 0);
	assert.match(readFileSync(file, 'utf8'), new RegExp(document.journal.hash));
	assert.equal(statSync(file).mode & 0o777, 0o600);
	assert.match((await cli('export', '--format', 'md', '--output', '-')).stdout, new RegExp(document.journal.hash));
	const page = join(folder, 'evidence.html');
	assert.equal((await cli('export', '--format', 'html', '--output', page)).code, 0);
	assert.match(
		(await cli('verify', page)).stdout,
		/^HOLDS {2}closed and whole\n.*\nthe page says what its journal says/,
	);
	writeFileSync(page, readFileSync(page, 'utf8').replace('(release-manager)', '(ops-lead)'));
	const changed = await cli('verify', page);
	assert.deepEqual([changed.code, /^DOES NOT HOLD/.test(changed.stdout)], [1, true]);
});
