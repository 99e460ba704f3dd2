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
import {carolOfQa, dave} from '../scenarios/people.ts';

const hosts: HostsObservation = {
	here: 'bastion-1',
	leader: 'bastion-2',
	replication: null,
	all: [
		{host: 'bastion-1', silentSeconds: 0, report: {here: [], seen: {}, workspace: null}},
		{host: 'bastion-2', silentSeconds: 0, report: {here: [], seen: {}, workspace: calm}},
	],
};

test('M2 While the store is away, an attempt of this host is unknown once its runner is gone, and its others are not', context => {
	const folder = mkdtempSync(join(tmpdir(), 'observe-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const night = begun();
	night.does('21:00', dave, run('T-60'), {...calm, hosts});
	night.does('21:30', carolOfQa, run('T-30'), {...calm, hosts});
	const ref = {target: {stage: 'T-60'}, attempt: 1};
	const other = {target: {stage: 'T-30'}, attempt: 1};
	const silent = (seconds: number): readonly (number | null)[] => {
		const here = {here: hosts.here, observed: () => readAgo(hosts, seconds)} as never;
		const look = observe(folder, {}, {compares: false, keeps: false, hosts: here});
		const seen = look(night.state()).hosts;
		return [ref, other].map(each => silenceOf(seen, {...each, host: hosts.here}));
	};
	const [file, second] = [ownerFile(folder, ref), ownerFile(folder, other)];
	for (const each of [file, second]) {
		makeFolder(dirname(each));
		claim(each, identityOf(process.pid));
	}
	assert.deepEqual(silent(42), [null, null], 'their runners live');
	rmSync(file);
	claim(file, {pid: 1, start: 0, boot: 'another boot'});
	assert.deepEqual(silent(42), [42, null]);
	assert.deepEqual(silent(0), [null, null], 'it is recorded then');
});
