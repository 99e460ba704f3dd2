/** Apart from compose.ts: a command that only looks where something is kept loads nothing of what runs. */
import {basename, dirname, isAbsolute, join, resolve} from 'node:path';
import {homeOf} from '../disk/file.ts';
import type {Args} from './args.ts';
import {UsageError} from './usage-error.ts';

/** Absolute path of the folder that holds all cutovers. */
export function stateRoot(call: Pick<Args, 'text' | 'io'>): string {
	const given = call.text('state');
	if (given !== null) return resolve(call.io.cwd, given);
	const base = call.io.env['XDG_STATE_HOME'];
	if (base !== undefined && isAbsolute(base)) return join(base, 'cutover-tui');
	const home = homeOf(call.io.env);
	if (home === null)
		throw new UsageError('No home folder is known for this account. Name the folder of all cutovers: --state DIR.');
	return join(home, '.local/state/cutover-tui');
}

const rehearsed = '-rehearsals';

/** Where rehearsals are kept, unless --state says so; of that folder the one of the cutovers. */
export const rehearsalsBeside = (root: string): string => join(dirname(root), `${basename(root)}${rehearsed}`);

export const cutoversBeside = (rehearsals: string): string | null =>
	rehearsals.endsWith(rehearsed) ? rehearsals.slice(0, -rehearsed.length) : null;
