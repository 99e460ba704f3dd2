/*
Which server of an address is used: the first of its hosts that takes writes, on the newest timeline. All are asked at once. One that
does not answer costs no time where another does, and an old primary that came back is known by the one that was promoted since.
*/

import {readFileSync} from 'node:fs';
import {isIP} from 'node:net';
import pg from 'pg';
import type {Clock} from '../../cutover/ports.ts';
import {errorText} from '../../text/error-text.ts';
import {type Address, type Environment, type Host, passwordFor} from './address.ts';
import {type Timelines, timelineNow} from './timelines.ts';

const connectMs = 2000;
/** Of queries, while and after connecting. */
export const queryMs = 5000;
/** For the others to answer, once one takes writes. */
const graceMs = 300;

/** Of the session, so that a client that stops or is cut off holds no lock for long. */
const options = Object.entries({
	statement_timeout: 15_000,
	lock_timeout: 5000,
	idle_in_transaction_session_timeout: 5000,
	tcp_keepalives_idle: 5,
	tcp_keepalives_interval: 5,
	tcp_keepalives_count: 3,
	tcp_user_timeout: 20_000,
	client_connection_check_interval: 5000,
})
	.map(([name, value]) => `-c ${name}=${value}`)
	.concat('-c default_transaction_isolation=read\\ committed')
	.join(' ');

/** `at`: as `host:port`. */
export type Server = {
	readonly client: pg.Client;
	readonly at: string;
	readonly place: number;
	readonly system: string;
	readonly timeline: number;
};

/** A host that was not taken. `old`: it is a primary after which another was promoted. */
export type PassedOver = {readonly at: string; readonly why: string; readonly old: boolean};

const tlsOf = ({tls}: Address, host: string) =>
	tls !== null && {
		// The name that is checked; a server that is given the wanted name (SNI) takes no address.
		host,
		...(isIP(host) === 0 ? {servername: host} : {}),
		...(tls.ca === null ? {} : {ca: readFileSync(tls.ca)}),
		...(tls.cert === null ? {} : {cert: readFileSync(tls.cert)}),
		...(tls.key === null ? {} : {key: readFileSync(tls.key)}),
	};

const end = (client: pg.Client): void => void client.connection.stream.destroy();

/** Throws where it does not answer in time, or takes no writes. */
async function connectTo(
	address: Address,
	{host, port}: Host,
	env: Environment,
	signal: AbortSignal,
): Promise<Omit<Server, 'at' | 'place'>> {
	const client = new pg.Client({
		host,
		port,
		user: address.user,
		password: passwordFor(address, {host, port}, env) ?? '',
		database: address.database,
		ssl: tlsOf(address, host),
		application_name: 'cutover-tui',
		options,
		connectionTimeoutMillis: connectMs,
		// Of the queries while connecting; later ones have a deadline of their own before.
		query_timeout: queryMs + 500,
		keepAlive: true,
		keepAliveInitialDelayMillis: 5000,
	});
	const reported: Record<string, string> = {};
	// PostgreSQL 14 and later say both while connecting.
	client.connection.on('parameterStatus', ({parameterName, parameterValue}) => {
		reported[parameterName] = parameterValue;
	});
	// Without a listener the end of an idle connection ends the process.
	client.on('error', () => {});
	const stop = (): void => end(client);
	signal.addEventListener('abort', stop);
	try {
		await client.connect();
		if (reported['in_hot_standby'] !== 'off' || reported['default_transaction_read_only'] !== 'off')
			throw new Error('it takes no writes');
		const {rows} = await client.query<{timeline: number; system: string}>(timelineNow);
		const {timeline = 0, system = ''} = rows[0] ?? {};
		return {client, timeline, system};
	} catch (error) {
		end(client);
		throw error;
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

export type ServersWorld = {
	readonly address: Address;
	/** Where the password is looked up. */
	readonly env: Environment;
	readonly clock: Clock;
	/** Those that this host has seen; null where it keeps none. */
	readonly timelines: Timelines | null;
};

/** `from`: place of the host that is preferred. The server is null where none takes writes. */
export async function newestServer(
	{address, env, clock, timelines}: ServersWorld,
	from: number,
): Promise<{readonly server: Server | null; readonly passedOver: readonly PassedOver[]}> {
	const {hosts} = address;
	const abort = new AbortController();
	const found: Server[] = [];
	const passed = new Map<number, PassedOver>();
	const one = Promise.withResolvers<void>();
	const asked = hosts.map(async (host, place) => {
		const at = `${host.host}:${host.port}`;
		try {
			const server = {...(await connectTo(address, host, env, abort.signal)), at, place};
			if (abort.signal.aborted) return end(server.client);
			found.push(server);
			one.resolve();
		} catch (error) {
			passed.set(place, {at, why: errorText(error), old: false});
		}
	});
	const over = Promise.withResolvers<void>();
	let stop = (): void => {};
	one.promise.then(() => {
		stop = clock.after(graceMs, over.resolve);
	});
	await Promise.race([Promise.all(asked), over.promise]);
	stop();
	abort.abort();

	const newest = (system: string): number =>
		Math.max(timelines?.newest(system) ?? 0, ...found.flatMap(each => (each.system === system ? each.timeline : [])));
	for (const {system, timeline, at, place} of found)
		if (timeline < newest(system))
			passed.set(place, {
				at,
				why: `it is an old primary (timeline ${timeline}, there is ${newest(system)}): a standby was promoted since`,
				old: true,
			});
	const turn = ({place}: Server): number => (place - from + hosts.length) % hosts.length;
	const [server = null, ...others] = found
		.filter(({place}) => !passed.has(place))
		.toSorted((a, b) => turn(a) - turn(b));
	for (const {client} of [...others, ...found.filter(({place}) => passed.has(place))]) end(client);
	if (server !== null && server.timeline > (timelines?.newest(server.system) ?? 0))
		timelines?.saw(server.system, server.timeline);
	return {server, passedOver: [...passed].toSorted(([a], [b]) => a - b).map(([, each]) => each)};
}
