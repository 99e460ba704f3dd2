/** The hosts that work for a cutover in PostgreSQL: who is heard, who runs an attempt, and who leads. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import type {Catalog, Store} from '../../../source/cutover/store.ts';
import {origin, seal} from '../../../source/journal/entry.ts';
import {headIn, remark, textsIn, write} from '../../store-contract.ts';
import {fault} from '../recorded.ts';
import {onServer} from './cluster.ts';
import {catalogOn, database} from './database.ts';

let cutovers = 0;

onServer('the hosts of a cutover in PostgreSQL', on => {
	let address: string;
	let catalog: Catalog;

	before(async () => {
		address = on.address('bastion1', await database(on));
		catalog = catalogOn(address);
	});
	after(() => catalog.close());

	async function fresh(): Promise<{id: string; store: Store}> {
		const id = `hosts-${++cutovers}`;
		assert.equal(await catalog.create(id), true);
		return {id, store: await catalog.journal(id, systemClock)};
	}

	test('the first claim on an attempt counts, for ever', async () => {
		const {id, store} = await fresh();
		await write(store, 'begun');
		const elsewhere = catalogOn(address, 'bastion-2');
		const claim = (on: Catalog): Promise<boolean> | undefined => on.hosts(id)?.claim('T0-1');
		const [first, second] = await Promise.all([claim(catalog), claim(elsewhere)]);
		assert.notEqual(first, second);
		assert.deepEqual([await claim(catalog), await claim(elsewhere)], [first, second]);
		await elsewhere.close();
	});

	test('every host knows which hosts are heard, what they see, and which one leads', async () => {
		const {id, store} = await fresh();
		const elsewhere = catalogOn(address, 'bastion-2');
		const [here, there] = [catalog.hosts(id), elsewhere.hosts(id)];
		assert.ok(here && there);
		await write(store, 'begun');
		await here.beat({here: [], seen: {api: 'ok'}, workspace: null});
		await there.beat({here: [{name: 'dana', role: null, since: 1}], seen: {api: 'fail'}, workspace: null});
		assert.deepEqual([(await here.lead()).mine, (await there.lead()).mine], [true, false]);
		await store.pull(origin);
		const {leader, all} = here.observed();
		assert.equal(leader, 'bastion-1');
		assert.deepEqual(
			all.map(({host, silentSeconds, report}) => [host, silentSeconds, report.seen['api'], report.here.length]),
			[
				['bastion-1', 0, 'ok', 0],
				['bastion-2', 0, 'fail', 1],
			],
		);
		await elsewhere.close();
	});

	test('a leader whose lease passed to another is refused by the server, and the new one knows whom it follows', async () => {
		const {id, store} = await fresh();
		await write(store, 'begun');
		const [here, elsewhere] = [catalog.hosts(id), catalogOn(address, 'bastion-2')];
		const there = elsewhere.hosts(id);
		assert.ok(here && there);
		assert.equal((await here.lead()).mine, true);
		const head = await headIn(store);
		// What a host that was stopped for long would find: its own clock did not run.
		on.sql(
			`update cutover.leases set until = now() - interval '9 s' where cutover = '${id}'`,
			address.split('/').at(-1),
		);
		const {mine, from} = await there.lead();
		assert.deepEqual([mine, from?.host], [true, 'bastion-1']);
		assert.ok(Number(from?.silentMs) >= 9000);
		await assert.rejects(store.append(head, seal(head, [remark('stale')])), fault('fenced', /another host leads/));
		assert.deepEqual(await textsIn(store), ['begun']);
		// It leads no more, and acts as any other host.
		await write(store, 'as any other');
		await there.yield();
		assert.deepEqual(await here.lead(), {mine: true, from: null});
		await elsewhere.close();
	});
});
