/*
The files of a cutover in a database, in chunks by path, version and byte offset: the same chunk again changes nothing, so that it
does not matter whose answer was lost. The version of a file that is written whole is its sha256; what only grows has none.
*/
import {constants, readSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Copies} from '../../cutover/ports.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {digestOf, digestOfOpen} from '../../disk/digest.ts';
import {ifExists} from '../../disk/fault.ts';
import {makeFolders, withFile} from '../../disk/file.ts';
import {kindOf, type RecordFile, recordFiles} from '../record-files.ts';
import type {Connection} from './connection.ts';
import {databaseFault} from './fault.ts';

/** Bytes of a chunk. */
const piece = 1 << 18;
/** Chunks of one answer. */
const most = 32;

const sizes = `select path, version, max(start + octet_length(bytes))::float8 as size
	from cutover.chunks where cutover = $1 group by path, version`;
const insert =
	'insert into cutover.chunks (cutover, path, version, start, bytes) values ($1, $2, $3, $4, $5) on conflict do nothing';
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

/** `folder`: of this host. */
export function postgresCopies(connection: Connection, id: string, folder: string): Copies {
	/** Bytes that are in the database, by path and version. */
	let sent: Map<string, number> | null = null;
	const seen = new Map<string, string>();

	const ask = async (text: string, values: readonly unknown[]) => {
		try {
			return (await connection.query(text, values)).rows;
		} catch (error) {
			throw databaseFault(error);
		}
	};

	const sendOne = async (known: Map<string, number>, {path, kind, size, trace}: RecordFile): Promise<void> => {
		if (kind === 'whole' && seen.get(path) === trace) return;
		const file = join(folder, path);
		const version = kind === 'growing' ? '' : versionOf(file);
		if (version === null) return;
		const key = `${path}\n${version}`;
		for (let from = known.get(key) ?? 0; from < size; ) {
			const bytes = ifExists(() => readPiece(file, from));
			if (bytes === null || bytes.length === 0) return;
			await ask(insert, [id, path, version, from, bytes]);
			from += bytes.length;
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

	return {
		async send() {
			if (sent === null) {
				const rows = await ask(sizes, [id]);
				sent = new Map(rows.map(({path, version, size}) => [`${path}\n${version}`, Number(size)]));
			}
			for (const file of recordFiles(folder)) await sendOne(sent, file);
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
