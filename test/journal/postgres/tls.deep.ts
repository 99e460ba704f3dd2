/** The connection to the database: TLS unless it stays on this machine, with the server's name checked. */
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {addressOf} from '../../../source/journal/postgres/address.ts';
import {postgresCatalog} from '../../../source/journal/postgres/catalog.ts';
import {certificate, missing} from '../../probes/certificates.ts';
import {textsIn, write} from '../../store-contract.ts';
import {freshRoot} from '../place.ts';
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

test('a login is known by its password, from a file or the environment, or by its certificate', {
	skip: without || missing,
	timeout: 300_000,
}, async context => {
	const on = await cluster();
	context.after(() => on.stop());
	const name = await database(on);
	const [server, client, other] = [
		certificate('server', 'DNS:localhost'),
		certificate('bastion1', 'DNS:client'),
		certificate('other', 'DNS:client'),
	];
	on.serveTls(server.cert, server.key);
	on.trustClients(client.cert);
	on.sql(`set password_encryption = 'scram-sha-256'; alter role bastion1 password 's3cret: and more'`);
	const asks = (method: string): void => on.admit(`hostssl all bastion1 127.0.0.1/32 ${method}`);
	const tries = async (query: string, env: Readonly<Record<string, string>>): Promise<string> => {
		const address = `postgres://bastion1@localhost:${on.port}/${name}?sslrootcert=${server.file}${query}`;
		const catalog = postgresCatalog(address, {root: freshRoot(), clock: systemClock, env});
		try {
			return `${(await catalog.ids()).length}`;
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		} finally {
			await catalog.close();
		}
	};
	const passwords = `${server.file}.pgpass`;
	const write = (line: string): void => writeFileSync(passwords, `${line}\n`, {mode: 0o600});

	asks('scram-sha-256');
	assert.equal(await tries('', {PGPASSWORD: 's3cret: and more'}), '0');
	write(`localhost:${on.port}:${name}:bastion1:s3cret\\: and more`);
	assert.equal(await tries('', {PGPASSFILE: passwords}), '0');
	write(`otherhost:*:*:bastion1:s3cret\\: and more`);
	const refused = await tries('', {PGPASSFILE: passwords});
	assert.match(refused, /password/);
	const wrong = await tries('', {PGPASSWORD: 'wr0ng'});
	assert.match(wrong, /password authentication failed/);
	assert.doesNotMatch(wrong, /wr0ng/);

	asks('cert');
	const by = ({file, keyFile}: typeof client): string => `&sslcert=${file}&sslkey=${keyFile}`;
	assert.equal(await tries(by(client), {}), '0');
	assert.match(await tries(by(other), {}), /cannot be reached/);
	assert.match(await tries('', {PGPASSWORD: 's3cret: and more'}), /certificate/);
});

test('a server whose certificate is for another name, or from a stranger, is not given the record', {
	skip: without || missing,
	timeout: 300_000,
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
