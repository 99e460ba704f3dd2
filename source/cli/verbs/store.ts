/*
`store`: prepares a database for cutovers (init, grants), checks it, lets this host work for one (join), and brings a cutover out of it (pull) and into it (push).
*/
import {existsSync} from 'node:fs';
import {basename, dirname, join as pathOf, resolve} from 'node:path';
import type {Catalog} from '../../cutover/store.ts';
import {journalFile} from '../../journal/file-store.ts';
import {entriesIn} from '../../journal/fold.ts';
import {AddressError, isDatabase} from '../../journal/postgres/address.ts';
import {storeFile} from '../../journal/store-file.ts';
import {json} from '../../text/clean.ts';
import {acting, startDesiredWork} from '../act.ts';
import type {Args} from '../args.ts';
import {typed} from '../ask.ts';
import {systemClock} from '../clock.ts';
import {closing, withCatalog} from '../compose.ts';
import {database} from '../doctor/database.ts';
import {lineOf} from '../doctor/finding.ts';
import {onTerminal, say, tell} from '../io.ts';
import {stateRoot} from '../state-root.ts';
import {storeAddress} from '../store-address.ts';
import {UsageError} from '../usage-error.ts';

async function databaseOf(call: Args): Promise<string> {
	const named = await storeAddress(call);
	if (named !== null && isDatabase(named.address)) return named.address;
	throw new UsageError('Name the database with --store postgres://USER@HOST/DATABASE. A folder needs no preparation.');
}

/** As an administrator of the database, or with --print only what would be run is printed. `done`: what is said then. */
async function administer(call: Args, sql: string, done: string): Promise<number> {
	if (call.flag('print')) {
		call.io.stdout.write(`${sql}\n`);
		return 0;
	}
	const {administrator} = await import('../../journal/postgres/admin.ts');
	await closing(administrator(await databaseOf(call), call.io.env, systemClock), at => at.run(sql));
	say(call.io, done);
	return 0;
}

async function init(call: Args): Promise<number> {
	const {schema} = await import('../../journal/postgres/schema.ts');
	const done = 'The schema cutover is ready. Next: cutover-tui store grants LOGIN, for the login of each host.';
	return administer(call, `begin;\n${schema.trim()}\ncommit;`, done);
}

async function grants(call: Args): Promise<number> {
	const {grantsFor} = await import('../../journal/postgres/schema.ts');
	const login = call.word(1);
	if (login === null) throw new UsageError('Name the login of the database: store grants LOGIN.');
	return administer(call, grantsFor(login), `${login} may record and read cutovers.`);
}

async function check(call: Args): Promise<number> {
	await databaseOf(call);
	const findings = await database(call);
	say(call.io, ...findings.map(lineOf));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
}

const word = 'PULL';

/** Of one that is closed nothing runs any more: it is only copied. */
async function mayPull(call: Args, id: string, {host, closed}: Led): Promise<boolean> {
	if (closed || call.list('confirm').includes(word)) return true;
	const there = host ?? 'another host';
	tell(
		call.io,
		`${id} is in the database${host === null ? '' : `, and ${host} leads it`}. From here on this host goes on with it alone, and the database gets nothing more: an attempt that still runs on ${there} may run twice. Type ${word} to confirm.`,
	);
	return onTerminal(call.io) && (await typed(call.io, word));
}

/** `host`: whose watcher leads; null where none does. */
type Led = {readonly host: string | null; readonly closed: boolean};

async function ledNow(catalog: Catalog, id: string): Promise<Led> {
	const entries = await entriesIn(catalog, id, systemClock);
	return {host: catalog.hosts(id)?.observed().leader ?? null, closed: entries.some(({type}) => type === 'closed')};
}

/** Runs `work` with the cutover that the call names, in the database. */
async function withDatabase(call: Args, work: (catalog: Catalog, id: string) => Promise<number>): Promise<number> {
	await databaseOf(call);
	const id = call.text('cutover');
	if (id === null) throw new UsageError('Which cutover? Name it behind the word, or with --cutover ID.');
	return withCatalog(call, catalog => work(catalog, id));
}

/** `pull ID DIR`, or as --cutover and --state say. */
async function pull(given: Args): Promise<number> {
	const named = given.text('cutover');
	const id = named ?? given.word(1);
	const folder = named === null ? given.word(2) : given.word(1);
	const call =
		id === null ? given : given.but({cutover: id, state: folder ?? stateRoot(given), store: await databaseOf(given)});
	return withDatabase(call, async (catalog, id) => {
		if (!(await catalog.has(id))) throw new UsageError(`There is no cutover ${json(id)} in the database.`);
		const led = await ledNow(catalog, id);
		if (!(await mayPull(call, id, led))) {
			tell(call.io, 'Nothing was done.');
			return 1;
		}
		const {writeFolder} = await import('../../journal/pull.ts');
		const {folder, entries, wrong} = await writeFolder(catalog, id, stateRoot(call), systemClock);
		const next = led.closed
			? `Verify it: cutover-tui verify --closed ${folder}`
			: `Go on with it: cutover-tui --cutover ${id} --store ${stateRoot(call)}`;
		say(call.io, `${folder}: ${entries} entries. ${next}`);
		for (const path of wrong)
			tell(call.io, `${path} is left out: in the database it is not whole, or not what its name says.`);
		return wrong.length === 0 ? 0 : 1;
	});
}

/** The opposite of pull; also brings a cutover that was begun in a folder into the database. `push FOLDER` names that folder. */
async function push(given: Args): Promise<number> {
	const named = given.word(1);
	const folder = named === null ? null : resolve(given.io.cwd, named);
	const call =
		folder === null
			? given
			: given.but({cutover: basename(folder), state: dirname(folder), store: await databaseOf(given)});
	return withDatabase(call, async (catalog, id) => {
		const {pushedFile, pushFolder} = await import('../../journal/push.ts');
		const has = (file: string): boolean => existsSync(pathOf(catalog.folder(id), file));
		if (has(storeFile) || !(has(journalFile) || has(pushedFile)))
			throw new UsageError(`${catalog.folder(id)} holds no journal. Name the state folder with --state DIR.`);
		const entries = await pushFolder(catalog, id, systemClock);
		say(
			call.io,
			`${entries} entries of ${id} are in the database now, with the same hashes. This host works for it there.`,
		);
		return 0;
	});
}

/** Begins to work for a cutover that another host began: its watcher runs here too. */
async function join(call: Args): Promise<number> {
	await databaseOf(call);
	return acting(call, async ({opened}) => {
		await startDesiredWork(call.io, opened);
		const {hosts} = opened.journal.observed();
		say(call.io, `${hosts?.here ?? 'This host'} works for ${opened.id}. ${hosts?.leader ?? 'No host'} leads.`);
		return 0;
	});
}

const acts: Readonly<Record<string, (call: Args) => Promise<number>>> = {init, grants, check, join, pull, push};

export const run = async (call: Args): Promise<number> => {
	const act = acts[call.must(0)];
	if (act === undefined) throw new UsageError(`store takes one of: ${Object.keys(acts).join(', ')}.`);
	const words = act === pull ? 3 : act === push || act === grants ? 2 : 1;
	const more = call.word(words);
	if (more !== null) throw new UsageError(`store ${call.must(0)} does not take ${json(more)}. See store --help.`);
	try {
		return await act(call);
	} catch (error) {
		throw error instanceof AddressError
			? new UsageError(`This is not the address of a database. ${error.message}`)
			: error;
	}
};
