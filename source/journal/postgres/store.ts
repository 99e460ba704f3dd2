/*
The journal of one cutover in a database. An answer that is lost is settled by sending the same entries at the same head again
before anything else is tried: `stored` then says that they are recorded, `conflict` that they are not and never will be.
*/
import {hash} from 'node:crypto';
import {join} from 'node:path';
import {type Clock, type Entry, StoreFault} from '../../cutover/ports.ts';
import type {Head, Store} from '../../cutover/store.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {keptIn} from '../../disk/spool.ts';
import {pause} from '../../net/limit.ts';
import {follows, format, headOf, origin, read} from '../entry.ts';
import {type Connection, isAnswer, Unreachable} from './connection.ts';
import {appendFault, awayFault, databaseFault, divergedFault, fencedFault} from './fault.ts';
import type {HostsLink} from './hosts.ts';
import {openMirror} from './mirror.ts';

const pollMs = 1000;
const patienceMs = 10_000;
const firstPauseMs = 50;
const longestPauseMs = 1000;
/** Beside others who write, whoever stored something lets them have their turn before it reads on: so long, or while that many could store theirs. */
const yieldMs = 30;
const others = 3;
/** Somebody else's entry means that others write, for so long. */
const besideMs = 500;
/** Entries of one answer. */
const most = 1000;

const channelOf = (id: string): string => `cutover_${hash('sha256', id).slice(0, 32)}`;

const behind = (columns: string): string => `
	select ${columns}, $2::bigint = 0 or exists (select from cutover.entries where cutover = $1 and seq = $2 and hash = $3) as known,
		(select string_agg(line, E'\\n' order by seq) from (
			select seq, line from cutover.entries where cutover = $1 and seq > $2 order by seq limit ${most}
		) as newer) as lines`;

/** In one message of one hexadecimal literal: nothing needs to be escaped, and no half of it can be stored. */
const appending = (id: string, {seq, hash: known}: Head, entries: readonly Entry[], token: number): string => {
	const text = (value: string): string =>
		`convert_from(decode('${Buffer.from(value).toString('hex')}', 'hex'), 'UTF8')`;
	const lines =
		entries.length === 0 ? "'{}'::text[]" : `string_to_array(${text(entries.map(format).join('\n'))}, E'\\n')`;
	return `select cutover.append(${text(id)}, ${seq}, '${known}', ${lines}, ${token}) as answer`;
};

function entriesIn(lines: string, after: Head): readonly Entry[] {
	const entries: Entry[] = [];
	let head = after;
	for (const line of lines.split('\n')) {
		const entry = read(line);
		if (entry === null || !follows(entry, head))
			throw new StoreFault(
				'broken',
				`Entry ${head.seq + 1} in the database is damaged: it does not fit the chain. Nothing can be recorded.`,
				'Ask the administrator of the database for a backup; never change an entry.',
			);
		entries.push(entry);
		head = headOf(entry);
	}
	return entries;
}

export type PostgresStore = {
	readonly connection: Connection;
	readonly id: string;
	readonly clock: Clock;
	/** Of this host: what it has read, and what the database lost of that. */
	readonly folder: string;
	readonly link: HostsLink;
	/** Whether the schema is the one that this program knows; rejects where it is not. */
	ready(): Promise<void>;
};

