/** A store is one file and one line in the table: the contract of stores, and every command that reads a cutover, hold for it. */
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Catalog} from '../../source/cutover/store.ts';
import {format} from '../../source/journal/entry.ts';
import {emptyShelf, memoryStore, type Shelf} from '../../source/journal/memory-store.ts';
import {openCatalog, type StoreSpec, stores} from '../../source/journal/stores.ts';
import {desk} from '../cli/desk.ts';
import {given} from '../given.ts';
import {freshRoot} from '../journal/place.ts';
import {keptNight} from '../scenarios/night.ts';
import {catalogContract} from '../store-contract.ts';

/** Cutovers in the memory of this process, by the path of their address; their processes have a folder of the disk. */
const shelves = new Map<string, Shelf>();

function toyCatalog(address: string): Catalog {
	const key = (id: string): string => `${address}/${id}`;
	let begun: Promise<unknown> = Promise.resolve();
	const root = freshRoot();
	return {
		folder: id => join(root, id),
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

Object.assign(stores, {toy});

catalogContract('toy', async () => {
	const catalog = await openCatalog(`toy://${freshRoot()}`, {root: freshRoot(), clock: systemClock, env: {}});
	assert.ok(catalog);
	return catalog;
});

test('list, status, journal and export read a cutover at its address', async t => {
	const address = `toy://${freshRoot()}`;
	const {entries} = given(keptNight, '23:30');
	shelves.set(`${address}/ledger`, {...emptyShelf(), lines: entries.map(format)});
	const at = desk(t);
	const reads = async (...words: readonly string[]): Promise<string> => {
		const {code, stdout, stderr} = await at.startHere(...words, '--store', address).ended;
		assert.equal(code, 0, stderr);
		return stdout;
	};
	assert.match(await reads('list'), /ledger/);
	assert.match(await reads('status', '--cutover', 'ledger'), /CLOSED/);
	assert.match(await reads('log', '--cutover', 'ledger'), /closed/);
	assert.match(await reads('export', '--cutover', 'ledger'), /Ticket: CHG-4821/);
});
