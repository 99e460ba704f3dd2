/* The account that this process runs as, also where the system does not know it: a container with any uid, a directory service that is down. */

import {homedir, userInfo} from 'node:os';
import process from 'node:process';
import type {Environment} from '../net/proxy.ts';

/** Null where no passwd entry names it. */
export function passwdName(): string | null {
	try {
		return userInfo().username;
	} catch {
		return null;
	}
}

/** By its passwd entry, what the environment says, or its number. */
export const accountName = (env: Environment = process.env): string =>
	passwdName() ?? (env['USER'] || env['LOGNAME'] || `uid ${process.getuid?.() ?? 'unknown'}`);

/** Null where nothing names a home folder. */
export function homeOf(env: Environment): string | null {
	if (env['HOME']) return env['HOME'];
	try {
		return homedir();
	} catch {
		return null;
	}
}
