/** The workflow path with real processes: a runner, a journal on disk, and a GitHub that misbehaves. */
import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {allRunning} from '../../source/processes/process.ts';
import {afterT0, attemptOf, dispatched, fallback, preferred, rollsBack} from '../attempts/sent-back.ts';
import type {Site} from '../attempts/site.ts';
import {ofProcess} from '../harness/ending.ts';
import {textsBelow} from '../harness/files.ts';
import {inputs, token} from './github/hub.ts';

/** Also not in the argv of any process that runs now. */
function assertTokenNowhere(site: Site): void {
	const files = [...textsBelow(site.folder), ...textsBelow(site.workspace)];
	assert.deepEqual(
		files.flatMap(([path, text]) => (text.includes(token) ? [path] : [])),
		[],
	);
	assert.deepEqual(
		allRunning().filter(({pid}) => ofProcess(pid, 'cmdline').includes(token)),
		[],
	);
}

test("one dispatch with the runbook's inputs, its jobs followed and their logs kept, and the token nowhere", async t => {
	const on = await afterT0(t, {rehearsal: null});
	const {github, site} = on;
	github.plan({jobs: [{name: 'switch back', looks: 2, log: `switched back with ${token}\n`}]});
	await rollsBack(site);
	const ended = await site.ended(preferred);
	assert.equal(ended.outcome, 'pass');
	assert.deepEqual(dispatched(on), [{ref: 'main', inputs, return_run_details: true}]);
	const {dispatch} = attemptOf(site, preferred) ?? {};
	assert.equal(dispatch?.run, github.runs[0]?.id);
	assert.deepEqual(dispatch?.reported?.jobs, [{name: 'switch back', state: 'completed', conclusion: 'success'}]);
	assert.match(site.log(preferred), /log of job switch back\nswitched back with/);
	assertTokenNowhere(site);
});

test('no such workflow: the fallback runs with its variables, once, under the same word, and never sees the token', async t => {
	const on = await afterT0(t);
	on.github.always('dispatch', '404');
	await rollsBack(on.site);
	assert.equal((await on.site.ended(preferred)).outcome, 'fail');
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
	assert.match(on.site.log(fallback), /back: rollback 0 token \.\n/);
	assert.equal(dispatched(on).length, 1);
	assert.equal(on.site.journal.entries().filter(({type}) => type === 'rollbackBegun').length, 1);
});

test('a run that fails opens the fallback', async t => {
	const on = await afterT0(t);
	on.github.plan({jobs: [{name: 'switch back', conclusion: 'failure'}]});
	await rollsBack(on.site);
	assert.match((await on.site.ended(preferred)).reason ?? '', /run \d+ ended failure/);
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
});

test("a reviewer's no stops the path with their name, and the fallback waits for a new word", async t => {
	const on = await afterT0(t);
	on.github.plan({approvals: ['production'], rejectedBy: {login: 'carol', comment: 'no, wait'}});
	await rollsBack(on.site);
	const {outcome, reason} = await on.site.ended(preferred);
	assert.equal(outcome, 'fail');
	assert.match(reason ?? '', /^carol rejected run \d+ for production: no, wait$/);
	assert.equal(attemptOf(on.site, fallback), undefined);
	assert.equal(on.site.journal.state().status, 'rolling-back');
	await rollsBack(on.site);
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
});

test('no answer after GitHub took it: the run is looked up and followed, and nothing is sent again', async t => {
	const on = await afterT0(t);
	on.github.others(3, {actor: 'somebody'});
	on.github.next('dispatch', 'cut after');
	await rollsBack(on.site);
	assert.equal((await on.site.ended(preferred)).outcome, 'pass');
	assert.equal(dispatched(on).length, 1);
	assert.match(on.site.log(preferred), /whether a run came of it is unknown/);
	assert.match(on.site.log(preferred), /found run/);
});

test('no answer and no run of it: unknown, nothing else begins, until the typed words say so', async t => {
	const on = await afterT0(t);
	on.github.next('dispatch', 'reset before');
	await rollsBack(on.site);
	const ended = await on.site.ended(preferred);
	assert.deepEqual([ended.outcome, /no run of it is to be seen/.test(ended.reason ?? '')], ['unknown', true]);
	await assert.rejects(rollsBack(on.site), /was sent, and whether it ran is unknown/);
	assert.equal(attemptOf(on.site, fallback), undefined);
	await rollsBack(on.site, ['ROLLBACK', 'MAY RUN TWICE']);
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
	assert.equal(dispatched(on).length, 1);
});

test('a run awaiting approval names the approvers; its confirmed cancellation opens the fallback', async t => {
	const on = await afterT0(t);
	on.github.plan({approvals: ['production']});
	await rollsBack(on.site);
	const reported = await on.site.shows('the approval', () => {
		const observed = attemptOf(on.site, preferred)?.dispatch?.reported;
		return observed?.state === 'approval' ? observed : null;
	});
	assert.deepEqual(reported.approvals, [
		{environment: 'production', reviewers: ['omar', 'petra', 'team release'], waitMinutes: 5},
	]);
	await on.site.does('cancelRollback', {reason: 'nobody answers'}, ['CANCEL']);
	const ended = await on.site.ended(preferred);
	assert.deepEqual(
		[ended.outcome, ended.reason?.replace(/\d+/, 'N')],
		['stopped', 'cancelled by ana: nobody answers; run N is cancelled'],
	);
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
});

test('when the runner is killed another one finds and follows the run, and nothing is sent again', async t => {
	const on = await afterT0(t);
	on.github.plan({jobs: [{name: 'switch back', looks: 20}]});
	await rollsBack(on.site);
	await on.site.shows('the run', () => attemptOf(on.site, preferred)?.dispatch?.reported);
	process.kill(await on.site.runner(preferred), 'SIGKILL');
	assert.equal((await on.site.ended(preferred)).outcome, 'lost');
	assert.equal((await on.site.ended({...preferred, attempt: 2})).outcome, 'pass');
	assert.equal(dispatched(on).length, 1);
	assert.match(on.site.log({...preferred, attempt: 2}), /sent before/);
});

test('an unreachable GitHub is shown with its time, and the end of the run is still found', async t => {
	const on = await afterT0(t);
	on.github.plan({jobs: [{name: 'switch back', looks: 3}]});
	on.github.next('run', 'as asked', '503', '503');
	await rollsBack(on.site);
	await on.site.shows('that it is not seen', () =>
		on.site.journal.entries().find(({type}) => type === 'runUnreachable'),
	);
	assert.equal((await on.site.ended(preferred)).outcome, 'pass');
	assert.equal(attemptOf(on.site, preferred)?.dispatch?.unseen, null);
});

test('without the token the path is unavailable, and the fallback runs', async t => {
	const on = await afterT0(t, {env: {}, rehearsal: null});
	await rollsBack(on.site);
	assert.equal((await on.site.ended(fallback)).outcome, 'pass');
	assert.match(on.site.journal.state().rollback?.unavailable.preferred ?? '', /ORDERS_TOKEN is not set here/);
	assert.deepEqual(on.github.requests, []);
});
