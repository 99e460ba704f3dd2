/** Databases on a cluster of the tests, ready for cutovers. */
import {join} from 'node:path';
import {systemClock} from '../../../source/cli/clock.ts';
import type {Catalog} from '../../../source/cutover/store.ts';
import {administrator} from '../../../source/journal/postgres/admin.ts';
import {postgresCatalog} from '../../../source/journal/postgres/catalog.ts';
import {grantsFor, schema} from '../../../source/journal/postgres/schema.ts';
import {freshRoot} from '../place.ts';
import type {Cluster} from './cluster.ts';

/** The program of a writer, for `startWriter` with an address and an id. */
export const writerProgram = join(import.meta.dirname, 'writer.ts');

let databases = 0;

/** A database with the schema, where bastion1 may record; its name. */
export async function database(on: Cluster, name = `night${++databases}`): Promise<string> {
	on.sql(`create database ${name} encoding 'UTF8' template template0`);
	on.sql(
		`do $$ begin if not exists (select from pg_roles where rolname = 'bastion1') then create role bastion1 login; end if; end $$`,
	);
	const admin = administrator(on.address('admin', name), {}, systemClock);
	await admin.run(`begin;${schema}commit;`);
	await admin.run(grantsFor('bastion1'));
	await admin.close();
	return name;
}

export const catalogOn = (address: string, host = 'bastion-1', root = freshRoot()): Catalog =>
	postgresCatalog(address, {root, clock: systemClock, env: {CUTOVER_HOST: host}});
