/*
Cutovers in a database. Their journals are there, for every host; what belongs to processes (logs, samples, records of attempts)
is in a folder of each host that works for the cutover.
*/
import {existsSync, readdirSync, rmSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {StoreFault} from '../../cutover/ports.ts';
import type {Catalog, Copies, StoreContext} from '../../cutover/store.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {ifExists} from '../../disk/fault.ts';
import {journalFile} from '../file-store.ts';
import {createFolder, isFolderName} from '../folder.ts';
import {addressIn, storeFile} from '../store-file.ts';
import {addressOf, type Environment} from './address.ts';
import {connection} from './connection.ts';
import {postgresCopies} from './copies.ts';
import {rowsOf} from './fault.ts';
import {type HostsLink, hostsLink} from './hosts.ts';
import {mirrorFile} from './mirror.ts';
import {schemaVersion} from './schema.ts';
import {postgresStore} from './store.ts';
import {timelinesIn} from './timelines.ts';

/** Name of this host, as cutovers record it. */
export const hostName = (env: Environment): string => env['CUTOVER_HOST'] ?? hostname();

/** Any number, the same for everybody who begins a cutover. */
const beginLock = 4_713_201;

const newer = (version: unknown): StoreFault =>
	new StoreFault(
		'newer',
		`The schema in the database is of version ${String(version)}, this program knows ${schemaVersion}.`,
		'Use the version of cutover-tui that fits the schema.',
	);

const aloneFault = (id: string, folder: string): StoreFault =>
	new StoreFault(
		'owner',
		`This host goes on alone with ${id}: ${folder} has a journal of its own.`,
		'Bring it back to the database (cutover-tui store push), or name another place with --state DIR.',
	);

/** Throws a sentence where the address is none. */
export function postgresCatalog(text: string, {root, clock, env: given}: StoreContext): Catalog {
	// Kept as it is now: a runner takes what playbooks must not see out of its own.
	const env = {...given};
	const address = addressOf(text, env);
	const link = connection(address, env, clock, timelinesIn(root));
	const here = hostName(env);
	const folder = (id: string): string => join(root, id);
	const links = new Map<string, HostsLink>();
	let checked = false;
	let begun: Promise<unknown> = Promise.resolve();

	const linkOf = (id: string): HostsLink => {
		const known = links.get(id) ?? hostsLink(link, id, here, clock);
		links.set(id, known);
		return known;
	};

	const ready = async (): Promise<void> => {
		if (checked) return;
		const [row] = await rowsOf(link, 'select version from cutover.format');
		if (row?.['version'] !== schemaVersion) throw newer(row?.['version']);
		checked = true;
	};

	const rows = async (query: string, values?: readonly unknown[]) => {
		await ready();
		return rowsOf(link, query, values);
	};

	const copiesOf = (id: string): Copies => postgresCopies(link, id, folder(id), () => linkOf(id).hosts.term() > 0);

	const nameStore = (id: string): void => replaceFile(join(folder(id), storeFile), {address: text});

	const reserve = async (id: string): Promise<boolean> =>
		(await rows('select cutover.reserve($1) as mine', [id]))[0]?.['mine'] === true;

	const started = 'exists (select from cutover.entries e where e.cutover = c.id)';

	const begunWith = async (id: string): Promise<readonly string[]> =>
		(await rows(`select from cutover.cutovers c where id = $1 and ${started}`, [id])).length > 0 ? [id] : [];

	/** While the database is away, the cutovers that this host works for. Of another one that is `named` nothing is known then. */
	const orHere = async (ask: () => Promise<readonly string[]>, named?: string): Promise<readonly string[]> => {
		try {
			return await ask();
		} catch (error) {
			const known = ifExists(() => readdirSync(root)) ?? [];
			const here = known.filter(id => existsSync(join(folder(id), mirrorFile)) && addressIn(folder(id)) === text);
			const isKnown = named === undefined ? here.length > 0 : here.includes(named);
			if (!isKnown || !(error instanceof StoreFault) || error.code !== 'unreachable') throw error;
			return here.toSorted();
		}
	};

	return {
		folder,
		ids: () =>
			orHere(async () => {
				const found = await rows(`select id from cutover.cutovers c where ${started}`);
				return found.map(({id}) => String(id)).toSorted();
			}),
		async whole() {
			await rows('select 1');
		},
		has: async id => (await orHere(() => begunWith(id), id)).includes(id),
		async create(id) {
			if (!isFolderName(id)) throw new RangeError(`Not a name for a cutover: ${JSON.stringify(id)}`);
			if (createFolder(root, id) === null) return false;
			const mine = await reserve(id);
			if (mine) nameStore(id);
			else rmSync(folder(id), {recursive: true, force: true});
			return mine;
		},
		reserve,
		async discard(id) {
			rmSync(folder(id), {recursive: true, force: true});
			await rows('select cutover.release($1)', [id]);
		},
		async join(id) {
			if (addressIn(folder(id)) !== null) return;
			if (createFolder(root, id) === null && existsSync(join(folder(id), journalFile)))
				throw aloneFault(id, folder(id));
			await copiesOf(id).receive(folder(id));
			// Last: without it the folder is taken for one that was not made to its end.
			nameStore(id);
		},
		hosts: id => linkOf(id).hosts,
		journal: async (id, time) =>
			postgresStore({connection: link, id, clock: time, folder: folder(id), link: linkOf(id), ready}),
		copies: copiesOf,
		exclusively(work) {
			const done = begun.then(async () => {
				await rows('select pg_advisory_lock($1)', [beginLock]);
				try {
					return await work();
				} finally {
					await rows('select pg_advisory_unlock($1)', [beginLock]);
				}
			});
			begun = done.catch(() => {});
			return done;
		},
		close: () => link.close(),
	};
}
