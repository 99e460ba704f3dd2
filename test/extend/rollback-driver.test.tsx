/** A driver of rollback paths is one file and one line in the table: reader, `check`, approval, preview, runner, screen and docs see it. */
import assert from 'node:assert/strict';
import {renameSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {attemptKey} from '../../source/cutover/model/attempt-target.ts';
import {usualProof} from '../../source/cutover/model/runbook.ts';
import {programs} from '../../source/processes/programs.ts';
import type {RollbackDriver} from '../../source/rollback/driver.ts';
import {drivers} from '../../source/rollback/drivers.ts';

const helm: RollbackDriver = {
	summary: 'a release of Helm, taken back to a revision',
	whole: false,
	takes: code => (/^helm rollback [\w-]+ \d+( --post-renderer \S+)?$/.test(code) ? {commands: [code]} : null),
	run: (work, {commands = []}) => work.line(commands.join('\n')),
};
Object.assign(drivers, {helm});

// What reads the table when it is loaded follows the line above.
const {runAttempt} = await import('../../source/attempts/attempt.ts');
const {willRun} = await import('../../source/cutover/due/will-run.ts');
const {noFiles} = await import('../scenarios/run-files.ts');
const {asJson} = await import('../../source/runbook/as-json.ts');
const {summary} = await import('../../source/runbook/summary.ts');
const {formatPage} = await import('../../scripts/docs-format.ts');
const {read, sample, runbookOf} = await import('../runbook/sample.ts');
const {Site, ana} = await import('../attempts/site.ts');
const {stage} = await import('../attempts/rows.ts');
const {backNight} = await import('../scenarios/night.ts');
const {Stage} = await import('../screen/stage.tsx');
const {alice} = await import('../scenarios/people.ts');

const [from, to] = [sample.indexOf('Preferred path:'), sample.indexOf('## Sign-off checklist')];
const withPath = (text: string): string => `${sample.slice(0, from)}${text}\n\n${sample.slice(to)}`;
const line = 'helm rollback orders 41';
const source = withPath(
	`Preferred path:\n\n1. \`${line}\`\n2. If that fails, run the fallback script \`ops/orders-back.sh\`.`,
);
const runbook = runbookOf(source);
const path = {kind: 'helm', commands: [line], reference: null};

test('the reader offers the code of the steps to it', () => {
	assert.deepEqual(runbook.rollback?.preferred, path);
	assert.equal(runbook.rollback?.fallback?.kind, 'script');
});

test('two of its runs, or one that it does not take, are for people', () => {
	const codesOf = (text: string) => read(withPath(text)).problems.map(({code}) => code);
	assert.ok(
		codesOf('Preferred path:\n\n1. `helm rollback orders 41`\n2. `helm rollback queue 7`').includes('rollback-by-hand'),
	);
	assert.ok(codesOf('Preferred path:\n\n1. `helm uninstall orders`').includes('rollback-by-hand'));
});

test('check shows the path, for people and as JSON', () => {
	assert.ok(summary(runbook).some(row => row.includes(`preferred  ${line}`)));
	assert.deepEqual(asJson(runbook, []).runbook?.rollback.preferred, {kind: 'helm', commands: [line]});
});

test('the preview shows its line as what runs', () => {
	const rows = willRun(runbook, noFiles);
	assert.ok(rows.some(({verbatim, target}) => verbatim === line && target !== null && 'path' in target));
});

test('the screen shows its line before the word is typed', async () => {
	const [first, ...others] = backNight;
	assert.ok(first?.command.type === 'begin');
	const {data} = first.command;
	const rollback = data.runbook.rollback && {...data.runbook.rollback, preferred: path, remote: null};
	const begun = {...first, command: {...first.command, data: {...data, runbook: {...data.runbook, rollback}}}};
	const acts = [begun, ...others.filter(({command: {type}}) => type !== 'rollback')];
	const screen = await Stage.open({acts, now: '22:33:00', you: alice});
	assert.match(
		await screen.press('B'),
		/preferred {2}ACTION=back STACK=ops.stack.yml DROP_VOLUMES=0 helm rollback\s+orders 41/,
	);
});

test('a script that its line names is approved with the runbook, and its path runs to its end', async t => {
	const renders = `${line} --post-renderer ops/render.sh`;
	const site = await Site.begin(t, {
		runbook: {
			rollback: {
				preferred: {kind: 'helm', commands: [renders]},
				fallback: null,
				environment: {},
				...usualProof,
				line: 1,
			},
			stages: [
				stage('T-10', -10, {kind: 'decision', timeoutSeconds: null}),
				stage('T0', 0, {kind: 'act', timeoutSeconds: null}),
				stage('T+30', 30, {kind: 'closing'}),
			],
		},
		files: {'bin/helm.sh': '#!/bin/sh\necho "$1 of $2 to $3"\n', 'ops/render.sh': '#!/bin/sh\ncat\n'},
	});
	renameSync(join(site.workspace, 'bin/helm.sh'), join(site.workspace, 'bin/helm'));
	assert.ok(site.journal.state().approved['ops/render.sh']);
	const early = {early: true, reason: 'a test does not wait'};
	await site.does('vote', {vote: 'go', ...early}, ['GO']);
	await site.does('run', {target: 'T0', resume: false, reference: 'D-1', ticket: null, ...early}, ['T0']);
	const rollback = {id: 'back', type: 'rollback', data: {path: null, reason: 'orders fail'}} as const;
	assert.equal((await site.journal.decide({...rollback, confirm: ['ROLLBACK']}, ana)).refused, false);
	const ref = {target: {path: 'preferred'}, attempt: 1} as const;
	const {folder, journal} = site;
	const env = {...process.env, PATH: `${site.workspace}/bin:${process.env['PATH']}`};
	const keep = (file: string, name: string) => ({name, path: file, sha256: '', bytes: 0});
	await runAttempt({folder, journal, clock: systemClock, programs, hosts: null, env, keep}, attemptKey(ref));
	const {outcome, reason} = journal.state().attempts[attemptKey(ref)]?.ended ?? {};
	assert.deepEqual({outcome, reason}, {outcome: 'pass', reason: null});
	assert.match(site.log(ref), /rollback of orders to 41/);
});

test('the documentation lists it', () => {
	assert.match(formatPage(), /\| helm \| a release of Helm, taken back to a revision \|/);
});
