/*
One connection of a process, to the server of its address that takes writes. Every query has a deadline of its own, because a cut
network never answers; a connection that missed one is destroyed and the next query makes another. Nothing waits for it at the
end of a process.
*/

import {Socket} from 'node:net';
import type pg from 'pg';
import type {Clock} from '../../cutover/ports.ts';
import {errorText} from '../../text/error-text.ts';
import type {Address, Environment} from './address.ts';
import {newestServer, type PassedOver, queryMs} from './servers.ts';
import type {Timelines} from './timelines.ts';

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
	/** How many connections were made: another one may be to a server that lacks what the one before had. */
	count(): number;
	/** Hosts that were not taken for it, in the order of the address. */
	passedOver(): readonly PassedOver[];
	/** Ends the connection; a later query makes another. */
	close(): Promise<void>;
};

/** An error that a server answered with, and the connection goes on. */
export function isAnswer(error: unknown): error is Error & {readonly code: string} {
	if (!(error instanceof Error && 'code' in error && 'severity' in error)) return false;
	// 25006: this server takes no writes any more.
	return !['FATAL', 'PANIC'].includes(String(error.severity)) && error.code !== '25006';
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
	let count = 0;
	let passedOver: readonly PassedOver[] = [];
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
		const {server, passedOver: passed} = await newestServer({address, env, clock, timelines}, first);
		if (server === null) throw new Unreachable(passed.map(({at: host, why}) => `${host}: ${why}`).join('; '), false);
		const {client: fresh} = server;
		try {
			if (isClosed) throw new Error('the connection is closed');
			fresh.on('notification', ({channel}) => tell(heards.get(channel) ?? []));
			fresh.on('end', () => drop(fresh));
			const {stream} = fresh.connection;
			if (stream instanceof Socket) stream.unref();
			// Before the first read: what is stored between both is notified.
			for (const channel of heards.keys()) await fresh.query(`listen ${channel}`);
		} catch (error) {
			fresh.connection.stream.destroy();
			throw new Unreachable(`${server.at}: ${errorText(error)}`, false);
		}
		[first, at, client, count, passedOver] = [server.place, server.at, fresh, count + 1, passed];
		return fresh;
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
			throw new Unreachable(errorText(error), true);
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
		count: () => count,
		passedOver: () => passedOver,
		async close() {
			const ending = client;
			[client, isClosed] = [null, true];
			// One that is cut off never says that it has ended.
			if (ending !== null) await Promise.race([ending.end(), new Promise<void>(done => clock.after(500, done))]);
		},
	};
}
