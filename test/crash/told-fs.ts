/*
node:fs for a writer that cannot be traced from outside: the same functions, each call told in a file. It can fail at the Nth
call, or wait there until a file stands, for another process to act meanwhile.
*/
import {Buffer} from 'node:buffer';
import * as fs from 'node:fs';
import process from 'node:process';

export * from 'node:fs';

const {CRASH_TOLD: told = '', CRASH_FAIL: fail = '', CRASH_WAIT: wait = ''} = process.env;
const [failing, code = ''] = fail.split(' ');
const [waiting, snapshot = ''] = wait.split(' ');
const root = process.argv[2] ?? '';
let count = 0;

const tell = (call: object): void => fs.appendFileSync(told, `${JSON.stringify(call)}\n`);

/** Counts, waits, fails where that was asked for. */
function reach(fails: object | null): void {
	count++;
	if (String(count) === waiting) {
		fs.writeFileSync(`${snapshot}.reached`, '');
		while (!fs.existsSync(snapshot)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
	}
	if (String(count) !== failing) return;
	if (fails !== null) tell(fails);
	throw Object.assign(new Error(`${code}: made to fail`), {code, syscall: 'told'});
}

const mine = (path: fs.PathLike): boolean => String(path).startsWith(root);

const ours = new Set<number>();

export function openSync(path: fs.PathLike, flags: fs.OpenMode = 'r', mode?: fs.Mode): number {
	if (!mine(path)) return fs.openSync(path, flags, mode);
	const {O_TRUNC, O_APPEND, O_CREAT} = fs.constants;
	const has = (bit: number, letter: string): boolean =>
		typeof flags === 'number' ? (flags & bit) !== 0 : flags.startsWith(letter);
	const create = has(O_CREAT, 'w');
	// Only what succeeds is counted, so that a number names the same call in each run.
	if (!create && !fs.existsSync(path)) return fs.openSync(path, flags, mode);
	reach(null);
	const fd = fs.openSync(path, flags, mode);
	ours.add(fd);
	const truncate = flags === 'w' || (typeof flags === 'number' && (flags & O_TRUNC) !== 0);
	tell({call: 'open', path, fd, flags: {create, truncate, append: has(O_APPEND, 'a')}});
	return fd;
}

export function writeSync(fd: number, data: string | Uint8Array, from = 0): number {
	const bytes = Buffer.from(data as Uint8Array).subarray(from);
	const what = fd === 1 ? /^ack (.*)\n$/.exec(bytes.toString())?.[1] : undefined;
	if (!ours.has(fd) && what === undefined) return fs.writeSync(fd, bytes);
	if (what === undefined) reach(null);
	const written = fs.writeSync(fd, bytes);
	tell(
		what === undefined
			? {call: 'write', fd, bytes: bytes.subarray(0, written).toString('base64')}
			: {call: 'acknowledge', what},
	);
	return written;
}

const syncing =
	(sync: (fd: number) => void) =>
	(fd: number): void => {
		reach({call: 'sync', fd, done: false});
		sync(fd);
		tell({call: 'sync', fd, done: true});
	};

export const fsyncSync = syncing(fs.fsyncSync);
export const fdatasyncSync = syncing(fs.fdatasyncSync);

export function ftruncateSync(fd: number, size = 0): void {
	reach(null);
	fs.ftruncateSync(fd, size);
	tell({call: 'truncate', fd, size});
}

export function closeSync(fd: number): void {
	const mine = ours.delete(fd);
	if (mine) reach(null);
	fs.closeSync(fd);
	if (mine) tell({call: 'close', fd});
}

export function renameSync(from: string, to: string): void {
	reach(null);
	fs.renameSync(from, to);
	tell({call: 'rename', from, to});
}

export function linkSync(from: string, to: string): void {
	reach(null);
	fs.linkSync(from, to);
	tell({call: 'link', from, to});
}

export function rmSync(path: string, options?: fs.RmOptions): void {
	const there = fs.existsSync(path);
	if (there) reach(null);
	fs.rmSync(path, options);
	if (there) tell({call: 'unlink', path});
}

export function mkdirSync(path: string, options?: fs.MakeDirectoryOptions): string | undefined {
	const missing: string[] = [];
	for (let at = path; !fs.existsSync(at); at = at.slice(0, at.lastIndexOf('/'))) missing.unshift(at);
	if (missing.length > 0) reach(null);
	const made = fs.mkdirSync(path, options);
	for (const folder of missing) tell({call: 'mkdir', path: folder});
	return made;
}
