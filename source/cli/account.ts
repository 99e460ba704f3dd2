/* The account that this process runs as, also where the system does not know it: a container with any uid, a directory service that is down. */

import {userInfo} from 'node:os';
import process from 'node:process';
import {ifPossible} from '../disk/fault.ts';

/** Null where no passwd entry names it. */
export const passwdName = (): string | null => ifPossible(() => userInfo().username);

/** By its passwd entry, what the environment says, or its number. */
export const accountName = (): string =>
	passwdName() ?? (process.env['USER'] || process.env['LOGNAME'] || `uid ${process.getuid?.() ?? 'unknown'}`);
