/* `store.json` in a cutover's folder: the address of its journal, where that is not in the folder itself. */
import {join} from 'node:path';
import {readRecord} from '../disk/atomic-file.ts';

export const storeFile = 'store.json';

/** Null where the journal is in the folder. */
export function addressIn(folder: string): string | null {
	const address = readRecord(join(folder, storeFile))?.['address'];
	return typeof address === 'string' ? address : null;
}
