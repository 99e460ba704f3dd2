/** Cutovers in PostgreSQL: what every store promises, and what this one does beyond. */
import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import type {Catalog, Store} from '../../../source/cutover/store.ts';
import {headOf, origin, seal} from '../../../source/journal/entry.ts';
import {administrator} from '../../../source/journal/postgres/admin.ts';
import {headIn, remark, storeContract, textsIn, write} from '../../store-contract.ts';
import {freshRoot} from '../place.ts';
import {fault} from '../recorded.ts';
import {onServer} from './cluster.ts';
import {catalogOn, database} from './database.ts';

let cutovers = 0;

onServer('a cutover in PostgreSQL', on => {
	let address: string;
	let catalog: Catalog;

	before(async () => {
		address = on.address('bastion1', await database(on));
		catalog = catalogOn(address);
	});
	after(() => catalog.close());

	async function fresh(): Promise<{id: string; store: Store}> {
		const id = `ledger-${++cutovers}`;
		assert.equal(await catalog.create(id), true);
		return {id, store: await catalog.journal(id, systemClock)};
	}

	storeContract('postgres', async () => {
		const {id} = await fresh();
		return () => catalog.journal(id, systemClock);
	});

	test('an id is given to one cutover, and again after it was taken back', async () => {
		assert.deepEqual(await Promise.all([catalog.create('once'), catalogOn(address).create('once')]), [true, false]);
		await catalog.discard('once');
		assert.equal(await catalog.has('once'), false);
		assert.equal(await catalogOn(address).create('once'), true);
	});

	test('what was begun is found by every host', async () => {
		const {id, store} = await fresh();
		await write(store, 'begun');
		const elsewhere = catalogOn(address, 'bastion-2');
		assert.ok((await elsewhere.ids()).includes(id));
		assert.deepEqual(await textsIn(await elsewhere.journal(id, systemClock)), ['begun']);
		await elsewhere.close();
	});

	test('of two hosts that begin at once the second one waits for the first', async () => {
		const steps: string[] = [];
		const work = (name: string, from: Catalog) => async (): Promise<void> => {
			steps.push(`${name} in`);
			await from.ids();
			steps.push(`${name} out`);
		};
		const other = catalogOn(address, 'bastion-2');
		await Promise.all([catalog.exclusively(work('a', catalog)), other.exclusively(work('b', other))]);
		await other.close();
		assert.deepEqual(
			steps.map(step => step.split(' ')[1]),
			['in', 'out', 'in', 'out'],
		);
	});

	test('the application role can change nothing that was recorded', async () => {
		const {id, store} = await fresh();
		await write(store, 'one', 'two');
		const login = administrator(address, {}, systemClock);
		for (const statement of [
			'update cutover.entries set line = line',
			'delete from cutover.entries',
			'update cutover.chunks set start = start',
			'delete from cutover.chunks',
			'truncate cutover.entries',
			`insert into cutover.entries (cutover, seq, hash, previous, line) values ('${id}', 3, repeat('0', 64), '', 'x')`,
			`insert into cutover.cutovers (id) values ('mine')`,
			'update cutover.cutovers set free = true',
			`insert into cutover.claims (cutover, attempt, host, machine) values ('${id}', 'T0-1', 'x', '')`,
			`update cutover.claims set host = 'x'`,
			'update cutover.leases set token = 9',
			'delete from cutover.leases',
			'update cutover.hosts set heard = now()',
			'delete from cutover.cutovers',
			'alter table cutover.entries disable trigger all',
			'drop table cutover.entries',
			'set role cutover_owner',
			'set session_replication_role = replica',
			'create table cutover.mine ()',
			`create or replace function cutover.append(id text, known_seq bigint, known_hash text, lines text[]) returns text language sql as 'select ''stored'''`,
			'update cutover.format set version = 2',
		])
			await assert.rejects(login.run(statement), /permission denied|must be owner|42501/, statement);
		await login.close();
		for (const statement of ['update cutover.entries set line = line', 'delete from cutover.entries'])
			assert.throws(() => on.sql(statement, address.split('/').at(-1)), /append-only/, statement);
		assert.deepEqual(await textsIn(store), ['one', 'two']);
	});

	test('a line that does not follow is refused by the server', async () => {
		const {store} = await fresh();
		const [one] = await write(store, 'one');
		assert.ok(one);
		const [two] = seal(headOf(one), [remark('two')]);
		assert.ok(two);
		for (const forged of [
			{...two, seq: 3},
			{...two, at: '2031-03-08T21:00:01.000Z'},
			{...two, hash: one.hash},
		])
			await assert.rejects(store.append(headOf(one), [forged]), fault('broken', /does not follow/));
		assert.deepEqual(await textsIn(store), ['one']);
	});

	test('the same entries at the same head again are recorded once', async () => {
		const {store} = await fresh();
		const entries = seal(origin, [remark('one'), remark('two')]);
		assert.equal(await store.append(origin, entries), 'stored');
		assert.equal(await store.append(origin, entries), 'stored');
		assert.deepEqual(await textsIn(store), ['one', 'two']);
	});

	test('a connection that the server ends is made again, and what was stored meanwhile is reported', async () => {
		const {id, store} = await fresh();
		await write(store, 'one');
		const reported = Promise.withResolvers<void>();
		const head = await headIn(store);
		const stop = store.watch(() => {
			store.pull(head).then(entries => entries.length > 0 && reported.resolve(), reported.reject);
		});
		on.sql(`select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'bastion1'`);
		const other = catalogOn(address, 'bastion-2');
		await write(await other.journal(id, systemClock), 'two');
		await reported.promise;
		stop();
		await other.close();
		assert.deepEqual(await textsIn(store), ['one', 'two']);
	});

	test('entries that are gone are a fault that keeps them, and never a silent new start', async () => {
		const {id, store} = await fresh();
		await write(store, 'one', 'two', 'three');
		const head = await headIn(store);
		const name = address.split('/').at(-1);
		on.sql(
			`alter table cutover.entries disable trigger all; delete from cutover.entries where cutover = '${id}' and seq > 1; alter table cutover.entries enable always trigger append_only`,
			name,
		);
		await assert.rejects(
			store.pull(head),
			fault('diverged', /Entries 2 to 3 were recorded .* Kept in .*journal\.lost-2-/),
		);
		await assert.rejects(store.append(head, seal(head, [remark('four')])), fault('diverged', /Entries 2 to 3/));
	});

	test('files are sent as they grow or change, and received whole by another host', async () => {
		const {id} = await fresh();
		const folder = catalog.folder(id);
		const log = randomBytes(600_000);
		const put = (path: string, bytes: Uint8Array | string): void => {
			mkdirSync(dirname(join(folder, path)), {recursive: true});
			writeFileSync(join(folder, path), bytes);
		};
		put('approved/run/0123/back.sh', 'yes');
		put('runbook.md', '# first');
		put('attempts/T-60-1/log', log.subarray(0, 300_000));
		put('evidence/.half', 'not yet');
		put('lock.db', 'no part of the record');
		const copies = catalog.copies(id);
		await copies.send();
		put('runbook.md', '# then');
		appendFileSync(join(folder, 'attempts/T-60-1/log'), log.subarray(300_000));
		await copies.send();
		// A watcher that takes over asks where to go on.
		await catalog.copies(id).send();

		const other = catalogOn(address, 'bastion-2');
		const target = freshRoot();
		assert.deepEqual(await other.copies(id).receive(target), []);
		assert.deepEqual(readFileSync(join(target, 'attempts/T-60-1/log')), log);
		assert.equal(readFileSync(join(target, 'runbook.md'), 'utf8'), '# then');
		assert.equal(readFileSync(join(target, 'approved/run/0123/back.sh'), 'utf8'), 'yes');
		assert.deepEqual(readdirSync(target).sort(), ['approved', 'attempts', 'runbook.md']);

		const forged = administrator(address, {}, systemClock);
		const none = '0'.repeat(64);
		await forged.run(
			`insert into cutover.chunks (cutover, path, version, start, bytes) values
				('${id}', 'approved/forged', '${none}', 0, 'no'), ('${id}', 'approved/../../x', '${none}', 0, 'no'), ('${id}', 'attempts/G1-1/log', '', 5, 'hole')`,
		);
		await forged.close();
		assert.deepEqual(await other.copies(id).receive(freshRoot()), ['approved/forged', 'attempts/G1-1/log']);
		await other.close();
	});

	test('a host that follows another gets all of a file that grows in many small pieces', async () => {
		const {id} = await fresh();
		const log = join(catalog.folder(id), 'attempts/T-60-1/log');
		mkdirSync(dirname(log), {recursive: true});
		const elsewhere = catalogOn(address, 'bastion-2');
		const [copies, follower] = [catalog.copies(id), elsewhere.copies(id)];
		for (let turn = 0; turn < 80; turn++) {
			appendFileSync(log, `line ${turn}\n`);
			await copies.send();
			if (turn % 50 === 0) await follower.follow();
		}
		await follower.follow();
		assert.equal(readFileSync(join(elsewhere.folder(id), 'attempts/T-60-1/log'), 'utf8'), readFileSync(log, 'utf8'));
		await elsewhere.close();
	});

	test('a database without the schema says how to create it', async () => {
		on.sql('create database bare template template0');
		const bare = catalogOn(on.address('bastion1', 'bare'));
		await assert.rejects(bare.ids(), fault('gone', /schema cutover/));
		const findings = await administrator(on.address('bastion1', 'bare'), {}, systemClock).check();
		assert.deepEqual(
			findings.filter(({state}) => state === 'missing').map(({name}) => name),
			['schema'],
		);
	});

	test('check says what is ready, and that there is one copy', async () => {
		const login = administrator(address, {}, systemClock);
		const findings = await login.check();
		await login.close();
		assert.deepEqual(
			findings.map(({name, state}) => `${name} ${state}`),
			[
				'server ok',
				'encoding ok',
				'round trip ok',
				'clock ok',
				'schema ok',
				'timeline ok',
				'rights ok',
				'replication beware',
				'notifications ok',
			],
		);
	});

	test('an unreachable server is reported, and nothing was recorded', {timeout: 300_000}, async () => {
		const {store} = await fresh();
		await write(store, 'one');
		const head = await headIn(store);
		on.crash();
		try {
			await assert.rejects(store.pull(head), fault('unreachable', /cannot be reached/));
			await assert.rejects(
				store.append(head, seal(head, [remark('two')])),
				fault('unreachable', /nothing was recorded/),
			);
		} finally {
			on.start();
		}
		assert.deepEqual(await textsIn(store), ['one']);
		assert.equal(await store.append(head, seal(head, [remark('two')])), 'stored');
	});
});
