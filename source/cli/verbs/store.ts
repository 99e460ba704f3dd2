/*
`store`: prepares a database for cutovers (init, grants), checks it, and brings the journal of a cutover out of it (pull).
*/
import process from 'node:process';
import {AddressError, isDatabase} from '../../journal/postgres/address.ts';
import {json, safe} from '../../text/clean.ts';
import type {Args} from '../args.ts';
import {typed} from '../ask.ts';
import {systemClock} from '../clock.ts';
import {catalogOf, stateRoot} from '../compose.ts';
import {database} from '../doctor/database.ts';
import {lineOf} from '../doctor/finding.ts';
import {onTerminal, say, tell} from '../io.ts';
import {storeAddress} from '../store-address.ts';
import {UsageError} from '../usage-error.ts';

async function databaseOf(call: Args): Promise<string> {
	const named = await storeAddress(call);
	if (named !== null && isDatabase(named.address)) return named.address;
	throw new UsageError('Name the database with --store postgres://USER@HOST/DATABASE. A folder needs no preparation.');
}

async function administer(call: Args, sql: string): Promise<number> {
	const {administrator} = await import('../../journal/postgres/admin.ts');
	const at = administrator(await databaseOf(call), {...process.env}, systemClock);
	try {
		await at.run(sql);
		return 0;
	} finally {
		await at.close();
	}
}

async function init(call: Args): Promise<number> {
	const {schema} = await import('../../journal/postgres/schema.ts');
	const sql = `begin;\n${schema.trim()}\ncommit;\n`;
	if (call.flag('print')) {
		call.io.stdout.write(sql);
		return 0;
	}
	await administer(call, sql);
	say(call.io, safe('The schema cutover is ready. Next: cutover-tui store grants LOGIN, for the login of each host.'));
	return 0;
}

async function grants(call: Args): Promise<number> {
	const {grantsFor} = await import('../../journal/postgres/schema.ts');
	const login = call.word(1);
	if (login === null) throw new UsageError('Name the login of the database: store grants LOGIN.');
	if (call.flag('print')) {
		call.io.stdout.write(`${grantsFor(login)}\n`);
		return 0;
	}
	await administer(call, grantsFor(login));
	say(call.io, safe(`${login} may record and read cutovers.`));
	return 0;
}

async function check(call: Args): Promise<number> {
	await databaseOf(call);
	const findings = await database(call);
	for (const finding of findings) say(call.io, safe(lineOf(finding)));
	return findings.some(({holds}) => holds === 'no') ? 1 : 0;
}

const word = 'PULL';

async function mayPull(call: Args, id: string, host: string | null): Promise<boolean> {
	if (call.list('confirm').includes(word)) return true;
	const there = host === null ? 'this host' : host;
	tell(
		call.io,
		safe(
			`${id} runs on ${there}. From here on this host goes on with it alone, and the database gets nothing more: an attempt that still runs on ${there} may run twice. Type ${word} to confirm.`,
		),
	);
	return onTerminal(call.io) && (await typed(call.io, word));
}

async function pull(call: Args): Promise<number> {
	await databaseOf(call);
	const id = call.text('cutover');
	if (id === null) throw new UsageError('Which cutover? Name it with --cutover ID.');
	const catalog = await catalogOf(call);
	try {
		if (!(await catalog.has(id))) throw new UsageError(`There is no cutover ${json(id)} in the database.`);
		if (!(await mayPull(call, id, await catalog.host(id)))) {
			tell(call.io, safe('Nothing was done.'));
			return 1;
		}
		const {writeFolder} = await import('../../journal/pull.ts');
		const {folder, entries, wrong} = await writeFolder(catalog, id, stateRoot(call), systemClock);
		say(
			call.io,
			safe(`${folder}: ${entries} entries. Go on with it: cutover-tui --cutover ${id} --store ${stateRoot(call)}`),
		);
		for (const path of wrong)
			tell(call.io, safe(`${path} is left out: in the database it is not whole, or not what its name says.`));
		return wrong.length === 0 ? 0 : 1;
	} finally {
		await catalog.close();
	}
}

const acts: Readonly<Record<string, (call: Args) => Promise<number>>> = {init, grants, check, pull};

export const run = async (call: Args): Promise<number> => {
	const act = acts[call.must(0)];
	if (act === undefined) throw new UsageError(`store takes one of: ${Object.keys(acts).join(', ')}.`);
	try {
		return await act(call);
	} catch (error) {
		throw error instanceof AddressError
			? new UsageError(`This is not the address of a database. ${error.message}`)
			: error;
	}
};
