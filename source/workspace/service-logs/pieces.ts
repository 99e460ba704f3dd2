/*
Which pieces of a log were written since a mark, in order: the file that was marked, wherever rotation put it, then those
that began after it, then the file that is written now. A rotation that copies and cuts leaves the marked part in the copy.
*/
import {readdirSync, statSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Path} from '../../cutover/model/runbook.ts';
import {ifPossible} from '../../disk/fault.ts';
import type {LogMark} from './marks.ts';

/** `from`: bytes of it that are older than the mark, once it is unpacked. */
export type Piece = {readonly file: Path; readonly from: number; readonly packed: boolean};

type Found = {
	readonly file: Path;
	readonly inode: string;
	readonly size: number;
	readonly changed: number;
	readonly packed: boolean;
};

const packed = /\.gz$/;

function find(file: Path): Found | null {
	const found = statSync(file, {bigint: true, throwIfNoEntry: false});
	if (!found?.isFile()) return null;
	const {ino, size, mtimeNs} = found;
	return {file, inode: String(ino), size: Number(size), changed: Number(mtimeNs) / 1e6, packed: packed.test(file)};
}

/** `.1` is the newest of those that are counted; dates are in their names. */
const count = ({file}: Found): number => -Number(/\.(\d{1,3})(?:\.gz)?$/.exec(file)?.[1] ?? 0);

/** The time of a file is no finer than a tick of the kernel: then the names tell. */
const order = (a: Found, b: Found): number =>
	a.changed - b.changed || count(a) - count(b) || (a.file < b.file ? -1 : 1);

/** `orders.log.1`, `orders.log-20310308`, `orders-2031.log` of `orders.log`, oldest first. */
function rotated(file: Path): readonly Found[] {
	const name = basename(file);
	const [stem = name] = name.split('.');
	// With anything but a date or a number behind the stem it is the log of something else: `orders-worker.log`.
	const isDated = (other: string): boolean => other.startsWith(`${stem}-`) && /^\d/.test(other.slice(stem.length + 1));
	const isOf = (other: string): boolean =>
		other !== name && (other.startsWith(`${name}.`) || other.startsWith(`${name}-`) || isDated(other));
	return (ifPossible(() => readdirSync(dirname(file))) ?? [])
		.filter(isOf)
		.flatMap(other => find(join(dirname(file), other)) ?? [])
		.toSorted(order);
}

const whole = ({file, packed: isPacked}: Found, from = 0): Piece => ({file, from, packed: isPacked});

/** `startedAt` of the mark in real ms: a piece that was not changed since is none of it. */
export function piecesSince(file: Path, mark: LogMark | null, startedAt: number): readonly Piece[] {
	const now = find(file);
	if (mark === null) return now ? [whole(now)] : [];
	if (now?.inode === mark.inode && now.size >= mark.size) return [whole(now, mark.size)];
	const current = now ? [whole(now)] : [];
	const since = rotated(file).filter(({changed}) => changed >= startedAt - 1000);
	if (mark.inode === null) return [...since.map(each => whole(each)), ...current];
	const moved = since.findIndex(({inode}) => inode === mark.inode);
	// Neither moved nor still there: the oldest piece since is its copy, packed or not.
	const first = Math.max(0, moved);
	return [...since.slice(first).map((each, at) => whole(each, at === 0 ? mark.size : 0)), ...current];
}
