import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Catalog, Store} from '../../source/cutover/ports.ts';
import {emptyShelf, memoryStore, type Shelf} from '../../source/journal/memory-store.ts';
import {openCatalog, type StoreSpec, stores} from '../../source/journal/stores.ts';
import {storeContract, write} from '../store-contract.ts';
import {freshRoot} from './place.ts';

/** A kind of store that only this test has: cutovers in the memory of this process, by the path of their address. */
const shelves = new Map<string, Shelf>();

function toyCatalog(address: string): Catalog {
	const key = (id: string): string => `${address}/${id}`;
	let begun: Promise<unknown> = Promise.resolve();
	return {
		folder: key,
		ids: async () =>
			[...shelves]
				.filter(([name, {lines}]) => name.startsWith(address) && lines.length > 0)
				.map(([name]) => name.slice(address.length + 1))
				.toSorted(),
		has: async id => (shelves.get(key(id))?.lines.length ?? 0) > 0,
		reserve: async () => false,
		join: async () => {},
		hosts: () => null,
		async create(id) {
			if (shelves.has(key(id))) return false;
			shelves.set(key(id), emptyShelf());
			return true;
		},
		discard: async id => void shelves.delete(key(id)),
		journal: async id => memoryStore(shelves.get(key(id)) ?? emptyShelf()),
		copies: () => ({send: async () => {}, follow: async () => {}, receive: async () => []}),
		exclusively(work) {
			const done = begun.then(work);
			begun = done.catch(() => {});
			return done;
		},
		close: async () => {},
	};
}

const toy: StoreSpec = {takes: address => address.startsWith('toy://'), open: async address => toyCatalog(address)};

const addresses = {file: freshRoot, toy: () => `toy://${freshRoot()}`};

const kinds = {...stores, toy};

async function catalogAt(kind: keyof typeof addresses): Promise<Catalog> {
	const catalog = await openCatalog(addresses[kind](), {root: freshRoot(), clock: systemClock, env: {}}, kinds);
	assert.ok(catalog);
	return catalog;
}

for (const kind of Object.keys(addresses) as (keyof typeof addresses)[]) {
	storeContract(kind, async () => {
		const catalog = await catalogAt(kind);
		await catalog.create('ledger');
		return (): Promise<Store> => catalog.journal('ledger', systemClock);
	});

	test(`${kind}: an id is given to one cutover, and again after it was taken back`, async () => {
		const catalog = await catalogAt(kind);
		assert.deepEqual(await Promise.all([catalog.create('ledger'), catalog.create('ledger')]), [true, false]);
		await catalog.discard('ledger');
		assert.equal(await catalog.create('ledger'), true);
		assert.deepEqual(await catalog.ids(), []);
	});

	test(`${kind}: what was begun is found by its id and among all`, async () => {
		const catalog = await catalogAt(kind);
		for (const id of ['b', 'a', 'empty']) await catalog.create(id);
		for (const id of ['b', 'a']) await write(await catalog.journal(id, systemClock), 'begun');
		assert.deepEqual(
			[await catalog.ids(), await catalog.has('a'), await catalog.has('empty')],
			[['a', 'b'], true, false],
		);
		assert.equal(await catalog.has('../a'), false);
	});

	test(`${kind}: of two who begin at once the second one waits for the first`, async () => {
		const catalog = await catalogAt(kind);
		const steps: string[] = [];
		const work = (name: string) => async (): Promise<void> => {
			steps.push(`${name} in`);
			await catalog.ids();
			steps.push(`${name} out`);
		};
		await Promise.all([catalog.exclusively(work('a')), catalog.exclusively(work('b'))]);
		assert.deepEqual(
			steps.map(step => step.split(' ')[1]),
			['in', 'out', 'in', 'out'],
		);
	});
}

test('an address of no known kind of store is refused', async () => {
	assert.equal(await openCatalog('etcd://somewhere', {root: '/', clock: systemClock, env: {}}, kinds), null);
});
