/** A host that is cut off from the database while it runs an attempt: nothing of what it did is lost, and nothing fires there. */
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {type Cluster, cluster, without} from '../journal/postgres/cluster.ts';
import {database} from '../journal/postgres/database.ts';
import {type Network, proxy} from '../journal/postgres/proxy.ts';
import {type Desk, desk} from './desk.ts';

const steps = (count: number): string => `
import {setTimeout as pause} from 'node:timers/promises';
export default async ({step}) => {
	for (let n = 1; n <= ${count}; n++)
		await step('part ' + n, async () => {
			await pause(300);
			console.log('did part ' + n);
			return n;
		});
};
`;

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await check())) await pause(100);
}

type Line = {type: string; at: string; data: {step?: string; happened?: string; outcome?: string}};

describe('a host that is cut off from the database', {skip: without, concurrency: 1}, () => {
	let on: Cluster;
	before(async () => {
		on = await cluster();
	});
	after(() => on.stop());

	/** bastion-1 beside the database, bastion-2 behind a network that can be cut; T-60 has so many steps and runs on bastion-2. */
	async function twoHosts(context: TestContext, count: number) {
		const name = await database(on);
		const network: Network = await proxy(on.port);
		const [one, two] = [desk(context, {CUTOVER_HOST: 'bastion-1'}), desk(context, {CUTOVER_HOST: 'bastion-2'})];
		context.after(() => network.close());
		one.write('ops/parts.mjs', steps(count));
		one.write(
			'runbook.cutover.yaml',
			'cutover: 1\nstages:\n  T-60:\n    playbook: ops/parts.mjs\n    host: bastion-2\n',
		);
		one.commit('a stage in parts');
		const from = (host: Desk, port: number) => {
			const store = ['--store', `postgres://bastion1@127.0.0.1:${port}/${name}`];
			return async (code: number, ...argv: readonly string[]): Promise<string> => {
				const ended = await host.cli(...argv, ...store);
				assert.equal(ended.code, code, `${argv.join(' ')}\n${ended.stderr}\n${ended.stdout}`);
				return code === 0 ? ended.stdout : ended.stderr;
			};
		};
		const [here, there] = [from(one, on.port), from(two, network.port)];
		const id = (await here(0, 'begin', 'runbook.md', '--t0', '+61m', '--as', 'rita')).trim().split('\n').at(-1) ?? '';
		await there(0, 'store', 'join', '--cutover', id);
		await until(async () =>
			/on bastion-2/.test(await here(0, 'run', 'T-60', '--detach', '--as', 'rita').catch(() => '')),
		);
		const folder = join(two.state, id);
		const attempt = (file: string): string => join(folder, 'attempts/T-60-1', file);
		const log = (): string => (existsSync(attempt('log')) ? readFileSync(attempt('log'), 'utf8') : '');
		const kept = (): number =>
			existsSync(attempt('spool.ndjson'))
				? readFileSync(attempt('spool.ndjson'), 'utf8').split('\n').filter(Boolean).length
				: 0;
		const lines = async (): Promise<readonly Line[]> =>
			(await here(0, 'log', '--json'))
				.trim()
				.split('\n')
				.map(line => JSON.parse(line));
		const inDatabase = (sql: string): string => on.sql(sql, name);
		return {network, here, there, id, attempt, log, kept, lines, inDatabase};
	}

	const stepsIn = (lines: readonly Line[], type: string): readonly string[] =>
		lines.flatMap(line => (line.type === type ? [line.data.step ?? ''] : []));

	test('its steps go on, are kept there, and are recorded once when the database answers', {
		timeout: 180_000,
	}, async context => {
		const count = 40;
		const {network, here, there, log, kept, lines, attempt, inDatabase} = await twoHosts(context, count);
		await until(() => log().includes('did part 2'));
		network.cut();
		await until(() => kept() >= 6);
		assert.match(
			await there(3, 'note', 'from the dark', '--as', 'dana'),
			/The database is away since \d\d:\d\d:\d\d .*\d+ results are kept here/,
		);
		assert.match(await there(0, 'log'), /T-60-1 started by rita on bastion-2/);
		await until(async () => /unknown: bastion-2 silent for 00:\d\d/.test(await here(0, 'status')));
		assert.equal((await lines()).filter(({type}) => type === 'ended').length, 0);
		network.heal();
		const healed = performance.now();
		const before = kept();
		await until(() => kept() < before);
		assert.ok(performance.now() - healed < 5000, `delivered after ${Math.round(performance.now() - healed)} ms`);
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		const parts = Array.from({length: count}, (_, index) => `part ${index + 1}`);
		assert.deepEqual(stepsIn(all, 'stepBegun'), parts);
		assert.deepEqual(stepsIn(all, 'stepEnded'), parts);
		assert.ok(
			all.some(({type, data, at}) => type === 'stepEnded' && data.happened !== undefined && data.happened < at),
		);
		assert.ok(!existsSync(attempt('spool.ndjson')));
		const sent = `select encode(sha256(string_agg(bytes, '' order by start)), 'hex') from cutover.chunks where path = 'attempts/T-60-1/log'`;
		const ended = all.find(({type}) => type === 'ended');
		assert.ok(ended && 'log' in ended.data);
		const {sha256} = ended.data.log as {sha256: string};
		await until(() => inDatabase(sent) === sha256);
	});

	test('what a runner kept that was killed meanwhile is recorded once, and its attempt is lost', {
		timeout: 180_000,
	}, async context => {
		const {network, log, kept, lines, attempt} = await twoHosts(context, 60);
		await until(() => log().includes('did part 2'));
		network.cut();
		await until(() => kept() >= 6);
		process.kill(JSON.parse(readFileSync(attempt('owner.json'), 'utf8')).pid, 'SIGKILL');
		const last = readFileSync(attempt('spool.ndjson'), 'utf8')
			.match(/"step":"part \d+"/g)
			?.at(-1)
			?.slice(8, -1);
		network.heal();
		await until(async () => (await lines()).some(({type}) => type === 'ended'));
		const all = await lines();
		const begun = stepsIn(all, 'stepBegun');
		assert.equal(new Set(begun).size, begun.length);
		assert.equal(begun.at(-1), last);
		assert.equal(all.find(({type}) => type === 'ended')?.data.outcome, 'lost');
	});
});
