/** Where a journal can last. Each kind answers with a way to open the same journal as often as one likes. */
import type {Clock, Store} from '../cutover/ports.ts';
import {fileStore} from './file-store.ts';
import {emptyShelf, memoryStore} from './memory-store.ts';

export type StoreKind = 'file' | 'memory';

/** `folder`: of the cutover, there already. */
export type Place = {readonly folder: string; readonly clock: Clock};

export const stores = {
	file:
		({folder, clock}) =>
		() =>
			fileStore(folder, clock),
	memory: () => {
		const shelf = emptyShelf();
		return () => memoryStore(shelf);
	},
} satisfies {[K in StoreKind]: (place: Place) => () => Store};
