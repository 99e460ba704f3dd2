/** A cutover with a workflow as its rollback: a runner, a journal on disk, and a GitHub that misbehaves as it is told. */

import type {TestContext} from 'node:test';
import {type FakeGitHub, startGitHub} from '../../scripts/sandbox/github.ts';
import {type AttemptRef, attemptKey} from '../../source/cutover/model/attempt-target.ts';
import {type Runbook, usualProof} from '../../source/cutover/model/runbook.ts';
import {inputs, shop, text, token, workflow} from '../rollback/github/hub.ts';
import {gate, stage} from './rows.ts';
import {Site} from './site.ts';

const early = {early: true, reason: 'a test does not wait'};
export const preferred = {target: {path: 'preferred'}, attempt: 1} as const;
export const fallback = {target: {path: 'fallback'}, attempt: 1} as const;

const book = (api: string): Partial<Runbook> => ({
	gates: [gate('G3', {kind: 'files', files: [workflow]})],
	stages: [
		stage('T-10', -10, {kind: 'decision', timeoutSeconds: null}),
		stage('T0', 0, {kind: 'act', timeoutSeconds: null}),
		stage('T+30', 30, {kind: 'closing', timeoutSeconds: null}),
	],
	rollback: {
		preferred: {kind: 'workflow', workflow, inputs},
		fallback: {kind: 'script', script: 'back.sh', reference: null},
		environment: {ACTION: 'rollback', VOLUMES: '0'},
		remote: {repository: shop.name, ref: 'main', token: 'ORDERS_TOKEN', api},
		...usualProof,
		line: 1,
	},
});

type Given = Partial<Parameters<typeof Site.begin>[1]>;

export type Scene = {readonly github: FakeGitHub; readonly site: Site};

/** GitHub is asked 25 times as often as usual. */
export async function scene(t: TestContext, given: Given = {}): Promise<Scene> {
	const github = await startGitHub({repositories: [shop], token});
	t.after(() => github.close());
	const site = await Site.begin(t, {
		runbook: book(github.url),
		files: {
			[workflow]: text,
			'back.sh': '#!/bin/bash\necho "back: $ACTION $VOLUMES token $ORDERS_TOKEN."\n',
		},
		approved: ['back.sh'],
		env: {ORDERS_TOKEN: token},
		rehearsal: {speed: 25, rehearsalTargets: {service: '', api: github.url, token}},
		...given,
	});
	return {github, site};
}

export async function afterT0(t: TestContext, given: Given = {}): Promise<Scene> {
	const on = await scene(t, given);
	const {site} = on;
	await site.ended(await site.runs('G3'));
	await site.does('vote', {vote: 'go', ...early}, ['GO']);
	await site.does('run', {target: 'T0', resume: false, reference: 'D-1', ticket: null, ...early}, ['T0']);
	const report = {stage: 'T0', result: 'pass', note: null, reference: null, done: null, items: []} as const;
	await site.does('report', {...report, ...early});
	return on;
}

export const rollsBack = (site: Site, confirm: readonly string[] = ['ROLLBACK']): Promise<void> =>
	site.does('rollback', {path: null, reason: 'orders fail'}, confirm);

export const attemptOf = (site: Site, ref: AttemptRef) => site.journal.state().attempts[attemptKey(ref)];

export const dispatched = ({github}: Scene): readonly unknown[] => github.asked('dispatch').map(({body}) => body);
