import assert from 'node:assert/strict';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type Rollback, usualProof} from '../../source/cutover/model/runbook.ts';
import {gate, stage} from './rows.ts';
import {Site} from './site.ts';

const gates = [
	gate('G1', {commands: ['test -e built']}),
	gate('G2', {kind: 'files', files: ['docs/plan.md']}),
	gate('G3', {kind: 'statement', groups: ['owner'], owners: ['owner'], files: ['docs/plan.md']}),
];
const stages = [
	stage('T-30', -30, {kind: 'checks', gates: ['G1', 'G2']}),
	stage('T-20', -20, {kind: 'manual', action: 'tell the call centre'}),
	stage('T-10', -10, {kind: 'decision', gates: ['G1', 'G2', 'G3']}),
	stage('T0', 0, {kind: 'act', playbook: 'switch.ts', timeoutSeconds: null}),
	stage('T+10', 10, {kind: 'verification', items: ['health endpoints', 'critical logs'], timeoutSeconds: null}),
	stage('T+30', 30, {kind: 'closing', timeoutSeconds: null}),
];
const rollback: Rollback = {
	preferred: {kind: 'workflow', workflow: '.github/workflows/back.yml', inputs: {action: 'rollback'}},
	fallback: {kind: 'script', script: 'ops/back.sh', reference: null},
	environment: {ACTION: 'rollback', COMPOSE_FILE: 'deploy/compose.yml'},
	...usualProof,
	line: 1,
};
const files = {
	'docs/plan.md': 'the plan\n',
	'switch.ts':
		"import {$} from 'zx';\nexport default async ({step}) => { await step('switch', () => $`echo switched; test -e works`); };\n",
	'ops/back.sh':
		'#!/bin/bash\necho "back with $ACTION $COMPOSE_FILE, mark $(test -n "$CUTOVER_ATTEMPT" && echo set)"\npwd\n',
};

const begin = (t: TestContext, rest: Partial<Parameters<typeof Site.begin>[1]> = {}): Promise<Site> =>
	Site.begin(t, {
		runbook: {gates, stages, rollback, roles: ['owner']},
		files,
		approved: ['switch.ts', 'ops/back.sh'],
		...rest,
	});

const says = (site: Site) => site.does('acknowledge', {gate: 'G3', group: 'owner', yes: true, reason: null});
const early = {early: true, reason: 'a test does not wait'};

/** To T0, begun. */
async function toT0(site: Site): Promise<void> {
	writeFileSync(join(site.workspace, 'built'), '');
	await site.ended(await site.runs('T-30'));
	await says(site);
	await site.does('vote', {vote: 'go', ...early}, ['GO']);
	await site.does('run', {target: 'T0', resume: false, reference: 'DEPLOY-1', ticket: null, ...early}, ['T0']);
}

test('a checks stage shows what the runbook needs, judges all its gates, and names those that do not pass', async t => {
	const site = await begin(t);
	const ref = await site.runs('T-30');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'fail');
	assert.equal(ended.reason, 'G1 fail: exit 1');
	assert.match(site.log(ref), /^found {4}file {5}docs\/plan\.md$/m);
	assert.match(site.log(ref), /^missing {2}file {5}\.github\/workflows\/back\.yml$/m);
	assert.equal(site.journal.state().gates['G1']?.judgement?.verdict, 'fail');
	assert.equal(site.journal.state().gates['G2']?.judgement?.verdict, 'pass');
	writeFileSync(join(site.workspace, 'built'), '');
	const again = await site.runs('T-30', true);
	assert.equal((await site.ended(again)).outcome, 'pass');
	assert.match(site.log(again), /step "gate G2" was done in attempt 1: not run again/);
	assert.equal(site.journal.state().stages['T-30']?.outcome, 'done');
});

test('a decision stage judges again what is not pass or quick, and leaves the votes to people', async t => {
	const site = await begin(t);
	writeFileSync(join(site.workspace, 'built'), '');
	await site.ended(await site.runs('T-30'));
	const ref = await site.runs('T-10');
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'fail');
	assert.equal(ended.reason, 'G3 pending: waits for owner');
	assert.match(site.log(ref), /^judged again: G1, G2, G3$/m);
	await says(site);
	assert.equal((await site.ended(await site.runs('T-10'))).outcome, 'pass');
	assert.equal(site.journal.state().stages['T-10']?.outcome, null);
});

