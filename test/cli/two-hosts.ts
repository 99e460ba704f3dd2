/** Two hosts and one cutover in PostgreSQL: an attempt in many steps runs on the one whose network can be cut. */
import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import type {Cluster} from '../journal/postgres/cluster.ts';
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

const longestMs = 150_000;

/** Throws where it never comes true, so that what waits ends with its test. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
	for (const from = performance.now(); !(await check()); await pause(100))
		if (performance.now() - from > longestMs) throw new Error(`Not so after ${longestMs / 1000} s: ${check}`);
}

export type Line = {type: string; at: string; data: {step?: string; happened?: string; outcome?: string}};

/** As a host that loses its power: whatever it runs of its cutovers ends at once. */
export function endAll(state: string): void {
	for (const file of globSync([join(state, '*/watcher.json'), join(state, '*/attempts/*/owner.json')])) {
		try {
			process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 'SIGKILL');
		} catch {
			// It has ended.
		}
	}
}

/**
 * bastion-1 beside the database, bastion-2 behind a network that can be cut; T-60 has so many steps and runs on bastion-2.
 * `cutOff`: its runner never reaches the database, which the watcher beside it still does.
 */
export async function twoHosts(context: TestContext, on: Cluster, count: number, {cutOff = false} = {}) {
	const name = await database(on);
	const network: Network = await proxy(on.port);
	const hosts: Desk[] = [];
	// A runner whose database is gone for good waits for it: it ends with the test, before the desks take their folders away.
	context.after(() => hosts.map(host => endAll(host.state)));
	const [one, two] = [desk(context, {CUTOVER_HOST: 'bastion-1'}), desk(context, {CUTOVER_HOST: 'bastion-2'})];
	hosts.push(one, two);
	context.after(() => network.close());
	one.write('ops/parts.mjs', steps(count));
	one.write('runbook.cutover.yaml', 'cutover: 1\nstages:\n  T-60:\n    playbook: ops/parts.mjs\n    host: bastion-2\n');
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
	const inDatabase = (sql: string): string => on.sql(sql, name);
	await until(() => inDatabase(`select count(*) from cutover.hosts where host = 'bastion-2'`) === '1');
	if (cutOff) network.cutNew();
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
	return {network, here, there, id, attempt, log, kept, lines, inDatabase};
}

export const stepsIn = (lines: readonly Line[], type: string): readonly string[] =>
	lines.flatMap(line => (line.type === type ? [line.data.step ?? ''] : []));
