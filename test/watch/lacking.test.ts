/** A successor without what whoever began the cutover had: it says so, and neither calls a service down nor runs anything. */

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {samplesFile, watcherFile} from '../../source/processes/folder.ts';
import {identityOf, isAlive} from '../../source/processes/process.ts';
import {programs} from '../../source/processes/programs.ts';
import {watcherKeeper} from '../../source/watch/keeper.ts';
import {stage} from '../attempts/rows.ts';
import {Site} from '../attempts/site.ts';
import {kill} from '../harness/ending.ts';
import {textOf} from '../harness/files.ts';
import {closedPort} from '../probes/around.ts';

/** Nobody listens there. */
const dead = async (): Promise<Endpoint> => ({
	name: 'api',
	kind: 'http',
	target: 'where nobody listens',
	url: `http://127.0.0.1:${await closedPort()}/health`,
	everySeconds: 0.2,
	timeoutSeconds: 5,
	critical: true,
});

test('a watcher that lacks what was there at begin reads UNKNOWN and says why, until one that has it takes over', async t => {
	const given = {runbook: {endpoints: [await dead()], pass: ['CORP_REALM']}, watched: true, needs: ['CORP_REALM']};
	const site = await Site.begin(t, given);
	const first = await site.shows('the watcher', () => site.watcher());
	const reason = /"verdict":"unknown".*CORP_REALM is not set here, but was at begin/;
	await site.shows('unknown', () => reason.test(textOf(samplesFile(site.folder))));
	assert.doesNotMatch(textOf(samplesFile(site.folder)), /"verdict":"fail"/);
	assert.match(textOf(join(site.folder, 'watcher.err')), /CORP_REALM is not set here/);
	await kill(first);
	const equipped = site.reconcilerWith({...process.env, CORP_REALM: 'blue'});
	await site.shows('one that has it', async () => {
		await equipped.pass();
		const now = site.watcher();
		return now !== null && now.pid !== first.pid && isAlive(now);
	});
	await site.shows('that it is down', () => /"verdict":"fail"/.test(textOf(samplesFile(site.folder))));
});

test('a stage that begins by itself is not run by a watcher that lacks what was there at begin', async t => {
	const stages = [
		stage('T-90', -90, {start: 'auto', kind: 'checks', gates: []}),
		stage('T-10', -10, {kind: 'decision'}),
		stage('T0', 0, {kind: 'act'}),
		stage('T+10', 10, {kind: 'closing'}),
	];
	const site = await Site.begin(t, {runbook: {stages, pass: ['CORP_REALM']}, watched: true, needs: ['CORP_REALM']});
	const ended = await site.shows('its end', () => site.journal.state().attempts['T-90-1']?.ended);
	assert.equal(ended.outcome, 'unknown');
	assert.match(ended.reason ?? '', /^its runner was not started: CORP_REALM is not set here/);
});

test('a watcher that lacks something is replaced by who has it, in whatever case, and not by who has it empty', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-lacking-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const replaces = async (open: Readonly<Record<string, string>>): Promise<boolean> => {
		const watcher = spawn('sleep', ['60'], {stdio: 'ignore'});
		t.after(() => watcher.kill('SIGKILL'));
		const self = identityOf(watcher.pid ?? 0);
		writeFileSync(watcherFile(folder), JSON.stringify({...self, lacks: ['https_proxy']}));
		const keep = watcherKeeper({folder, clock: systemClock, programs: {...programs, watcher: '/dev/null'}});
		keep({open, secret: {}}, env => ({open: env, secret: {}}));
		const ended = new Promise<boolean>(done => watcher.once('exit', () => done(true)));
		watcher.kill('SIGTERM');
		await ended;
		return watcher.signalCode === 'SIGKILL';
	};
	assert.equal(await replaces({https_proxy: ''}), false);
	assert.equal(await replaces({HTTPS_PROXY: 'http://proxy:3128'}), true);
});
