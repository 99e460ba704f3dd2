/*
The journal of one cutover in a database. An answer that is lost is settled by sending the same entries at the same head again
before anything else is tried: `stored` then says that they are recorded, `conflict` that they are not and never will be.
*/
import {hash} from 'node:crypto';
import {join} from 'node:path';
import {type Clock, type Entry, type Head, type Store, StoreFault} from '../../cutover/ports.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {follows, format, headOf, origin, read} from '../entry.ts';
import {type Connection, isAnswer, Unreachable} from './connection.ts';
import {appendFault, databaseFault, divergedFault} from './fault.ts';

const pollMs = 1000;
const patienceMs = 10_000;
const firstPauseMs = 50;
const longestPauseMs = 1000;
/** Entries of one answer. */
const most = 1000;

const channelOf = (id: string): string => `cutover_${hash('sha256', id).slice(0, 32)}`;

const behind = `
	select $2::bigint = 0 or exists (select from cutover.entries where cutover = $1 and seq = $2 and hash = $3) as known,
		(select string_agg(line, E'\\n' order by seq) from (
			select seq, line from cutover.entries where cutover = $1 and seq > $2 order by seq limit ${most}
		) as newer) as lines`;

/** In one message of one hexadecimal literal: nothing needs to be escaped, and no half of it can be stored. */
const appending = (id: string, {seq, hash: known}: Head, entries: readonly Entry[]): string => {
	const text = (value: string): string =>
		`convert_from(decode('${Buffer.from(value).toString('hex')}', 'hex'), 'UTF8')`;
	const lines =
		entries.length === 0 ? "'{}'::text[]" : `string_to_array(${text(entries.map(format).join('\n'))}, E'\\n')`;
	return `select cutover.append(${text(id)}, ${seq}, '${known}', ${lines}) as answer`;
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
	/** Where entries are kept that the database lost. */
	readonly folder: string;
};

export function postgresStore({connection, id, clock, folder}: PostgresStore): Store {
	/** What was read from here, in order: what shows that the database lost some of it. */
	let known: readonly Entry[] = [];

	const remember = (entries: readonly Entry[]): void => {
		const [first] = entries;
		if (first !== undefined && follows(first, known.at(-1) ?? origin)) known = [...known, ...entries];
	};

	const page = async ({seq, hash: at}: Head): Promise<{readonly known: boolean; readonly lines: string | null}> => {
		const {rows} = await connection.query(behind, [id, seq, at]);
		const [row] = rows;
		return {known: row?.['known'] === true, lines: typeof row?.['lines'] === 'string' ? row['lines'] : null};
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
		const [first, last] = [lost[0]?.seq ?? 0, lost.at(-1)?.seq ?? 0];
		const file = join(folder, `journal.lost-${first}-${lost.at(-1)?.hash.slice(0, 12) ?? ''}.ndjson`);
		try {
			replaceFile(file, Buffer.from(lost.map(entry => `${format(entry)}\n`).join('')));
			return divergedFault(first, last, file);
		} catch {
			return divergedFault(first, last, null);
		}
	};

	const pull = async (after: Head): Promise<readonly Entry[]> => {
		const entries = await all(after);
		if (entries === null) throw await diverged();
		if (after.seq === 0 && known.length === 0) known = entries;
		else remember(entries);
		return entries;
	};

	/** One try; null where the answer is not known. */
	const tryOnce = async (at: Head, entries: readonly Entry[]): Promise<string> => {
		const {rows, notices} = await connection.query(appending(id, at, entries));
		// It is stored here, and whether on the standby is not known: asked again, the server waits for that again.
		if (notices.includes('SyncRepWaitForLSN')) throw new Unreachable('the standby did not confirm', true);
		return String(rows[0]?.['answer']);
	};

	const append = async (at: Head, entries: readonly Entry[]): Promise<'stored' | 'conflict'> => {
		const until = clock.steady() + patienceMs;
		let sent = false;
		for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
			try {
				const answer = await tryOnce(at, entries);
				if (answer === 'diverged') throw await diverged();
				if (answer !== 'stored') return 'conflict';
				remember(entries);
				return 'stored';
			} catch (error) {
				if (isAnswer(error) && (error.code === '23505' || error.code === '40001')) return 'conflict';
				if (!(error instanceof Unreachable)) throw databaseFault(error);
				sent ||= error.sent;
				if (clock.steady() > until) throw appendFault(error, sent);
			}
			await new Promise<void>(done => void clock.after(pause, done));
		}
	};

	const stops = new Set<() => void>();
	return {
		append,
		pull: after =>
			pull(after).catch((error: unknown) => {
				throw databaseFault(error);
			}),
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
