/*
The kinds of stores. To add one: a file with its Catalog, and a line in this table; `test/store-contract.ts` runs over it.
*/
import {basename, dirname} from 'node:path';
import type {Catalog, Clock, Store} from '../cutover/ports.ts';
import {fileCatalog} from './file-catalog.ts';

export type StoreKind = 'file';

export type StoreSpec = {
	/** Whether an address, as `--state` or `--store` names it, is of this kind. */
	takes(address: string): boolean;
	/** `address`: absolute where it is a folder. `clock`: of this machine. */
	open(address: string, clock: Clock): Catalog;
};

export const stores = {
	file: {takes: address => !address.includes('://'), open: fileCatalog},
} satisfies {[K in StoreKind]: StoreSpec};

/** The catalog at an address, of the first kind that takes it; null where none does. */
export function openCatalog(
	address: string,
	clock: Clock,
	kinds: Readonly<Record<string, StoreSpec>> = stores,
): Catalog | null {
	const kind = Object.values(kinds).find(({takes}) => takes(address));
	return kind === undefined ? null : kind.open(address, clock);
}

/** The journal of the cutover that a process of ours works for, by its folder on this host. */
export const journalOf = (folder: string, clock: Clock): Promise<Store> =>
	fileCatalog(dirname(folder), clock).journal(basename(folder), clock);