export function postgresStore({connection, id, clock, folder, link, ready}: PostgresStore): Store {
	const mirror = openMirror(folder);
	/** What was read on this host, in order: what shows that the database lost some of it. */
	let known: readonly Entry[] = [...mirror.read()];
	/** When this process may read on. */
	let mayPull = Number.NEGATIVE_INFINITY;
	let besideUntil = Number.NEGATIVE_INFINITY;
	let away: {readonly since: number; readonly why: string} | null = null;

	const remember = (entries: readonly Entry[]): void => {
		const [first] = entries;
		const last = known.at(-1);
		if (first === undefined || !follows(first, last === undefined ? origin : headOf(last))) return;
		known = [...known, ...entries];
		mirror.keep(known);
	};

	const page = async ({seq, hash: at}: Head): Promise<{readonly known: boolean; readonly lines: string | null}> => {
		const {rows} = await connection.query(behind(link.columns), [id, seq, at]);
		const [row = {}] = rows;
		link.read(row);
		return {known: row['known'] === true, lines: typeof row['lines'] === 'string' ? row['lines'] : null};
	};

	const all = async (after: Head): Promise<readonly Entry[] | null> => {
		const entries: Entry[] = [];
		for (let head = after; ; ) {
			const found = await page(head);
			if (!found.known) return null;
			const more = found.lines === null ? [] : entriesIn(found.lines, head);
			for (const entry of more) entries.push(entry);
			if (more.length < most) return entries;
			head = headOf(more.at(-1) as Entry);
		}
	};

	/** Keeps what is gone beside the cutover's other files, and says so. */
	const diverged = async (): Promise<StoreFault> => {
		const left = (await all(origin)) ?? [];
		const lost = known.filter(({seq, hash: own}) => left[seq - 1]?.hash !== own);
		const file = join(folder, `journal.lost-${lost[0]?.seq ?? 0}-${lost.at(-1)?.hash.slice(0, 12) ?? ''}.ndjson`);
		try {
			replaceFile(file, Buffer.from(lost.map(entry => `${format(entry)}\n`).join('')));
			return divergedFault(lost, file);
		} catch {
			return divergedFault(lost, null);
		}
	};

	/** Entries behind `after`, of which those that this host has need not be read again. */
	const pull = async (after: Head): Promise<readonly Entry[]> => {
		await ready();
		const from = after.seq === 0 ? known.at(-1) : undefined;
		const entries = await all(from === undefined ? after : headOf(from));
		if (entries === null) throw await diverged();
		if (entries.length > 0) besideUntil = clock.steady() + besideMs;
		remember(entries);
		away = null;
		return from === undefined ? entries : known;
	};

	const isAway = (error: unknown): StoreFault => {
		const fault = databaseFault(error);
		if (fault.code !== 'unreachable') return fault;
		away ??= {since: clock.now(), why: fault.message};
		return known.length === 0 ? fault : awayFault(away.since, clock.now(), keptIn(folder), away.why);
	};

	/** One try; null where the answer is not known. */
	const tryOnce = async (at: Head, entries: readonly Entry[]): Promise<string> => {
		const {rows, notices} = await connection.query(appending(id, at, entries, link.token()));
		// It is stored here, and whether on the standby is not known: asked again, the server waits for that again.
		if (notices.includes('SyncRepWaitForLSN')) throw new Unreachable('the standby did not confirm', true);
		return String(rows[0]?.['answer']);
	};

	const append = async (at: Head, entries: readonly Entry[]): Promise<'stored' | 'conflict'> => {
		const from = clock.steady();
		const until = from + patienceMs;
		let sent = false;
		for (let next = firstPauseMs; ; next = Math.min(2 * next, longestPauseMs)) {
			try {
				const answer = await tryOnce(at, entries);
				if (answer === 'diverged') throw await diverged();
				if (answer === 'fenced') {
					link.fenced();
					throw fencedFault();
				}
				if (answer !== 'stored') return 'conflict';
				remember(entries);
				const took = clock.steady() - from;
				const now = clock.steady();
				if (entries.length > 0 && now < besideUntil) mayPull = now + Math.max(yieldMs, others * took);
				return 'stored';
			} catch (error) {
				if (isAnswer(error) && (error.code === '23505' || error.code === '40001')) return 'conflict';
				if (!(error instanceof Unreachable)) throw databaseFault(error);
				sent ||= error.sent;
				if (clock.steady() > until) throw appendFault(error, sent);
			}
			await pause(clock, next);
		}
	};

	const stops = new Set<() => void>();
	return {
		append,
		async pull(after) {
			const wait = mayPull - clock.steady();
			if (wait > 0) await pause(clock, wait);
			try {
				return await pull(after);
			} catch (error) {
				const fault = isAway(error);
				// A process that starts meanwhile goes on from what this host knows.
				if (fault.code === 'unreachable' && after.seq === 0 && known.length > 0) return known;
				throw fault;
			}
		},
		fault: () => away && awayFault(away.since, clock.now(), keptIn(folder), away.why),
		watch(changed) {
			const ends = [connection.listen(channelOf(id), changed), clock.every(pollMs, changed)];
			const stop = (): void => {
				stops.delete(stop);
				for (const end of ends) end();
			};
			stops.add(stop);
			return stop;
		},
		async close() {
			for (const stop of stops) stop();
		},
	};
}
