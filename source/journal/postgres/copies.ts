/*
The files of a cutover in a database, in chunks by path, version and byte offset: the same chunk again changes nothing, so that it
does not matter whose answer was lost. The version of a file that is written whole is its sha256; what only grows has none.
*/
import {constants, ftruncateSync, readSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Copies} from '../../cutover/store.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {digestOf, digestOfOpen} from '../../disk/digest.ts';
import {ifExists} from '../../disk/fault.ts';
import {makeFolders, readFrom, withFile, writeAll} from '../../disk/file.ts';
import {kindOf, type RecordFile, recordFiles, samplesPath} from '../record-files.ts';
import type {Connection} from './connection.ts';
import {rowsOf} from './fault.ts';

/** Bytes of a chunk. */
const piece = 1 << 18;
/** Chunks of one answer. */
const most = 32;

const sizes = `select path, version, max(start + octet_length(bytes))::float8 as size
	from cutover.chunks where cutover = $1 group by path, version`;
const sizeOf = `select coalesce(max(start + octet_length(bytes)), 0)::float8 as size
	from cutover.chunks where cutover = $1 and path = $2 and version = $3`;
/** Only behind what is there: a server that was promoted may lack what another one had. */
const insert = `insert into cutover.chunks (cutover, path, version, start, bytes)
	select $1, $2, $3, $4::bigint, $5 where $4::bigint = coalesce(
		(select start + octet_length(bytes) from cutover.chunks where cutover = $1 and path = $2 and version = $3 order by start desc limit 1), 0)
	on conflict do nothing returning start`;
/** What was stored since; a transaction may last 15 s, and is seen only then. */
const since = `select path, version, max(start + octet_length(bytes))::float8 as size, extract(epoch from max(stored))::float8 as stored
	from cutover.chunks where cutover = $1 and stored > to_timestamp($2) - interval '20 s' group by path, version order by stored`;
/** From the chunk on that holds the byte $4. */
const piecesOf = `select start::float8 as start, bytes from cutover.chunks
	where cutover = $1 and path = $2 and version = $3 and start >= coalesce(
		(select max(start) from cutover.chunks where cutover = $1 and path = $2 and version = $3 and start <= $4::bigint), 0)
	order by start limit ${most}`;
const select = `select path, version, start::float8 as start, bytes, extract(epoch from stored)::float8 as stored
	from cutover.chunks where cutover = $1 and (path, version, start) > ($2, $3, $4)
	order by path, version, start limit ${most}`;

const readPiece = (file: string, from: number): Buffer =>
	withFile(file, constants.O_RDONLY, fd => {
		const bytes = Buffer.allocUnsafe(piece);
		return bytes.subarray(0, readSync(fd, bytes, 0, piece, from));
	});

const versionOf = (file: string): string | null =>
	ifExists(() => withFile(file, constants.O_RDONLY, fd => digestOfOpen(fd).sha256));

type Chunk = {
	readonly path: string;
	readonly version: string;
	readonly start: number;
	readonly bytes: Buffer;
	readonly stored: number;
};

/** The whole of one version; null where a chunk is missing or the bytes are others. */
function joined(parts: readonly Chunk[]): Buffer | null {
	let end = 0;
	for (const {start, bytes} of parts) {
		if (start !== end) return null;
		end += bytes.length;
	}
	const whole = Buffer.concat(parts.map(({bytes}) => bytes));
	const version = parts[0]?.version ?? '';
	return version === '' || digestOf(whole) === `sha256:${version}` ? whole : null;
}

/** Versions of one file -> the chunks of the one that was sent last. */
function newest(chunks: readonly Chunk[]): readonly Chunk[] {
	const last = chunks.reduce((best, chunk) => (chunk.stored > best.stored ? chunk : best));
	return chunks.filter(({version}) => version === last.version);
}

