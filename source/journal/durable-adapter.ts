/*
Where lowdb keeps its document, so that it survives a crash at any moment. lowdb's own adapter follows a planted link, widens
the mode and never syncs.
*/
import {constants, readFileSync} from 'node:fs';
import type {SyncAdapter} from 'lowdb';
import {replaceFile} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import {withFile} from '../disk/file.ts';

/** A JSON document in a file of mode 0600. `read`: null where there is none; throws SyntaxError where it is not JSON. */
export const durableAdapter = <T>(path: string): SyncAdapter<T> => ({
	read: () => ifExists(() => JSON.parse(withFile(path, constants.O_RDONLY, fd => readFileSync(fd, 'utf8')))),
	write: data => replaceFile(path, Buffer.from(`${JSON.stringify(data, null, '\t')}\n`)),
});
