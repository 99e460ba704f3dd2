/** What is acknowledged is recorded, once, whatever is cut, killed or promoted. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {performance} from 'node:perf_hooks';
import {before, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../../source/cli/clock.ts';
import type {Store} from '../../../source/cutover/store.ts';
import {seal} from '../../../source/journal/entry.ts';
import {headIn, remark, textsIn, write} from '../../store-contract.ts';
import {assertWhole, startWriter} from '../crowd.ts';
import {freshRoot} from '../place.ts';
import {fault} from '../recorded.ts';
import {type Cluster, cluster, onServer} from './cluster.ts';
import {catalogOn, database, writerProgram} from './database.ts';
import {type Network, proxy} from './proxy.ts';

onServer('PostgreSQL, hurt', on => {
	let name: string;
	before(async () => {
		name = await database(on);
	});

	async function throughProxy(id: string): Promise<{network: Network; store: Store; direct: Store}> {
		const network = await proxy(on.port);
		const direct = catalogOn(on.address('bastion1', name));
		await direct.create(id);
		const far = catalogOn(`postgres://bastion1@127.0.0.1:${network.port}/${name}`);
		return {network, store: await far.journal(id, systemClock), direct: await direct.journal(id, systemClock)};
	}

	test('an append whose answer is lost is settled, and recorded once', {timeout: 300_000}, async () => {
		const {network, store, direct} = await throughProxy('answer');
		await write(store, 'one');
		const head = await headIn(store);
		network.loseAnswers();
		const answer = store.append(head, seal(head, [remark('two')]));
		while ((await textsIn(direct)).length < 2) await wait(20);
		network.heal();
		assert.equal(await answer, 'stored');
		assert.deepEqual(await textsIn(direct), ['one', 'two']);
		network.close();
	});

	test('an append whose answer is lost is a conflict when another writer took its head', {
		timeout: 300_000,
	}, async () => {
		const {network, store, direct} = await throughProxy('taken');
		await write(store, 'one');
		const head = await headIn(store);
		network.cut();
		const answer = store.append(head, seal(head, [remark('mine')]));
		await write(direct, 'theirs');
		network.heal();
		assert.equal(await answer, 'conflict');
		assert.deepEqual(await textsIn(direct), ['one', 'theirs']);
		network.close();
	});

	test('an append of which half arrives holds up nobody, and is settled', {timeout: 300_000}, async () => {
		const {network, store, direct} = await throughProxy('half');
		await write(store, 'one');
		const head = await headIn(store);
		network.cutInHalf();
		const answer = store.append(head, seal(head, [remark('mine')]));
		while (!network.counts().halves) await wait(5);
		// The half stays until the network is whole again: who waited for it would wait for ever.
		await write(direct, 'theirs');
		network.heal();
		assert.equal(await answer, 'conflict');
		assert.deepEqual(await textsIn(direct), ['one', 'theirs']);
		network.close();
	});

	test('an append whose wait for the standby is cancelled is not acknowledged, and is settled', {
		timeout: 300_000,
	}, async () => {
		const primary = await cluster();
		const own = await database(primary);
		const link = await proxy(primary.port);
		const standby = await primary.standby(link.port);
		const catalog = catalogOn(primary.address('bastion1', own));
		await catalog.create('cancelled');
		const store = await catalog.journal('cancelled', systemClock);
		await write(store, 'one');
		const head = await headIn(store);
		link.cut();
		const setNames = (names: string): void => {
			primary.sql(`alter system set synchronous_standby_names = '${names}'`);
			primary.sql('select pg_reload_conf()');
		};
		setNames('*');
		const waits = `from pg_stat_activity where wait_event = 'SyncRep'`;
		let isDone = false;
		const answer = store.append(head, seal(head, [remark('two')])).finally(() => {
			isDone = true;
		});
		const waiting = async (): Promise<string> => {
			for (;;) {
				const pid = primary.sql(`select min(pid) ${waits}`);
				if (pid !== '') return pid;
				await wait(20);
			}
		};
		for (let turn = 0; turn < 2; turn++) {
			primary.sql(`select pg_cancel_backend(${await waiting()})`);
			// Asked again, it waits again: stored here alone is not recorded.
			await waiting();
			assert.equal(isDone, false);
		}
		setNames('');
		assert.equal(await answer, 'stored');
		assert.deepEqual(await textsIn(store), ['one', 'two']);
		await catalog.close();
		link.close();
		standby.stop();
		primary.stop();
	});

	test('where nobody is notified, every entry is read by the poll', {timeout: 300_000}, async () => {
		const network = await proxy(on.port);
		network.deafen();
		const direct = catalogOn(on.address('bastion1', name));
		await direct.create('deaf');
		const mine = await direct.journal('deaf', systemClock);
		await write(mine, 'begun');
		const far = catalogOn(`postgres://bastion1@127.0.0.1:${network.port}/${name}`);
		const theirs = await far.journal('deaf', systemClock);
		let heard = (): void => {};
		const stop = theirs.watch(() => heard());
		for (let turn = 1; turn <= 5; turn++) {
			const head = await headIn(theirs);
			const seen = new Promise<void>(done => {
				heard = () => void theirs.pull(head).then(found => found.length > 0 && done());
			});
			await write(mine, `turn ${turn}`);
			await seen;
		}
		stop();
		assert.equal((await textsIn(theirs)).length, 6);
		await far.close();
		await direct.close();
		network.close();
	});

	test('an append on a network that stays cut is not known, and ends', {timeout: 300_000}, async () => {
		const {network, store, direct} = await throughProxy('cut');
		await write(store, 'one');
		const head = await headIn(store);
		network.cut();
		await assert.rejects(store.append(head, seal(head, [remark('two')])), fault('uncertain', /not known/));
		assert.deepEqual(await textsIn(direct), ['one']);
		network.close();
	});

	test('four writers killed at random lose nothing that was acknowledged, and repeat nothing', {
		timeout: 300_000,
	}, async context => {
		const address = on.address('bastion1', name);
		const catalog = catalogOn(address);
		await catalog.create('crowd');
		const acknowledged: string[] = [];
		const until = performance.now() + 20_000;
		let kills = 0;
		// Too few say nothing: a machine that is busy gets more time.
		const goesOn = (): boolean => performance.now() < until || kills < 20 || acknowledged.length < 60;
		await Promise.all(
			[1, 2, 3, 4].map(async seat => {
				for (let life = 1; goesOn(); life++, kills++) {
					const writes = Promise.withResolvers<void>();
					const {child, ended} = startWriter(
						[address, 'crowd'],
						`writer ${seat} life ${life} turn`,
						line => {
							if (!line.startsWith('stored ')) return;
							acknowledged.push(line);
							writes.resolve();
						},
						writerProgram,
					);
					// One that starts slowly would be killed before it did anything.
					await writes.promise;
					await wait(randomInt(0, 500));
					child.kill('SIGKILL');
					await ended;
				}
			}),
		);
		await assertWhole(await catalog.journal('crowd', systemClock), acknowledged);
		context.diagnostic(`${kills} kills, ${acknowledged.length} acknowledged`);
		await catalog.close();
	});

	test('an old primary that comes back after a failover is not written', {timeout: 300_000}, async () => {
		const primary = await cluster();
		const own = await database(primary);
		const standby = await primary.standby();
		const address = `postgres://bastion1@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/${own}`;
		const root = freshRoot();
		const catalog = catalogOn(address, 'bastion-1', root);
		await catalog.create('returned');
		const store = await catalog.journal('returned', systemClock);
		await write(store, 'one');
		const stored = (on: Cluster): string => on.sql('select count(*) from cutover.entries', own);
		while (stored(standby) !== '1') await wait(20);
		primary.crash();
		standby.promote();
		await write(store, 'two');
		await catalog.close();
		primary.start();
		const later = catalogOn(address, 'bastion-1', root);
		const again = await later.journal('returned', systemClock);
		await write(again, 'three');
		assert.deepEqual(await textsIn(again), ['one', 'two', 'three']);
		assert.deepEqual([stored(primary), stored(standby)], ['1', '3']);
		await later.close();
		standby.stop();
		primary.stop();
	});

	test('another server with a database of the same name is no old primary', {timeout: 300_000}, async () => {
		const [one, other] = [await cluster(), await cluster()];
		const standby = await one.standby();
		one.crash();
		standby.promote();
		const root = freshRoot();
		for (const [server, id] of [
			[standby, 'promoted'],
			[other, 'elsewhere'],
		] as const) {
			const own = await database(server, 'ledger');
			const catalog = catalogOn(server.address('bastion1', own), 'bastion-1', root);
			await catalog.create(id);
			const store = await catalog.journal(id, systemClock);
			await write(store, 'one');
			assert.deepEqual(await textsIn(store), ['one']);
			await catalog.close();
		}
		standby.stop();
		one.stop();
		other.stop();
	});
});
