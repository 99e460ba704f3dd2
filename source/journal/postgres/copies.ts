/*
The files of a cutover in a database, in chunks by path and byte offset: the same chunk again changes nothing, so that it does not
matter whose answer was lost. Where to go on is asked of the database, once.
*/
import {constants, mkdirSync, readSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Copies} from '../../cutover/ports.ts';
import {replaceFile} from '../../disk/atomic-file.ts';
import {ifExists} from '../../disk/fault.ts';
import {withFile} from '../../disk/file.ts';
import {fitsName, isRecordFile, recordFiles} from '../record-files.ts';
import type {Connection} from './connection.ts';
import {databaseFault} from './fault.ts';

/** Bytes of a chunk. */
const piece = 1 << 18;
/** Chunks of one answer. */
const most = 64;

const sizes = `select path, max(start + octet_length(bytes))::float8 as size from cutover.chunks where cutover = $1 group by path`;
const insert = `insert into cutover.chunks (cutover, path, start, bytes) values ($1, $2, $3, $4) on conflict do nothing`;
const select = `select path, start::float8 as start, bytes from cutover.chunks
	where cutover = $1 and (path, start) > ($2, $3) order by path, start limit ${most}`;

const readPiece = (file: string, from: number): Buffer =>
	withFile(file, constants.O_RDONLY, fd => {
		const bytes = Buffer.allocUnsafe(piece);
		return bytes.subarray(0, readSync(fd, bytes, 0, piece, from));
	});

type Chunk = {readonly path: string; readonly start: number; readonly bytes: Buffer};

/** `folder`: of this host. */
export function postgresCopies(connection: Connection, id: string, folder: string): Copies {
	let sent: Map<string, number> | null = null;

	const ask = async (text: string, values: readonly unknown[]) => {
		try {
			return (await connection.query(text, values)).rows;
		} catch (error) {
			throw databaseFault(error);
		}
	};

	const sendOne = async (known: Map<string, number>, path: string, size: number): Promise<void> => {
		for (let from = known.get(path) ?? 0; from < size; ) {
			const bytes = ifExists(() => readPiece(join(folder, path), from));
			if (bytes === null || bytes.length === 0) return;
			await ask(insert, [id, path, from, bytes]);
			from += bytes.length;
			known.set(path, from);
		}
	};

	async function* chunks(): AsyncGenerator<Chunk> {
		let [path, start] = ['', -1];
		for (;;) {
			const rows = await ask(select, [id, path, start]);
			for (const row of rows) {
				[path, start] = [String(row['path']), Number(row['start'])];
				if (row['bytes'] instanceof Buffer) yield {path, start, bytes: row['bytes']};
			}
			if (rows.length < most) return;
		}
	}

	/** Chunks of one file, in order and without a hole; null where there is one. */
	const joined = (parts: readonly Chunk[]): Buffer | null => {
		let end = 0;
		for (const {start, bytes} of parts) {
			if (start !== end) return null;
			end += bytes.length;
		}
		return Buffer.concat(parts.map(({bytes}) => bytes));
	};

	return {
		async send() {
			sent ??= new Map((await ask(sizes, [id])).map(row => [String(row['path']), Number(row['size'])]));
			for (const {path, size} of recordFiles(folder)) await sendOne(sent, path, size);
		},
		async receive(target) {
			const wrong: string[] = [];
			const write = (parts: readonly Chunk[]): void => {
				const [first] = parts;
				// What the database says is not trusted to name a place outside of the folder.
				if (first === undefined || !isRecordFile(first.path)) return;
				const bytes = joined(parts);
				if (bytes === null || !fitsName(first.path, bytes)) {
					wrong.push(first.path);
					return;
				}
				const file = join(target, first.path);
				mkdirSync(dirname(file), {recursive: true, mode: 0o700});
				replaceFile(file, bytes);
			};
			let parts: Chunk[] = [];
			for await (const chunk of chunks()) {
				if (parts[0]?.path !== chunk.path) {
					write(parts);
					parts = [];
				}
				parts.push(chunk);
			}
			write(parts);
			return wrong;
		},
	};
}
