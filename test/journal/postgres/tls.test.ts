/** The connection to the database: TLS unless it stays on this machine, with the server's name checked. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {addressOf} from '../../../source/journal/postgres/address.ts';
import {textsIn, write} from '../../store-contract.ts';
import {certificate, missing} from '../../watch/probes/certificates.ts';
import {fault} from '../recorded.ts';
import {cluster, without} from './cluster.ts';
import {catalogOn, database} from './database.ts';

test('TLS is left out only where nothing passes over a network', () => {
	const isPlain = (hosts: string): boolean => addressOf(`postgres://bastion1@${hosts}/cutover`, {}).tls === null;
	for (const near of ['localhost', '127.0.0.1:5433', '[::1]:5432', '%2Frun%2Fpostgresql', 'localhost,127.0.0.1'])
		assert.ok(isPlain(near), near);
	for (const far of ['db1', 'localhost,db1', 'localhost.example', '127.example', '127.0.0.1.example'])
		assert.ok(!isPlain(far), far);
});

test('a server whose certificate is for another name, or from a stranger, is not given the record', {
	skip: without || missing,
	timeout: 120_000,
}, async context => {
	const on = await cluster();
	context.after(() => on.stop());
	const name = await database(on);
	const own = certificate('db', 'DNS:localhost');
	on.serveTls(own.cert, own.key);
	const open = async (host: string, authority: string) => {
		const catalog = catalogOn(`postgres://bastion1@${host}:${on.port}/${name}?sslrootcert=${authority}`);
		context.after(() => catalog.close());
		return {catalog, journal: () => catalog.journal('night', systemClock)};
	};
	const right = await open('localhost', own.file);
	await right.catalog.create('night');
	await write(await right.journal(), 'one');
	assert.deepEqual(await textsIn(await right.journal()), ['one']);
	assert.equal(
		on.sql(`select bool_and(ssl) from pg_stat_ssl s join pg_stat_activity a using (pid) where a.usename = 'bastion1'`),
		't',
	);

	const other = await open('127.0.0.1', own.file);
	await assert.rejects(other.catalog.ids(), fault('unreachable', /does not match certificate.*127\.0\.0\.1/));
	const stranger = await open('localhost', certificate('stranger', 'DNS:localhost').file);
	await assert.rejects(stranger.catalog.ids(), fault('unreachable', /self-signed certificate/));
});
