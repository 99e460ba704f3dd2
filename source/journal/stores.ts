/*
The kinds of stores. To add one: a file with its Catalog, and a line in this table; `catalogContract` of
the tests says what it has to keep.
*/
import {basename, dirname} from 'node:path';
import type {Clock} from '../cutover/ports.ts';
import type {Catalog, Copies, Hosts, Store, StoreContext} from '../cutover/store.ts';
import {fileCatalog} from './file-catalog.ts';
import {isDatabase} from './postgres/address.ts';
import {addressIn} from './store-file.ts';

export type StoreSpec = {
	/** Whether an address, as `--state` or `--store` names it, is of this kind. */
	takes(address: string): boolean;
	/** `address`: absolute where it is a folder. Rejects with a sentence where it cannot be an address. */
	open(address: string, context: StoreContext): Promise<Catalog>;
};

export const stores = {
	file: {takes: address => !address.includes('://'), open: async (address, {clock}) => fileCatalog(address, clock)},
	postgres: {
		takes: isDatabase,
		open: async (address, context) => (await import('./postgres/catalog.ts')).postgresCatalog(address, context),
	},
} satisfies Readonly<Record<string, StoreSpec>>;

/** The catalog at an address, of the first kind that takes it; null where none does. */
export async function openCatalog(address: string, context: StoreContext): Promise<Catalog | null> {
	const kind = Object.values<StoreSpec>(stores).find(({takes}) => takes(address));
	return kind === undefined ? null : kind.open(address, context);
}

/** The cutover that a process of ours works for, by its folder on this host. */
export async function storeOf(
	folder: string,
	clock: Clock,
	env: StoreContext['env'],
): Promise<{readonly journal: Store; readonly copies: Copies; readonly hosts: Hosts | null}> {
	const [root, id] = [dirname(folder), basename(folder)];
	const catalog = await openCatalog(addressIn(folder) ?? root, {root, clock, env});
	if (catalog === null) throw new Error(`${addressIn(folder)} is not the address of a store.`);
	return {journal: await catalog.journal(id, clock), copies: catalog.copies(id), hosts: catalog.hosts(id)};
}
