/** Health as processes measure it: a real service, a real watcher, and what follows in the journal. */

import assert from 'node:assert/strict';
import {appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fold} from '../../source/cutover/health/outage/fold.ts';
import type {Sample} from '../../source/cutover/health/outage/sample.ts';
import {watchOf} from '../../source/cutover/health/outage/watch.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import type {OutageTrigger, Runbook} from '../../source/cutover/model/runbook.ts';
import {makeFolder} from '../../source/disk/file.ts';
import {samplesFile} from '../../source/processes/folder.ts';
import {isAlive} from '../../source/processes/process.ts';
import {stamp} from '../../source/text/time.ts';
import {sampleReader, samplesIn} from '../../source/watch/sample-reader.ts';
import {recorder} from '../../source/watch/sampling.ts';
import {stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';
import {textOf} from '../harness/files.ts';

type Service = {readonly url: string; healthy: boolean; asked: number};

/** A service on the loopback that is well or not, as the test says. */
async function service(t: TestContext): Promise<Service> {
	const stands = {url: '', healthy: true, asked: 0};
	const server: Server = createServer((_, response) => {
		stands.asked += 1;
		response.writeHead(stands.healthy ? 200 : 503, {connection: 'close'}).end('well');
	});
	await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
	t.after(() => server.close());
	stands.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
	return stands;
}

const endpoint = (url: string, more: Partial<Endpoint> = {}): Endpoint => ({
	name: 'api',
	kind: 'http',
	target: url,
	url,
	everySeconds: 0.2,
	// The test's own process answers, when it comes to it.
	timeoutSeconds: 30,
	critical: true,
	...more,
});

const trigger = (seconds: number): OutageTrigger => ({
	id: '1',
	kind: 'outage',
	text: 'the service is down',
	line: 1,
	thresholdSeconds: seconds,
	strict: true,
	roles: [],
});

const early = {early: true, reason: 'a test does not wait'};

const book = (url: string, seconds: number, rest: Partial<Runbook> = {}): Partial<Runbook> => ({
	endpoints: [endpoint(url)],
	triggers: [trigger(seconds)],
	stages: [
		stage('T-10', -10, {kind: 'decision', timeoutSeconds: null}),
		stage('T0', 0, {kind: 'act', timeoutSeconds: null}),
		stage('T+10', 10, {
			kind: 'verification',
			items: ['health endpoints', 'service status', 'critical logs'],
			timeoutSeconds: null,
			logs: [{file: 'service.log', errors: 'ERROR', max: 0}],
		}),
		stage('T+30', 30, {kind: 'closing', timeoutSeconds: null}),
	],
	...rest,
});

/** T0 is begun and passed. */
async function cutOver(site: Site): Promise<void> {
	await site.does('vote', {vote: 'go', ...early}, ['GO']);
	await site.does('run', {target: 'T0', resume: false, reference: 'D-1', ticket: null, ...early}, ['T0']);
	await site.does('report', {
		stage: 'T0',
		result: 'pass',
		note: null,
		reference: null,
		done: null,
		items: [],
		...early,
	});
}

const isTold = (site: Site, type: string) => () => site.journal.entries().find(entry => entry.type === type);

test('an outage is recorded, fires past its threshold, and its end is recorded', async t => {
	const stands = await service(t);
	const site = await Site.begin(t, {runbook: book(stands.url, 1), watched: true});
	await site.shows('the first samples', () => stands.asked > 2);
	await cutOver(site);
	stands.healthy = false;
	await site.shows('the outage', isTold(site, 'outageBegan'));
	const fired = await site.shows('the firing', isTold(site, 'fired'));
	assert.ok(fired.type === 'fired' && fired.data.measured);
	assert.ok(fired.data.elapsedSeconds > 1, String(fired.data.elapsedSeconds));
	assert.equal(fired.by.name, 'watcher');
	stands.healthy = true;
	await site.shows('its end', isTold(site, 'outageEnded'));
	const {triggers} = site.journal.state();
	assert.ok(triggers['1']?.fired, 'it stays fired');
});

test('the watcher killed again and again changes nothing: it fires where the samples say', async t => {
	const stands = await service(t);
	const site = await Site.begin(t, {runbook: book(stands.url, 4), watched: true});
	await cutOver(site);
	stands.healthy = false;
	let [kills, asked] = [0, stands.asked];
	const fired = await site.shows('the firing', () => {
		const watcher = site.watcher();
		if (watcher !== null && isAlive(watcher) && stands.asked > asked + 2 && kills < 6) {
			process.kill(watcher.pid, 'SIGKILL');
			kills += 1;
			asked = stands.asked;
			void site.spawnsWatcher();
		}
		return isTold(site, 'fired')();
	});
	assert.ok(kills > 0, `${kills} kills`);
	assert.ok(fired.type === 'fired');
	const samples = samplesIn(samplesFile(site.folder));
	const armed = site.journal.state().t0Started ?? 0;
	const watch = watchOf(trigger(4), [{name: 'api', every: 200}]);
	const {facts} = fold(watch, [{at: armed}], samples);
	const again = facts.find(({kind}) => kind === 'fired');
	assert.ok(again);
	assert.equal(fired.data.measured?.at, stamp(again.at), 'backtest and journal agree');
	assert.equal(site.journal.entries().filter(({type}) => type === 'fired').length, 1);
});

test('a hundred watchers, each killed amid its second line: the time of the firing is unchanged', t => {
	const folder = mkdtempSync(join(tmpdir(), 'samples-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const watch = watchOf(trigger(75), [{name: 'api', every: 1000}]);
	const series = Array.from({length: 100}, (_, index): Sample => {
		const at = 1_930_000_000_000 + index * 1000;
		const verdict = index < 10 ? 'ok' : 'fail';
		return {endpoint: 'api', at, boot: 'b', up: index * 1000, wall: at, took: 1, verdict, reason: ''};
	});
	const armed = [{at: series[0]?.at ?? 0}];
	const firedIn = (samples: readonly Sample[]) => fold(watch, armed, samples).clock.fired;
	const reported = series.map(sample => {
		const book = recorder(folder);
		book.add(sample);
		book.close();
		appendFileSync(samplesFile(folder), JSON.stringify(sample).slice(0, 40));
		return firedIn(samplesIn(samplesFile(folder)));
	});
	const whole = firedIn(series);
	assert.ok(whole);
	assert.equal(whole.at, (series[10]?.at ?? 0) + 76_000);
	const first = reported.findIndex(fired => fired !== null);
	assert.equal(series[first]?.at, whole.at, 'the watcher that saw the deciding sample fired, and none before');
	assert.deepEqual(reported.at(-1), whole);
});

test('a file that was cut and written on by another host is read anew, also where it is longer than before', t => {
	const folder = mkdtempSync(join(tmpdir(), 'samples-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const line = (host: string, index: number): string =>
		`${JSON.stringify({endpoint: 'api', at: index, boot: host, up: index, wall: index, took: 1, verdict: 'ok', reason: ''})}\n`;
	const lines = (host: string, from: number, to: number): string =>
		Array.from({length: to - from}, (_, index) => line(host, 100 + from + index)).join('');
	makeFolder(join(folder, 'probes'));
	const file = samplesFile(folder);
	const reader = sampleReader(file);
	const read = () => {
		const found = {boots: '', anew: 0};
		reader.read(
			({boot}) => (found.boots += boot),
			() => (found.anew += 1),
		);
		return found;
	};
	writeFileSync(file, lines('a', 0, 6));
	assert.deepEqual(read(), {boots: 'aaaaaa', anew: 0});
	appendFileSync(file, lines('a', 6, 7));
	assert.deepEqual(read(), {boots: 'a', anew: 0});
	truncateSync(file, Buffer.byteLength(lines('a', 0, 4)));
	appendFileSync(file, lines('b', 4, 9));
	assert.deepEqual(read(), {boots: 'aaaabbbbb', anew: 1});
	assert.deepEqual(read(), {boots: '', anew: 0});
});

test('a file of samples that is cut short or spoilt costs its lines, and no more', async t => {
	const stands = await service(t);
	const site = await Site.begin(t, {runbook: book(stands.url, 60), watched: true});
	await site.shows('the first samples', () => stands.asked > 2);
	appendFileSync(samplesFile(site.folder), 'no sample\n{"endpoint":"api"}\n{"endpoint": "api", "at": 1');
	const asked = stands.asked;
	await site.shows('more of them', () => stands.asked > asked + 2);
	const samples = samplesIn(samplesFile(site.folder));
	assert.ok(samples.length > asked, `${samples.length} of ${stands.asked}`);
	assert.equal(statSync(samplesFile(site.folder)).mode & 0o777, 0o600);
});

test('a verification answers what samples and logs measure, and leaves the rest to people', async t => {
	const stands = await service(t);
	const site = await Site.begin(t, {
		runbook: book(stands.url, 60),
		files: {'service.log': 'ERROR before T0\n'},
		watched: true,
	});
	await site.shows('the first samples', () => stands.asked > 2);
	await cutOver(site);
	await site.shows('the place of T0', () => textOf(join(site.folder, 'log-marks.json')) !== '');
	const asked = stands.asked;
	await site.shows('samples since T0', () => stands.asked > asked + 2);
	await site.does('run', {target: 'T+10', resume: false, reference: null, ticket: null, ...early});
	await site.ended({target: {stage: 'T+10'}, attempt: 1});
	const items = site.journal.state().stages['T+10']?.items ?? {};
	assert.deepEqual(
		Object.values(items).map(({name, result, by}) => [name, result, by.name]),
		[
			['health endpoints', 'pass', 'runner'],
			['critical logs', 'pass', 'runner'],
		],
	);
	writeFileSync(join(site.workspace, 'service.log'), 'ERROR before T0\nERROR after T0\n');
	await site.does('run', {target: 'T+10', resume: false, reference: null, ticket: null, ...early});
	await site.ended({target: {stage: 'T+10'}, attempt: 2});
	assert.equal(site.journal.state().stages['T+10']?.items['critical logs']?.result, 'fail');
	assert.match(
		site.log({target: {stage: 'T+10'}, attempt: 2}),
		/critical logs fail: service\.log: 1 error in 1 line since T0, at most 0/,
	);
	assert.match(site.log({target: {stage: 'T+10'}, attempt: 2}), /too few samples to compare/);
});

test('a rollback keeps a snapshot before it begins, and health proves it after the settle time', async t => {
	const stands = await service(t);
	const site = await Site.begin(t, {
		runbook: book(stands.url, 1, {
			rollback: {
				preferred: {kind: 'script', script: 'back.sh', reference: null},
				fallback: null,
				environment: {},
				settleSeconds: 1,
				proveSeconds: 60,
				line: 1,
			},
		}),
		files: {'back.sh': '#!/bin/bash\necho back\n', 'service.log': 'ERROR at the end\n'},
		approved: ['back.sh'],
		watched: true,
	});
	await cutOver(site);
	stands.healthy = false;
	await site.shows('the firing', isTold(site, 'fired'));
	await site.does('rollback', {path: null, reason: 'it fired'}, ['ROLLBACK']);
	await site.ended({target: {path: 'preferred'}, attempt: 1});
	assert.equal(site.journal.state().status, 'rolling-back');
	stands.healthy = true;
	await site.shows('the proof', isTold(site, 'proved'));
	assert.equal(site.journal.state().status, 'rolled-back');
	const [box] = site.journal.state().attachments;
	assert.equal(box?.of, 'T+30');
	const text = readFileSync(join(site.folder, box?.path ?? ''), 'utf8');
	assert.match(text, /api DOWN/);
	assert.match(text, /"verdict":"fail"/);
	assert.match(text, /ERROR at the end/);
});
