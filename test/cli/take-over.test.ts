/** The watcher that leads is killed: the one of another host leads, and goes on with what the first one saw. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {type Cluster, cluster, without} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {desk} from './desk.ts';

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await check())) await pause(50);
}

type Line = {seq: number; type: string; at: string; data: Record<string, unknown>};

describe('the watchers of several hosts', {skip: without, concurrency: 1}, () => {
	let on: Cluster;
	before(async () => {
		on = await cluster();
	});
	after(() => on.stop());

	test('another one leads within ten seconds, and dates an outage by the sample of the first', {
		timeout: 120_000,
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
			const file = join(state, id, 'probes/samples.ndjson');
			return existsSync(file)
				? readFileSync(file, 'utf8')
						.split('\n')
						.filter(Boolean)
						.map(line => JSON.parse(line))
				: [];
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
		process.kill(JSON.parse(readFileSync(join(one.state, id, 'watcher.json'), 'utf8')).pid, 'SIGKILL');
		const [killed, killedAt] = [performance.now(), Date.now()];
		let taken: Line | undefined;
		await until(async () => {
			taken = (await lines()).find(({type}) => type === 'watcherLost');
			return taken !== undefined;
		});
		context.diagnostic(`recorded ${Math.round(performance.now() - killed)} ms after the kill`);
		// By the server's clock: what this machine takes to read the log is no part of it.
		const stored = on.sql(
			`select (extract(epoch from stored) * 1000)::bigint from cutover.entries where seq = ${taken?.seq}`,
			name,
		);
		assert.ok(Number(stored) - killedAt < 10_000, `after ${Number(stored) - killedAt} ms`);
		assert.deepEqual([taken?.data['from'], taken?.data['to']], ['bastion-1', 'bastion-2']);
		await until(async () => (await lines()).some(({type}) => type === 'outageBegan'));
		const outage = (await lines()).find(({type}) => type === 'outageBegan');
		assert.equal(Date.parse(String(outage?.data['since'])), first?.at);
		assert.equal(new Set(samples(two.state).map(({boot}) => boot)).size, 2);
	});
});
