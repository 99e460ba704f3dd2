/* A cutover on its way into another store and out of one, where something goes wrong half-way. */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {StoreFault} from '../../source/cutover/ports.ts';
import type {Catalog} from '../../source/cutover/store.ts';
import {fileCatalog} from '../../source/journal/file-catalog.ts';
import {writeFolder} from '../../source/journal/pull.ts';
import {pushFolder} from '../../source/journal/push.ts';
import {textsIn, write} from '../store-contract.ts';
import {freshRoot} from './place.ts';
import {fault} from './recorded.ts';

const id = 'billing-2031';

/** A state folder with this cutover in it. */
async function begun(): Promise<Catalog> {
	const catalog = fileCatalog(freshRoot(), systemClock);
	await catalog.create(id);
	const store = await catalog.journal(id, systemClock);
	await write(store, 'one', 'two');
	await write(store, 'three');
	await store.close();
	return catalog;
}

const away = new StoreFault('unreachable', 'The database cannot be reached.', 'Check the network.');

const textsOf = async (catalog: Catalog): Promise<readonly string[]> => textsIn(await catalog.journal(id, systemClock));

test('a push that fails leaves the journal where it was', async () => {
	const catalog = await begun();
	const elsewhere: Catalog = {...catalog, journal: () => Promise.reject(away)};
	await assert.rejects(pushFolder(elsewhere, id, systemClock), fault('unreachable', /cannot be reached/));
	assert.deepEqual(await textsOf(catalog), ['one', 'two', 'three']);
});

test('a damaged journal is not pushed, and stays where it was', async () => {
	const catalog = await begun();
	const journal = join(catalog.folder(id), 'journal.ndjson');
	const damaged = readFileSync(journal, 'utf8').replace('two', 'two!');
	writeFileSync(journal, damaged);
	await assert.rejects(
		pushFolder(catalog, id, systemClock),
		fault('broken', /Entry 2 of the journal is damaged: .*journal\.ndjson/),
	);
	assert.equal(readFileSync(journal, 'utf8'), damaged);
});

test('a pull that was cut short begins anew, and one into a folder in use is refused', async () => {
	const catalog = await begun();
	const root = freshRoot();
	const copies: Catalog['copies'] = () => ({...catalog.copies(id), receive: () => Promise.reject(away)});
	await assert.rejects(writeFolder({...catalog, copies}, id, root, systemClock), fault('unreachable', /./));
	assert.deepEqual(await fileCatalog(root, systemClock).ids(), []);
	assert.equal((await writeFolder(catalog, id, root, systemClock)).entries, 3);
	assert.deepEqual(await textsOf(fileCatalog(root, systemClock)), ['one', 'two', 'three']);
	await assert.rejects(writeFolder(catalog, id, root, systemClock), fault('owner', /The folder exists already/));
});
