/*
Whose a rehearsal is. What it ran against ends with the process that holds it, so whoever opens it afterwards may read it,
and begins nothing in it any more.
*/
import {join} from 'node:path';
import process from 'node:process';
import {claim} from '../disk/atomic-file.ts';
import {identityIn} from '../processes/attempt-status.ts';
import {type Identity, identityOf, isAlive} from '../processes/process.ts';

const recordIn = (folder: string): string => join(folder, 'rehearsal.json');

/** Says that this process holds the rehearsal of that folder. */
export const hold = (folder: string): boolean => claim(recordIn(folder), identityOf(process.pid));

/** Null where nobody held it, as with a cutover that is meant. */
const holderOf = (folder: string): Identity | null => identityIn(recordIn(folder));

/** It was held, and nobody holds it any more. */
export function isLeft(folder: string): boolean {
	const holder = holderOf(folder);
	return holder !== null && !isAlive(holder);
}
