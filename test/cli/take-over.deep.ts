/** The watcher that leads is killed: the one of another host leads, and goes on with what the first one saw. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {test} from 'node:test';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {kill} from '../harness/ending.ts';
import {linesOf} from '../harness/files.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {desk} from './desk.ts';
import {until} from './two-hosts.ts';

type Line = {seq: number; type: string; at: string; data: Record<string, unknown>};

onServer('the watchers of several hosts', on => {
	test('another one leads once its lease is over, and dates an outage by the sample of the first', {
		timeout: 300_000,
	}, async context => {
		let up = true;
		const service = createServer((_, answer) => void answer.writeHead(up ? 200 : 503).end()).listen(0, '127.0.0.1');
		await once(service, 'listening');
		context.after(() => service.close());
		const {port} = service.address() as AddressInfo;
		const name = await database(on);
		const store = ['--store', on.address('bastion1', name)];
		const [one, two] = [desk(context, {CUTOVER_HOST: 'bastion-1'}), desk(context, {CUTOVER_HOST: 'bastion-2'})];
		one.write(
			'runbook.cutover.yaml',
			`cutover: 1\nendpoints:\n  - {name: api, url: 'http://127.0.0.1:${port}/', every: 2s}\n`,
		);
		one.commit('an endpoint');
		const begun = await one.cli('begin', 'runbook.md', '--t0', '+61m', '--as', 'rita', ...store);
		assert.equal(begun.code, 0, begun.stderr);
		const id = begun.stdout.trim().split('\n').at(-1) ?? '';
		await until(() => on.sql('select host from cutover.leases', name) === 'bastion-1');
		assert.match((await two.cli('store', 'join', '--cutover', id, ...store)).stdout, /bastion-1 leads/);
		const samples = (state: string): readonly {at: number; verdict: string; boot: string; others?: object}[] => {
			return linesOf(join(state, id, 'probes/samples.ndjson')).map(line => JSON.parse(line));
		};
		const lines = async (): Promise<readonly Line[]> => {
			const {stdout} = await two.cli('log', '--json', ...store);
			return stdout
				.trim()
				.split('\n')
				.map(line => JSON.parse(line));
		};
		// What the leader samples is on the other host too, with what that one sees.
		await until(() => samples(two.state).some(({others}) => others !== undefined && 'bastion-2' in others));
		assert.equal(new Set(samples(two.state).map(({boot}) => boot)).size, 1);

		up = false;
		await until(() => samples(two.state).some(({verdict}) => verdict === 'fail'));
		const first = samples(two.state).find(({verdict}) => verdict === 'fail');
		await kill(identityIn(join(one.state, id, 'watcher.json')) ?? assert.fail());
		let taken: Line | undefined;
		await until(async () => {
			taken = (await lines()).find(({type}) => type === 'watcherLost');
			return taken !== undefined;
		});
		assert.deepEqual([taken?.data['from'], taken?.data['to']], ['bastion-1', 'bastion-2']);
		await until(async () => (await lines()).some(({type}) => type === 'outageBegan'));
		const outage = (await lines()).find(({type}) => type === 'outageBegan');
		assert.equal(Date.parse(String(outage?.data['since'])), first?.at);
		// On a machine that is busy the second may lose its lease as well, and lead anew.
		assert.notEqual(samples(two.state).at(-1)?.boot, first?.boot);
	});
});
