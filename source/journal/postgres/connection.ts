/*
One connection of a process, to the host of the list that takes writes. Every query has a deadline of its own, because a cut
network never answers; a connection that missed one is destroyed and the next query makes another. Nothing waits for it at the
end of a process.
*/
import {readFileSync} from 'node:fs';
import {isIP, Socket} from 'node:net';
import pg from 'pg';
import type {Clock} from '../../cutover/ports.ts';
import {type Address, type Environment, type Host, passwordFor} from './address.ts';

const connectMs = 2000;
const queryMs = 5000;

/** No server answered in time. `sent`: the query may have been done all the same. */
export class Unreachable extends Error {
	readonly sent: boolean;

	constructor(message: string, sent: boolean) {
		super(message);
		this.name = 'Unreachable';
		this.sent = sent;
	}
}

export type Result = {
	readonly rows: readonly Readonly<Record<string, unknown>>[];
	/** Routines in the server's source that raised a notice meanwhile. */
	readonly notices: readonly string[];
};

export type Connection = {
	/** One at a time. Rejects with Unreachable, or with the server's own error, which has a `code` of five characters. */
	query(text: string, values?: readonly unknown[]): Promise<Result>;
	/** Calls at each notification of that channel, and whenever some may have been missed; returns how to stop. */
	listen(channel: string, heard: () => void): () => void;
	/** Host that was connected to last, as `host:port`; null before the first connection. */
	at(): string | null;
	/** Ends the connection; a later query makes another. */
	close(): Promise<void>;
};

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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** An error that a server answered with, and the connection goes on. */
export function isAnswer(error: unknown): error is Error & {readonly code: string} {
	if (!(error instanceof Error && 'code' in error && 'severity' in error)) return false;
	// 25006: this server takes no writes any more.
	return !['FATAL', 'PANIC'].includes(String(error.severity)) && error.code !== '25006';
}

const tlsOf = ({tls}: Address, host: string) =>
	tls !== null && {
		// The name that is checked; a server that is told which name is wanted takes none that is an address.
		host,
		...(isIP(host) === 0 ? {servername: host} : {}),
		...(tls.ca === null ? {} : {ca: readFileSync(tls.ca)}),
		...(tls.cert === null ? {} : {cert: readFileSync(tls.cert)}),
		...(tls.key === null ? {} : {key: readFileSync(tls.key)}),
	};

/**
 * The greatest timeline that this host has seen of a server and its standbys, which share a system identifier; each promotion
 * begins a new one.
 */
export type Timelines = {newest(system: string): number; saw(system: string, timeline: number): void};

const timelineNow = `select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline,
	(select system_identifier::text from pg_control_system()) as system`;

/** An old primary that comes back takes writes, and nobody else would ever see them. */
async function refuseOlder(client: pg.Client, timelines: Timelines): Promise<void> {
	const {rows} = await client.query<{timeline: number; system: string}>(timelineNow);
	const {timeline = 0, system = ''} = rows[0] ?? {};
	const newest = timelines.newest(system);
	if (timeline < newest)
		throw new Error(
			`it is an old primary (timeline ${timeline}, this host has seen ${newest}): a standby was promoted since`,
		);
	if (timeline > newest) timelines.saw(system, timeline);
}

/** Connects to one host. Throws where it does not answer in time, or takes no writes. */
async function connectTo(
	address: Address,
	{host, port}: Host,
	env: Environment,
	timelines: Timelines | null,
): Promise<pg.Client> {
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
	try {
		await client.connect();
	} catch (error) {
		client.connection.stream.destroy();
		throw error;
	}
	try {
		if (reported['in_hot_standby'] !== 'off' || reported['default_transaction_read_only'] !== 'off')
			throw new Error('it takes no writes');
		if (timelines !== null) await refuseOlder(client, timelines);
		return client;
	} catch (error) {
		client.connection.stream.destroy();
		throw error;
	}
}

/** `env`: where the password is looked up at each connection. */
export function connection(
	address: Address,
	env: Environment,
	clock: Clock,
	timelines: Timelines | null = null,
): Connection {
	const heards = new Map<string, Set<() => void>>();
	let client: pg.Client | null = null;
	let connecting: Promise<pg.Client> | null = null;
	let first = 0;
	let at: string | null = null;
	let isClosed = false;
	let chain: Promise<unknown> = Promise.resolve();

	const tell = (heard: Iterable<() => void>): void => {
		for (const each of [...heard]) each();
	};

	const drop = (lost: pg.Client): void => {
		lost.connection.stream.destroy();
		if (client !== lost) return;
		client = null;
		// What was notified meanwhile is never repeated: everybody looks.
		for (const heard of heards.values()) tell(heard);
	};

	const open = async (): Promise<pg.Client> => {
		const said: string[] = [];
		for (let turn = 0; turn < address.hosts.length; turn++) {
			const place = (first + turn) % address.hosts.length;
			const host = address.hosts[place] as Host;
			try {
				const fresh = await connectTo(address, host, env, timelines);
				if (isClosed) fresh.connection.stream.destroy();
				if (isClosed) break;
				fresh.on('notification', ({channel}) => tell(heards.get(channel) ?? []));
				fresh.on('end', () => drop(fresh));
				const {stream} = fresh.connection;
				if (stream instanceof Socket) stream.unref();
				// Before the first read: what is stored between both is notified.
				for (const channel of heards.keys()) await fresh.query(`listen ${channel}`);
				[first, at, client] = [place, `${host.host}:${host.port}`, fresh];
				return fresh;
			} catch (error) {
				said.push(`${host.host}:${host.port}: ${messageOf(error)}`);
			}
		}
		throw new Unreachable(said.join('; '), false);
	};

	const connected = async (): Promise<pg.Client> => {
		if (client !== null) return client;
		// What was asked before the end and comes to its turn after it does not connect again.
		if (isClosed) throw new Unreachable('the connection is closed', false);
		connecting ??= open().finally(() => {
			connecting = null;
		});
		return connecting;
	};

	const run = async (text: string, values: readonly unknown[] | undefined): Promise<Result> => {
		const on = await connected();
		const notices: string[] = [];
		const note = ({routine}: {routine?: string | undefined}): number => notices.push(routine ?? '');
		let stop = (): void => {};
		const late = new Promise<never>((_, reject) => {
			stop = clock.after(queryMs, () => reject(new Error(`no answer within ${queryMs / 1000} s`)));
		});
		on.on('notice', note);
		try {
			// Without values it is one message of the simple protocol: no part of it can be held up half-way.
			const answer = values === undefined ? on.query(text) : on.query(text, [...values]);
			answer.catch(() => {});
			const {rows} = await Promise.race([answer, late]);
			return {rows, notices};
		} catch (error) {
			if (isAnswer(error)) throw error;
			drop(on);
			throw new Unreachable(messageOf(error), true);
		} finally {
			stop();
			on.off('notice', note);
		}
	};

	const query: Connection['query'] = (text, values) => {
		const result = chain.then(() => run(text, values));
		chain = result.catch(() => {});
		return result;
	};

	return {
		query,
		listen(channel, heard) {
			const all = heards.get(channel) ?? new Set();
			if (all.size === 0 && client !== null) query(`listen ${channel}`).catch(() => {});
			heards.set(channel, all.add(heard));
			return () => {
				all.delete(heard);
				if (all.size === 0) heards.delete(channel);
			};
		},
		at: () => at,
		async close() {
			const ending = client;
			[client, isClosed] = [null, true];
			// One that is cut off never says that it has ended.
			if (ending !== null) await Promise.race([ending.end(), new Promise<void>(done => clock.after(500, done))]);
		},
	};
}