/** `folder`: of this host. `leads`: whether this process holds the lease; who does writes the samples of all. */
export function postgresCopies(connection: Connection, id: string, folder: string, leads: () => boolean): Copies {
	let followed: number | null = null;
	const got = new Set<string>();
	/** Bytes that are in the database, by path and version. */
	let sent: Map<string, number> | null = null;
	/** Which connection that was asked over. */
	let count = 0;
	const seen = new Map<string, string>();

	const ask = (text: string, values: readonly unknown[]) => rowsOf(connection, text, values);

	/** Asked again over each new connection: a standby that was promoted may lack what the server before it had. */
	const known = async (): Promise<Map<string, number>> => {
		if (sent === null || count !== connection.count()) {
			const rows = await ask(sizes, [id]);
			count = connection.count();
			seen.clear();
			sent = new Map(rows.map(({path, version, size}) => [`${path}\n${version}`, Number(size)]));
		}
		return sent;
	};

	const sendOne = async (known: Map<string, number>, {path, kind, size, trace}: RecordFile): Promise<void> => {
		if (kind === 'whole' && seen.get(path) === trace) return;
		if (path === samplesPath && !leads()) return;
		const file = join(folder, path);
		const version = kind === 'growing' ? '' : versionOf(file);
		if (version === null) return;
		const key = `${path}\n${version}`;
		for (let from = known.get(key) ?? 0; from < size; ) {
			const bytes = ifExists(() => readPiece(file, from));
			if (bytes === null || bytes.length === 0) return;
			const [mine] = await ask(insert, [id, path, version, from, bytes]);
			// Somebody else wrote there, or this did and its answer was lost, or what was there is gone.
			const [found] = mine === undefined ? await ask(sizeOf, [id, path, version]) : [];
			from = found === undefined ? from + bytes.length : Number(found['size']);
			known.set(key, from);
		}
		seen.set(path, trace);
	};

	async function* files(): AsyncGenerator<readonly Chunk[]> {
		let place: readonly [path: string, version: string, start: number] = ['', '', -1];
		let chunks: Chunk[] = [];
		for (;;) {
			const rows = await ask(select, [id, ...place]);
			for (const {path, version, start, bytes, stored} of rows) {
				if (!(bytes instanceof Buffer)) continue;
				const chunk = {
					path: String(path),
					version: String(version),
					start: Number(start),
					bytes,
					stored: Number(stored),
				};
				if (chunks.length > 0 && chunks[0]?.path !== chunk.path) {
					yield chunks;
					chunks = [];
				}
				chunks.push(chunk);
				place = [chunk.path, chunk.version, chunk.start];
			}
			if (rows.length < most) break;
		}
		if (chunks.length > 0) yield chunks;
	}

	/** Bytes of one version from an offset on, as far as they are whole. */
	async function* bytesFrom(path: string, version: string, offset: number): AsyncGenerator<Buffer> {
		for (let end = offset; ; ) {
			const rows = await ask(piecesOf, [id, path, version, end]);
			const before = end;
			for (const {start, bytes} of rows) {
				if (!(bytes instanceof Buffer) || Number(start) > end) return;
				const fresh = bytes.subarray(end - Number(start));
				if (fresh.length === 0) continue;
				yield fresh;
				end += fresh.length;
			}
			if (end === before) return;
		}
	}

	const grow = async (path: string): Promise<void> => {
		const file = join(folder, path);
		makeFolders(dirname(file));
		let end = ifExists(() => statSync(file).size) ?? 0;
		for await (const bytes of bytesFrom(path, '', end)) {
			// At its place, not at the end: another process of this host may have written the same bytes there meanwhile.
			withFile(file, constants.O_WRONLY | constants.O_CREAT, fd => writeAll(fd, bytes, end));
			end += bytes.length;
		}
	};

	const replace = async (path: string, version: string): Promise<void> => {
		const file = join(folder, path);
		if (versionOf(file) === version) return;
		const parts: Buffer[] = [];
		for await (const bytes of bytesFrom(path, version, 0)) parts.push(bytes);
		const whole = Buffer.concat(parts);
		if (digestOf(whole) !== `sha256:${version}`) return;
		makeFolders(dirname(file));
		replaceFile(file, whole);
	};

	/** A host that no longer leads has samples that nobody else has: they count for nothing, and are kept beside. */
	const cutSamples = (to: number): void => {
		const file = join(folder, samplesPath);
		const rest = ifExists(() => withFile(file, constants.O_RDONLY, fd => readFrom(fd, to)));
		if (rest === null || rest.length === 0) return;
		replaceFile(join(folder, 'probes', `apart-${to}.ndjson`), rest);
		withFile(file, constants.O_WRONLY, fd => ftruncateSync(fd, to));
	};

	return {
		async send() {
			const all = await known();
			for (const file of recordFiles(folder)) await sendOne(all, file);
		},
		async follow() {
			if (!leads()) cutSamples((await known()).get(`${samplesPath}\n`) ?? 0);
			const rows = await ask(since, [id, followed ?? 0]);
			for (const {path: at, version: of, size} of rows) {
				const [path, version] = [String(at), String(of)];
				const kind = kindOf(path);
				if (kind === 'growing') {
					if ((ifExists(() => statSync(join(folder, path)).size) ?? 0) < Number(size)) await grow(path);
					(await known()).set(`${path}\n`, Number(size));
				} else if (kind === 'whole' && !got.has(`${path}\n${version}`)) {
					await replace(path, version);
					got.add(`${path}\n${version}`);
				}
			}
			followed = Number(rows.at(-1)?.['stored'] ?? followed ?? 0);
		},
		async receive(target) {
			const wrong: string[] = [];
			for await (const chunks of files()) {
				const path = chunks[0]?.path ?? '';
				// What the database says is not trusted to name a place outside of the folder.
				if (kindOf(path) === null) continue;
				const bytes = joined(newest(chunks));
				if (bytes === null) wrong.push(path);
				else {
					makeFolders(join(target, dirname(path)));
					replaceFile(join(target, path), bytes);
				}
			}
			return wrong;
		},
	};
}
