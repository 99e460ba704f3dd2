/* What a process looks up of its own host before the rules decide. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {observe} from '../../source/cli/observe.ts';
import {type HostsObservation, readAgo, silenceOf} from '../../source/cutover/model/hosts.ts';
import {claim} from '../../source/disk/atomic-file.ts';
import {makeFolder} from '../../source/disk/file.ts';
import {ownerFile} from '../../source/processes/folder.ts';
import {identityOf} from '../../source/processes/process.ts';
import {run} from '../cutover/commands.ts';
import {begun} from '../cutover/night.ts';
import {calm} from '../given.ts';
import {dave} from '../scenarios/people.ts';

const hosts: HostsObservation = {
	here: 'bastion-1',
	leader: 'bastion-2',
	replication: null,
	all: [
		{host: 'bastion-1', silentSeconds: 0, report: {here: [], seen: {}, workspace: null}},
		{host: 'bastion-2', silentSeconds: 0, report: {here: [], seen: {}, workspace: calm}},
	],
};

test('M2 While the store is away, what ran here is unknown once its runner is gone', context => {
	const folder = mkdtempSync(join(tmpdir(), 'observe-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const night = begun();
	night.does('21:00', dave, run('T-60'), {...calm, hosts});
	const ref = {target: {stage: 'T-60'}, attempt: 1};
	const silent = (seconds: number): number | null => {
		const here = {here: hosts.here, observed: () => readAgo(hosts, seconds)} as never;
		const look = observe(folder, {}, {compares: false, keeps: false, hosts: here});
		return silenceOf(look(night.state()).hosts, hosts.here);
	};
	const file = ownerFile(folder, ref);
	makeFolder(dirname(file));
	claim(file, identityOf(process.pid));
	assert.equal(silent(42), null, 'its runner lives');
	rmSync(file);
	claim(file, {pid: 1, start: 0, boot: 'another boot'});
	assert.deepEqual([silent(42), silent(0)], [42, null]);
});
