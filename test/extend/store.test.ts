/** A store is one file and one line in the table: the contract of stores, and every command that reads a cutover, hold for it. */
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Args} from '../../source/cli/args.ts';
import {systemClock} from '../../source/cli/clock.ts';
import {opening} from '../../source/cli/opening-port.ts';
import type {Catalog} from '../../source/cutover/store.ts';
import {format} from '../../source/journal/entry.ts';
import {openCatalog, type StoreSpec, stores} from '../../source/journal/stores.ts';
import {desk} from '../cli/desk.ts';
import {given} from '../given.ts';
import {emptyShelf, memoryStore, type Shelf} from '../harness/memory-store.ts';
import {freshRoot} from '../journal/place.ts';
import {keptNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {catalogContract} from '../store-contract.ts';

/** Cutovers in the memory of this process, by the path of their address; their processes have a folder of the disk. */
const shelves = new Map<string, Shelf>();

function toyCatalog(address: string): Catalog {
	const key = (id: string): string => `${address}/${id}`;
	let begun: Promise<unknown> = Promise.resolve();
	let isClosed = false;
	const root = freshRoot();
	/** As a connection that was ended answers nothing more. */
	const whileOpen = (): void => assert.ok(!isClosed, 'It is asked after it was closed.');
	return {
		folder: id => join(root, id),
		ids: async () =>
			[...shelves]
				.filter(([name, {lines}]) => name.startsWith(address) && lines.length > 0)
				.map(([name]) => name.slice(address.length + 1))
				.toSorted(),
		whole: async () => {},
		has: async id => (shelves.get(key(id))?.lines.length ?? 0) > 0,
		reserve: async () => false,
		join: async () => {},
		hosts: () => null,
		async create(id) {
			whileOpen();
			if (shelves.has(key(id))) return false;
			shelves.set(key(id), emptyShelf());
			mkdirSync(join(root, id), {recursive: true});
			return true;
		},
		async discard(id) {
			whileOpen();
			shelves.delete(key(id));
		},
		journal: async id => memoryStore(shelves.get(key(id)) ?? emptyShelf()),
		copies: () => ({send: async () => {}, follow: async () => {}, receive: async () => []}),
		exclusively(work) {
			const done = begun.then(work);
			begun = done.catch(() => {});
			return done.finally(whileOpen);
		},
		close: async () => {
			isClosed = true;
		},
	};
}

const toy: StoreSpec = {takes: address => address.startsWith('toy://'), open: async address => toyCatalog(address)};

Object.assign(stores, {toy});

catalogContract('toy', async () => {
	const catalog = await openCatalog(`toy://${freshRoot()}`, {root: freshRoot(), clock: systemClock, env: {}});
	assert.ok(catalog);
	return catalog;
});

test('the screen asks for the word of a cutover that it begins, and leaves nothing until it is typed', async t => {
	const address = `toy://${freshRoot()}`;
	const {folder} = desk(t);
	const io = {env: {TZ: 'UTC'}, cwd: folder} as unknown as Args['io'];
	const {begin} = opening(new Args(io, ['runbook.md'], {store: address}), 'runbook.md', () =>
		assert.fail('It is begun.'),
	);
	const asked = await begin({t0: systemClock.now() + 3_600_000, ticket: null, environment: null, confirm: []}, alice);
	assert.ok('refused' in asked);
	assert.deepEqual(asked.needs.words, ['BEGIN']);
	assert.deepEqual(
		[...shelves.keys()].filter(name => name.startsWith(address)),
		[],
	);
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
