/*
What every store promises, whatever it is made of. Run over the table of stores: each new kind has to pass it.
*/
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../source/cli/clock.ts';
import type {Person} from '../source/cutover/model/person.ts';
import type {Entry, Fact} from '../source/cutover/ports.ts';
import type {Catalog, Head, Store} from '../source/cutover/store.ts';
import {headOf, origin, seal} from '../source/journal/entry.ts';

const maria: Person = {name: 'maria', login: 'maria', role: null, tty: null, ssh: null, strength: 'system login'};

/** A remark as it goes into a journal. */
export const remark = (text: string, cause = `c-${text}`): Fact => ({
	type: 'noted',
	data: {text, on: null},
	at: '2031-03-08T21:00:00.000Z',
	by: maria,
	cause,
});

/** Appends remarks at the newest head, again on conflict, as every writer does. */
export async function write(store: Store, ...texts: readonly string[]): Promise<readonly Entry[]> {
	for (;;) {
		const head = await headIn(store);
		const entries = seal(
			head,
			texts.map(text => remark(text)),
		);
		if ((await store.append(head, entries)) === 'stored') return entries;
	}
}

export const headIn = async (store: Store): Promise<Head> => {
	const last = (await store.pull(origin)).at(-1);
	return last === undefined ? origin : headOf(last);
};

export const textsIn = async (store: Store): Promise<readonly string[]> =>
	(await store.pull(origin)).map(entry => (entry.type === 'noted' ? entry.data.text : entry.type));

/** `place`: makes an empty journal; resolves to how to open it, as several processes would. */
export function storeContract(kind: string, place: () => Promise<() => Promise<Store>>): void {
	const each = (name: string, run: (store: Store, other: Store) => Promise<void>): void =>
		void test(`${kind}: ${name}`, async () => {
			const open = await place();
			const [store, other] = [await open(), await open()];
			try {
				await run(store, other);
			} finally {
				await store.close();
				await other.close();
			}
		});

	each('an empty journal holds nothing', async store => {
		assert.deepEqual(await store.pull(origin), []);
	});

	each('what was stored is read by everyone, just as it was appended', async (store, other) => {
		const entries = await write(store, 'begun in time', 'with "quotes", \u202e and \ud800');
		assert.deepEqual(await other.pull(origin), entries);
		assert.deepEqual(await store.pull(origin), entries);
	});

	each('entries are numbered from 1 and each carries the hash of the one before', async (store, other) => {
		await write(store, 'one');
		await write(other, 'two', 'three');
		await write(store, 'four');
		const entries = await store.pull(origin);
		assert.deepEqual(
			entries.map(entry => entry.seq),
			[1, 2, 3, 4],
		);
		assert.deepEqual(
			entries.map(entry => entry.previous),
			['', ...entries.slice(0, -1).map(entry => entry.hash)],
		);
		assert.equal(new Set(entries.map(entry => entry.hash)).size, 4);
	});

	each('reading on answers with what is new alone', async (store, other) => {
		const [first] = await write(store, 'one');
		assert.ok(first);
		assert.deepEqual(await store.pull(headOf(first)), []);
		const later = await write(other, 'two', 'three');
		assert.deepEqual(await store.pull(headOf(first)), later);
		assert.deepEqual((await store.pull(origin)).length, 3);
		assert.deepEqual(await store.pull(headOf(first)), later);
	});

	each('an append at an old head is a conflict and records nothing', async (store, other) => {
		const [first] = await write(store, 'one');
		assert.ok(first);
		await write(other, 'two');
		const late = seal(headOf(first), [remark('late')]);
		assert.equal(await store.append(headOf(first), late), 'conflict');
		assert.equal(await store.append(origin, seal(origin, [remark('later')])), 'conflict');
		assert.deepEqual(await textsIn(other), ['one', 'two']);
	});

	each('of two appends at the same head one is stored and the other is a conflict', async (store, other) => {
		await write(store, 'one');
		const head = await headIn(store);
		const answers = await Promise.all([
			store.append(head, seal(head, [remark('left')])),
			other.append(head, seal(head, [remark('right')])),
		]);
		assert.deepEqual(answers.toSorted(), ['conflict', 'stored']);
		assert.deepEqual(await textsIn(store), ['one', answers[0] === 'stored' ? 'left' : 'right']);
	});

	each('an empty append tells whether the head is still the newest', async (store, other) => {
		await write(store, 'one');
		const head = await headIn(store);
		assert.equal(await store.append(head, []), 'stored');
		await write(other, 'two');
		assert.equal(await store.append(head, []), 'conflict');
		assert.deepEqual(await textsIn(store), ['one', 'two']);
	});

	each('a watcher is notified of what others append', async (store, other) => {
		await write(store, 'one');
		const head = await headIn(store);
		const observed = Promise.withResolvers<readonly Entry[]>();
		const stop = store.watch(() => {
			store.pull(head).then(found => {
				if (found.length > 0) observed.resolve(found);
			}, observed.reject);
		});
		const entries = await write(other, 'two');
		assert.deepEqual(await observed.promise, entries);
		stop();
	});

	each('eight writers at once lose nothing and repeat no number', async (store, other) => {
		const names = Array.from({length: 8}, (_, writer) => `writer ${writer}`);
		await Promise.all(
			names.map(async (name, index) => {
				for (let turn = 0; turn < 5; turn++) await write(index % 2 ? store : other, `${name}, turn ${turn}`);
			}),
		);
		const entries = await store.pull(origin);
		assert.deepEqual(
			entries.map(entry => entry.seq),
			Array.from({length: 40}, (_, index) => index + 1),
		);
		assert.equal(new Set(await textsIn(other)).size, 40);
	});
}

/** What every catalog promises; its stores keep the contract above. */
export function catalogContract(kind: string, open: () => Promise<Catalog>): void {
	storeContract(kind, async () => {
		const catalog = await open();
		await catalog.create('ledger');
		return (): Promise<Store> => catalog.journal('ledger', systemClock);
	});

	test(`${kind}: an id is given to one cutover, and again after it was taken back`, async () => {
		const catalog = await open();
		assert.deepEqual(await Promise.all([catalog.create('ledger'), catalog.create('ledger')]), [true, false]);
		await catalog.discard('ledger');
		assert.equal(await catalog.create('ledger'), true);
		assert.deepEqual(await catalog.ids(), []);
	});

	test(`${kind}: what was begun is found by its id and among all`, async () => {
		const catalog = await open();
		for (const id of ['b', 'a', 'empty']) await catalog.create(id);
		for (const id of ['b', 'a']) await write(await catalog.journal(id, systemClock), 'begun');
		assert.deepEqual(
			[await catalog.ids(), await catalog.has('a'), await catalog.has('empty')],
			[['a', 'b'], true, false],
		);
		assert.equal(await catalog.has('../a'), false);
	});

	test(`${kind}: of two who begin at once the second one waits for the first`, async () => {
		const catalog = await open();
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
