/*
The end of an attempt's log, read from the end of its file: as much as the panel shows costs the same whether the log has
a hundred lines or a million. While a log is beyond its head, the scribe writes its newest part beside it.
*/
import {closeSync, type FSWatcher, fstatSync, openSync, readSync, statSync, watch} from 'node:fs';
import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock, Tail} from '../../cutover/ports.ts';
import {ifPossible} from '../../disk/fault.ts';
import {readRegular} from '../../disk/file.ts';
import {attemptFolder, logPath} from '../../processes/folder.ts';

/*
Where every so many lines of a growing file begin, so that any of its lines is found without reading it from the start.
Only whole lines count: what has no line end yet is not there.
*/
const every = 256;
const chunkSize = 1 << 16;
const longestLine = 4096;

class LineIndex {
	readonly #file: Path;
	/** Offset of line 0, 256, 512, … */
	#offsets = [0];
	#lines = 0;
	/** Bytes looked through, up to the last line end. */
	#read = 0;

	constructor(file: Path) {
		this.#file = file;
	}

	#extend(descriptor: number): void {
		const {size} = fstatSync(descriptor);
		if (size < this.#read) {
			this.#offsets = [0];
			this.#lines = 0;
			this.#read = 0;
		}
		const chunk = Buffer.allocUnsafe(chunkSize);
		for (let at = this.#read; at < size; ) {
			const length = readSync(descriptor, chunk, 0, chunk.length, at);
			if (length === 0) return;
			for (let end = chunk.indexOf(0x0a); end >= 0 && end < length; end = chunk.indexOf(0x0a, end + 1)) {
				this.#lines++;
				this.#read = at + end + 1;
				if (this.#lines % every === 0) this.#offsets.push(this.#read);
			}
			at += length;
		}
	}

	#slice(descriptor: number, from: number, count: number): readonly string[] {
		const lines: string[] = [];
		let skip = from % every;
		let rest: Buffer = Buffer.alloc(0);
		const chunk = Buffer.allocUnsafe(chunkSize);
		for (let at = this.#offsets[Math.floor(from / every)] ?? this.#read; at < this.#read && lines.length < count; ) {
			const length = readSync(descriptor, chunk, 0, Math.min(chunk.length, this.#read - at), at);
			if (length === 0) break;
			at += length;
			rest = Buffer.concat([rest, chunk.subarray(0, length)]);
			let start = 0;
			for (let end = rest.indexOf(0x0a); end >= 0 && lines.length < count; end = rest.indexOf(0x0a, start)) {
				if (skip > 0) skip--;
				else lines.push(rest.toString('utf8', start, Math.min(end, start + longestLine)));
				start = end + 1;
			}
			rest = rest.subarray(start);
			// Of a line without an end in sight only its beginning is shown.
			if (rest.length > chunkSize) rest = rest.subarray(0, longestLine);
		}
		return lines;
	}

	/** Lines `from` (0-based) to `from + count`, each cut at 4 KiB, and how many there are in all. */
	read(from: number, count: number): {readonly lines: readonly string[]; readonly total: number} {
		const descriptor = ifPossible(() => openSync(this.#file, 'r'));
		if (descriptor === null) return {lines: [], total: 0};
		try {
			this.#extend(descriptor);
			return {
				lines: from >= this.#lines ? [] : this.#slice(descriptor, from, Math.min(count, this.#lines - from)),
				total: this.#lines,
			};
		} finally {
			closeSync(descriptor);
		}
	}
}

const poll = 250;
/** Between two looks at a log that grows: nobody reads faster. */
const least = 200;
const perRow = 256;
const most = 1 << 20;

const sizeOf = (file: Path): number => statSync(file, {throwIfNoEntry: false})?.size ?? 0;

function lastLinesIn(descriptor: number, size: number, rows: number): readonly string[] {
	for (let wanted = Math.max(rows * perRow, perRow); ; wanted *= 4) {
		const length = Math.min(size, wanted, most);
		const bytes = Buffer.alloc(length);
		const lines = bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, length, size - length)).split('\n');
		if (lines.at(-1) === '') lines.pop();
		const cut = length < size ? lines.shift() : undefined;
		if (lines.length >= rows || length === size || length === most) {
			// A bar of progress is one line for hours: its newest part stands for it.
			const shown = lines.length === 0 && cut !== undefined ? [cut.slice(-longestLine)] : lines;
			return shown.slice(-rows).map(line => line.slice(0, longestLine));
		}
	}
}

/** The last bytes of a file as whole lines, at most `rows`; the first bytes of a long line are cut. None of what is no file or cannot be read. */
export const lastLines = (file: Path, rows: number): readonly string[] =>
	ifPossible(() => readRegular(file, (descriptor, {size}) => lastLinesIn(descriptor, Number(size), rows))) ?? [];

/** The files that hold a log, oldest first: one, or its head and the newest of its end. */
function partsOf(log: Path): readonly Path[] {
	const tails = [`${log}.tail0`, `${log}.tail1`]
		.map(file => ({file, changed: statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? null}))
		.filter(({changed}) => changed !== null)
		.sort((a, b) => (a.changed ?? 0) - (b.changed ?? 0));
	return [log, ...tails.map(({file}) => file)];
}

function newest(log: Path, rows: number): readonly string[] {
	let lines: readonly string[] = [];
	for (const file of partsOf(log).toReversed()) {
		lines = [...lastLines(file, rows - lines.length), ...lines];
		if (lines.length >= rows) break;
	}
	return lines;
}

/** Null where the folder is not there yet: the next poll tries again. */
const listen = (folder: Path, look: () => void): FSWatcher | null =>
	ifPossible(() => {
		const watcher = watch(folder, look);
		return watcher.on('error', () => watcher.close());
	});

export function tailOf(folder: Path, clock: Clock): Tail {
	const indexes = new Map<Path, LineIndex>();
	const fileOf = (attempt: AttemptRef): Path => `${folder}/${logPath(attempt)}`;
	return {
		watch(attempt, rows, changed) {
			const log = fileOf(attempt);
			let before = -1;
			let watcher: FSWatcher | null = null;
			let stopWaiting: (() => void) | null = null;
			let looked = Number.NEGATIVE_INFINITY;
			// While it grows nobody listens: to hear of each write is work by itself.
			const lookSoon = (): void => {
				watcher?.close();
				watcher = null;
				stopWaiting ??= clock.after(Math.max(0, looked + least - clock.steady()), look);
			};
			const look = (): void => {
				stopWaiting?.();
				stopWaiting = null;
				looked = clock.steady();
				watcher ??= listen(attemptFolder(folder, attempt), lookSoon);
				const bytes = partsOf(log).reduce((sum, file) => sum + sizeOf(file), 0);
				if (bytes === before) return;
				before = bytes;
				changed(newest(log, rows), bytes);
			};
			const stopPolling = clock.every(poll, look);
			look();
			return () => {
				stopPolling();
				stopWaiting?.();
				watcher?.close();
			};
		},
		read(attempt, from, count) {
			const log = fileOf(attempt);
			const index = indexes.get(log) ?? new LineIndex(log);
			indexes.set(log, index);
			return index.read(from, count);
		},
	};
}
