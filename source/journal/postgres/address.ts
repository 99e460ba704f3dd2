/*
`postgres://user@host1:5432,host2/database?sslrootcert=…`: where a database is and how it is reached. The password is never part
of it, because an address is shown, recorded and passed on: it comes from PGPASSWORD, PGPASSFILE or a client certificate.
*/
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ifPossible} from '../../disk/fault.ts';
import {homeOf} from '../../disk/file.ts';
import {isLoopback} from '../../net/host.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Host = {readonly host: string; readonly port: number};

/** `tls`: null for a connection without TLS. Paths of files. */
export type Address = {
	readonly hosts: readonly Host[];
	readonly database: string;
	readonly user: string;
	readonly tls: {readonly ca: string | null; readonly cert: string | null; readonly key: string | null} | null;
};

const shape = /^postgres(?:ql)?:\/\/(?:([^:@/]*)(:[^@/]*)?@)?([^/?]+)\/([^?]+)(?:\?(.*))?$/;
const usualPort = 5432;

export const isDatabase = (address: string): boolean => /^postgres(?:ql)?:\/\//.test(address);

function hostOf(text: string): Host {
	const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
	return {host: decodeURIComponent(host.replaceAll(/[[\]]/g, '')), port: Number(port ?? usualPort)};
}

/** A socket in the file system, or this machine: nothing passes over a network. */
const isNear = ({host}: Host): boolean => host.startsWith('/') || isLoopback(host);

/** Why a text is not an address, in a sentence. */
export class AddressError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'AddressError';
	}
}

/** Throws AddressError where it is not an address, or holds a password. */
export function addressOf(text: string, env: Environment): Address {
	const [, user = '', password, hosts = '', database = '', query = ''] = shape.exec(text) ?? [];
	if (hosts === '') throw new AddressError('Write it as postgres://USER@HOST1,HOST2/DATABASE.');
	if (password !== undefined)
		throw new AddressError(
			'It holds a password. Take it out, and give it by PGPASSFILE, PGPASSWORD or a client certificate.',
		);
	const list = hosts.split(',').map(hostOf);
	const given = new URLSearchParams(query);
	const file = (name: string): string | null => given.get(name) ?? env[`PG${name.toUpperCase()}`] ?? null;
	const plain = given.get('sslmode') === 'disable' || (list.every(isNear) && file('sslrootcert') === null);
	return {
		hosts: list,
		database: decodeURIComponent(database),
		user: decodeURIComponent(user) || env['PGUSER'] || env['USER'] || 'postgres',
		tls: plain ? null : {ca: file('sslrootcert'), cert: file('sslcert'), key: file('sslkey')},
	};
}

/** The fields of a line of a password file; a backslash makes `:` and itself ordinary. */
const fieldsOf = (line: string): readonly string[] =>
	line
		.replaceAll(/\\(.)/g, (_, char: string) => (char === ':' ? '\0' : char))
		.split(':')
		.map(field => field.replaceAll('\0', ':'));

/** From PGPASSWORD, else from the password file as psql reads it; undefined where none is given. */
export function passwordFor({database, user}: Address, {host, port}: Host, env: Environment): string | undefined {
	if (env['PGPASSWORD'] !== undefined) return env['PGPASSWORD'];
	const home = homeOf(env);
	const file = env['PGPASSFILE'] ?? (home === null ? null : join(home, '.pgpass'));
	if (file === null) return undefined;
	const wanted = [host, String(port), database, user];
	const text = ifPossible(() => readFileSync(file, 'utf8')) ?? '';
	return text
		.split('\n')
		.filter(line => !line.startsWith('#'))
		.map(fieldsOf)
		.find(fields => fields.length === 5 && wanted.every((value, at) => [value, '*'].includes(fields[at] ?? '')))?.[4];
}