test('a manual stage shows what is to be done and waits for its outcome', async t => {
	const site = await begin(t);
	const ref = await site.runs('T-20');
	assert.equal((await site.ended(ref)).outcome, 'pass');
	assert.match(site.log(ref), /^tell the call centre$/m);
	assert.equal(site.journal.state().stages['T-20']?.outcome, null);
});

test('T0 resumes at its first step not done; then the checklist is shown and the update made ready', async t => {
	const site = await begin(t);
	await toT0(site);
	assert.equal((await site.ended({target: {stage: 'T0'}, attempt: 1})).outcome, 'fail');
	assert.equal(site.journal.state().status, 'executing');
	writeFileSync(join(site.workspace, 'works'), '');
	await site.does('run', {target: 'T0', resume: true, reference: null, ticket: null, ...early}, ['T0']);
	assert.equal((await site.ended({target: {stage: 'T0'}, attempt: 2})).outcome, 'pass');
	assert.equal(site.journal.state().status, 'observing');

	await site.does('run', {target: 'T+10', resume: false, reference: null, ticket: null, ...early});
	const checklist = {target: {stage: 'T+10'}, attempt: 1};
	assert.equal((await site.ended(checklist)).outcome, 'pass');
	assert.match(site.log(checklist), /no endpoint is bound: a person looks/);
	assert.match(site.log(checklist), /the settings name no log: a person looks/);

	await site.does('run', {target: 'T+30', resume: false, reference: null, ticket: null, ...early});
	const closing = await site.ended({target: {stage: 'T+30'}, attempt: 1});
	assert.equal(closing.outcome, 'pass', closing.reason ?? '');
	const [update] = site.journal.state().attachments;
	assert.equal(update?.name, 'stakeholder-update-1.txt');
	const text = readFileSync(join(site.folder, update?.path ?? ''), 'utf8');
	assert.match(text, /^T0 done at .*, reference DEPLOY-1$/m);
	assert.match(text, /^ticket CHG-1, environment test$/m);
});

test('the fallback runs its script in the workspace with the environment that was shown', async t => {
	const site = await begin(t);
	writeFileSync(join(site.workspace, 'works'), '');
	await toT0(site);
	await site.ended({target: {stage: 'T0'}, attempt: 1});
	chmodSync(join(site.workspace, 'ops/back.sh'), 0o644);
	await site.does('rollback', {path: null, reason: 'checkout fails'}, ['ROLLBACK']);
	const ref = {target: {path: 'fallback'}, attempt: 1} as const;
	const ended = await site.ended(ref);
	assert.equal(ended.outcome, 'pass', site.log(ref));
	assert.match(site.log(ref), /^\$ bash \S+\/approved\/run\/\w+\/back\.sh$/m);
	assert.match(site.log(ref), /^back with rollback deploy\/compose\.yml, mark set$/m);
	assert.ok(site.log(ref).includes(`\n${site.workspace}\n`));
	assert.match(site.journal.state().rollback?.unavailable.preferred ?? '', /not configured/);
});

test('a resumed checks stage judges again what has turned stale since it passed', async t => {
	const site = await begin(t);
	await site.ended(await site.runs('T-30'));
	writeFileSync(join(site.workspace, 'docs/plan.md'), 'another plan\n');
	writeFileSync(join(site.workspace, 'built'), '');
	const ref = await site.runs('T-30', true);
	assert.equal((await site.ended(ref)).outcome, 'pass', site.log(ref));
	assert.match(site.log(ref), /^step "gate G2, attempt 2" done$/m);
});

test('a rollback stops the whole process tree of a running T0 before it starts', async t => {
	const waiting =
		"import {$} from 'zx';\nexport default async ({step}) => { await step('switch', () => $`echo switching; sleep 1000`); };\n";
	const site = await begin(t, {watched: true, files: {...files, 'switch.ts': waiting}});
	await toT0(site);
	const act = {target: {stage: 'T0'}, attempt: 1};
	await site.shows('T0 at work', () => /^switching$/m.test(site.log(act)));
	await site.does('rollback', {path: null, reason: 'checkout fails'}, ['ROLLBACK']);
	const stopped = await site.ended(act);
	assert.equal(stopped.outcome, 'stopped');
	assert.deepEqual(stopped.still, []);
	const back = {target: {path: 'fallback'}, attempt: 1} as const;
	assert.equal((await site.ended(back)).outcome, 'pass', site.log(back));
	assert.equal(site.journal.state().attempts['T0-1']?.steps[0]?.outcome, 'failed');
});
