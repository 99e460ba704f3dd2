/* Whether the database that cutovers are recorded in is ready, and how safe what is recorded there is. */

import {isDatabase} from '../../journal/postgres/address.ts';
import {timelinesIn} from '../../journal/postgres/timelines.ts';
import type {Args} from '../args.ts';
import {systemClock} from '../clock.ts';
import {closing} from '../compose.ts';
import {stateRoot} from '../state-root.ts';
import {storeAddress} from '../store-address.ts';
import {beware, type Finding, no, yes} from './finding.ts';

/** None where cutovers are recorded in a folder. `attested`: the settings of a runbook say that the database is durable. */
export async function database(call: Args, attested = false): Promise<readonly Finding[]> {
	const named = await storeAddress(call);
	if (named === null || !isDatabase(named.address)) return [];
	const {administrator} = await import('../../journal/postgres/admin.ts');
	const at = administrator(named.address, call.io.env, systemClock, timelinesIn(stateRoot(call)));
	const found = await closing(at, () => at.check(attested));
	return found.map(({name, state, text, fix}) => ({
		name: `store: ${name}`,
		...(state === 'ok' ? yes(text) : state === 'missing' ? no(text, fix ?? '') : beware(text, fix ?? '')),
	}));
}
