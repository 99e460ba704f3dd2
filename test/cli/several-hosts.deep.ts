/** One cutover in PostgreSQL, several hosts: each acts and runs attempts, one leads. */
import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {before, test} from 'node:test';
import {recordFiles} from '../../source/journal/record-files.ts';
import {onServer} from '../journal/postgres/cluster.ts';
import {closedPort} from '../probes/around.ts';
import {desk} from './desk.ts';
import {until} from './two-hosts.ts';

/** Names of the approved files that are kept. */
const kept = (state: string, id: string): readonly string[] =>
	readdirSync(join(state, id, 'approved')).filter(name => /^[0-9a-f]{64}$/.test(name));

onServer('a cutover in PostgreSQL', on => {
	before(() => void on.sql('create role bastion1 login'));

	function stored(name: string): {admin: readonly string[]; login: readonly string[]} {
		on.sql(`create database ${name} encoding 'UTF8' template template0`);
		return {admin: ['--store', on.address('admin', name)], login: ['--store', on.address('bastion1', name)]};
	}

	test('is prepared, begun, worked with from two hosts, and brought out of the database', async context => {
		const {admin, login} = stored('whole');
		const [one, other] = [desk(context, {CUTOVER_HOST: 'bastion-1'}), desk(context, {CUTOVER_HOST: 'bastion-2'})];
		const here = (...argv: readonly string[]) => one.cli(...argv, ...login);
		const there = (...argv: readonly string[]) => other.cli(...argv, ...login);
		const ok = async (ended: ReturnType<typeof here>): Promise<string> => {
			const {code, stdout, stderr} = await ended;
			assert.equal(code, 0, stderr);
			return stdout;
		};

		assert.match((await here('status')).stderr, /schema cutover does not exist.*store init/);
		await ok(one.cli('store', 'init', ...admin));
		assert.match((await here('status')).stderr, /Permission denied in the database.*store grants/);
		await ok(one.cli('store', 'grants', 'bastion1', ...admin));
		const nobody = await one.cli('store', 'grants', 'nobody', ...admin);
		assert.equal(nobody.code, 3);
		assert.match(nobody.stderr, /^The database refused this: role "nobody" does not exist.*createuser LOGIN/);
		assert.match(await ok(here('store', 'check')), /OK +store: rights: this login may append, and change nothing/);

		assert.match((await here('doctor')).stdout, /WARNING +store: replication: There is one copy/);

		const id = (await ok(here('begin', 'runbook.md', '--t0', '+61m', '--as', 'rita'))).trim().split('\n').at(-1) ?? '';
		await ok(here('note', 'said on bastion-1', '--as', 'rita'));
		assert.equal((await here('begin', 'runbook.md', '--t0', '+61m', '--as', 'dana')).code, 1);
		assert.match(await ok(here('run', 'G1', '--as', 'rita')), /G1/);
		assert.ok(!existsSync(join(one.state, id, 'journal.ndjson')));

		assert.match(await ok(there('list')), new RegExp(`^${id}  PREPARING`));
		assert.doesNotMatch(await ok(there('status')), /NO WATCHER/, 'that of bastion-1 sees to it');
		await ok(there('note', 'said on bastion-2', '--as', 'dana'));
		assert.match(await ok(here('log')), /G1-1 started by rita on bastion-1[\s\S]*said on bastion-2/);
		const unknown = await there('run', 'G1', '--on', 'bastion-9', '--as', 'rita');
		assert.equal(unknown.code, 2);
		assert.match(unknown.stderr, /bastion-9 does not work for this cutover now\. Open .* run it on bastion-2/);
		assert.match(await ok(there('store', 'join', '--cutover', id)), /bastion-2 works for .* bastion-1 leads/);
		const runsThere = ['run', 'G1', '--on', 'bastion-2', '--as', 'rita'];
		await until(async () => (await here(...runsThere)).stdout.includes('on bastion-2'));
		assert.match(readFileSync(join(other.state, id, 'attempts/G1-2/log'), 'utf8'), /attempt 2 of G1, on bastion-2/);
		assert.equal(
			on.sql(`select string_agg(attempt || ' ' || host, ', ' order by attempt) from cutover.claims`, 'whole'),
			'G1-1 bastion-1, G1-2 bastion-2',
		);

		const log = join('attempts', 'G1-1', 'log');
		const {size} = statSync(join(one.state, id, log));
		const sent = `select coalesce(sum(octet_length(bytes)), 0) from cutover.chunks where path = '${log}'`;
		await until(() => Number(on.sql(sent, 'whole')) >= size);

		const [alone, third] = [desk(context, {CUTOVER_HOST: 'bastion-4'}), desk(context, {CUTOVER_HOST: 'bastion-3'})];
		const unasked = await alone.cli('store', 'pull', id, ...login);
		assert.deepEqual([unasked.code, existsSync(join(alone.state, id))], [1, false]);
		assert.match(unasked.stderr, /may run twice/);
		const lines = await ok(here('log', '--json'));
		await ok(alone.cli('store', 'pull', '--cutover', id, '--confirm', 'PULL', ...login));
		assert.equal(readFileSync(join(alone.state, id, 'journal.ndjson'), 'utf8').trimEnd(), lines.trimEnd());
		assert.deepEqual(readFileSync(join(alone.state, id, log)), readFileSync(join(one.state, id, log)));
		assert.deepEqual(kept(alone.state, id), kept(one.state, id));
		await ok(alone.cli('note', 'goes on without the database', '--as', 'dana'));
		assert.match(await ok(alone.cli('log')), /goes on without the database/);

		const going = await ok(alone.cli('log', '--json'));
		assert.match(
			await ok(alone.cli('store', 'push', join(alone.state, id), ...login)),
			/1 entries .* with the same hashes/,
		);
		assert.equal(await ok(here('log', '--json')), going);
		await ok(alone.cli('note', 'back in the database', '--as', 'dana', ...login));
		assert.match(await ok(here('log')), /back in the database/);
		assert.match((await alone.cli('store', 'push', '--cutover', id, ...login)).stderr, /holds no journal/);

		await ok(here('abandon', '--reason', 'seen enough', '--confirm', 'ABANDON', '--role', 'release-manager'));
		await ok(here('close', '--reason', 'seen enough', '--confirm', 'CLOSE', '--role', 'release-manager'));
		assert.match((await here('verify', id)).stderr, /bring it out first: cutover-tui store pull/);

		// The record of a closed cutover is whole, wherever it is brought to.
		const folder = join(one.state, id);
		const paths = `select count(distinct path) from cutover.chunks`;
		const isSent = (): boolean => Number(on.sql(paths, 'whole')) >= recordFiles(folder).length;
		await until(() => existsSync(join(folder, 'evidence.json')) && isSent());
		assert.match((await third.cli('store', 'check', 'again', ...login)).stderr, /store check does not take "again"/);
		assert.match(await ok(third.cli('store', 'pull', id, third.state, ...login)), /Verify it: .* verify --closed /);
		assert.match(await ok(third.cli('verify', id, '--closed')), /^HOLDS/);

		assert.deepEqual(
			readdirSync(one.state).filter(name => !['begin.lock', '.timelines.json'].includes(name)),
			[id],
		);
		assert.match((await one.cli('list')).stderr, /There is no cutover yet/);
	});

	test('no command of a session leaves a connection to the database open', {timeout: 300_000}, async context => {
		const {admin, login} = stored('counted');
		const one = desk(context, {CUTOVER_HOST: 'bastion-1'});
		const here = (...argv: readonly string[]) => one.cli(...argv, ...login);
		for (const argv of [['init'], ['grants', 'bastion1']]) await one.cli('store', ...argv, ...admin);
		const begun = await here('begin', 'runbook.md', '--t0', '+61m', '--as', 'rita');
		const id = begun.stdout.trim().split('\n').at(-1) ?? '';
		await here('abandon', '--reason', 'seen enough', '--confirm', 'ABANDON', '--role', 'release-manager');
		await here('close', '--reason', 'seen enough', '--confirm', 'CLOSE', '--role', 'release-manager');
		const count = () => Number(on.sql(`select count(*) from pg_stat_activity where datname = 'counted'`));
		// Those of the watcher, which ends with the cutover.
		await until(() => count() === 0);
		for (const argv of [
			['status'],
			['status', '--line'],
			['list'],
			['log', '--json'],
			['doctor'],
			['verify', id],
			['verify', 'nothing'],
			['run', 'T-60', '--as', 'rita'],
			['note', 'late', '--as', 'rita'],
			['status', '--cutover', 'nothing'],
			['begin', 'missing.md', '--t0', '+61m', '--as', 'rita'],
		]) {
			await here(...argv);
			await until(() => count() === 0);
		}
	});

	test('an address with a password is a usage error, and the password is not repeated', async context => {
		const {code, stderr} = await desk(context).cli('status', '--store', 'postgres://bastion1:s3cret@db1/cutover');
		assert.equal(code, 2);
		assert.match(stderr, /holds a password.*PGPASSFILE/);
		assert.doesNotMatch(stderr, /s3cret/);
	});

	test('a database that cannot be reached is a fault of the store', async context => {
		const address = `127.0.0.1:${await closedPort()}`;
		const {code, stderr} = await desk(context).cli('status', '--store', `postgres://bastion1@${address}/cutover`);
		assert.equal(code, 3);
		assert.match(stderr, /The database cannot be reached: 127\.0\.0\.1:\d+: .*ECONNREFUSED.*store check/);
	});
});
