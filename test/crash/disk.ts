/*
What a disk may hold after the power went. Bytes last from their file's fsync, names from their folder's; what was written
since may be there in part, or its length without its bytes. After a failed fsync the bytes count as written in memory and are
not on the disk: the next fsync says that all is well, and they are zeros.
*/
import {Buffer} from 'node:buffer';
import {lstatSync, readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join, relative} from 'node:path';
import type {Call} from './calls.ts';

type Range = readonly [from: number, to: number];

class File {
	cache: Buffer;
	disk: Buffer;
	dirty: Range[] = [];
	constructor(bytes: Buffer = Buffer.alloc(0)) {
		this.cache = bytes;
		this.disk = bytes;
	}

	write(at: number, bytes: Buffer): void {
		const grown = Buffer.alloc(Math.max(this.cache.length, at + bytes.length));
		this.cache.copy(grown);
		bytes.copy(grown, at);
		this.cache = grown;
		this.dirty.push([at, at + bytes.length]);
	}

	truncate(size: number): void {
		const cut = Buffer.alloc(size);
		this.cache.copy(cut);
		this.cache = cut;
		this.dirty = this.dirty.map(([from, to]) => [Math.min(from, size), Math.min(to, size)]);
	}

	/** What reaches the disk if these ranges do; `size`: of the file then. */
	written(ranges: readonly Range[], size: number = this.cache.length): Buffer {
		const bytes = Buffer.alloc(size);
		this.disk.copy(bytes);
		for (const [from, to] of ranges) this.cache.copy(bytes, from, from, to);
		return bytes;
	}

	sync(done: boolean): void {
		if (done) this.disk = this.written(this.dirty);
		this.dirty = [];
	}
}

class Folder {
	names = new Map<string, Node>();
	lasting = new Map<string, Node>();
}

type Node = File | Folder;

/** Content by path below the root; null: a folder. */
export type Tree = ReadonlyMap<string, Buffer | null>;

type Handle = {readonly node: Node; readonly append: boolean; at: number};

const load = (path: string): Node => {
	if (!lstatSync(path).isDirectory()) return new File(readFileSync(path));
	const folder = new Folder();
	for (const name of readdirSync(path)) folder.names.set(name, load(join(path, name)));
	folder.lasting = new Map(folder.names);
	return folder;
};

function grow(
	tree: Map<string, Buffer | null>,
	path: string,
	folder: Folder,
	names: 'names' | 'lasting',
	content: (file: File) => Buffer,
): void {
	for (const [name, node] of folder[names]) {
		const at = join(path, name);
		tree.set(at, node instanceof File ? content(node) : null);
		if (node instanceof Folder) grow(tree, at, node, names, content);
	}
}

/** Parts of a write that may have reached the disk, and its length alone. */
function torn(file: File): readonly Buffer[] {
	const last = file.dirty.at(-1);
	if (last === undefined || last[0] === last[1]) return [];
	const before = file.dirty.slice(0, -1);
	const [from, to] = last;
	const half = (from + to) >> 1;
	const upTo = (end: number): Buffer => file.written([...before, [from, end]], Math.max(end, file.disk.length));
	const holes: readonly (readonly Range[])[] = [[], [[from, half]], [[half, to]]];
	return [
		upTo(from + 1),
		upTo(half),
		upTo(to - 1),
		upTo(to),
		...holes.map(there => file.written([...before, ...there])),
	];
}

export class Disk {
	readonly #path: string;
	readonly #root: Folder;
	readonly #open = new Map<number, Handle>();
	#newest: File | null = null;

	/** `before`: a folder whose content lasts already; `root`: what it was called when the calls were made. */
	constructor(before: string, root: string) {
		const node = load(before);
		if (node instanceof File) throw new TypeError(`Not a folder: ${before}`);
		this.#root = node;
		this.#path = root;
	}

	#find(path: string): Node | undefined {
		const parts = relative(this.#path, path)
			.split('/')
			.filter(part => part !== '');
		return parts.reduce<Node | undefined>(
			(node, part) => (node instanceof Folder ? node.names.get(part) : undefined),
			this.#root,
		);
	}

	#parent(path: string): Folder {
		const node = this.#find(dirname(path));
		if (!(node instanceof Folder)) throw new Error(`The model knows no folder for ${path}.`);
		return node;
	}

	#name(path: string, node: Node): void {
		this.#parent(path).names.set(basename(path), node);
	}

	apply(call: Call): void {
		switch (call.call) {
			case 'open': {
				const known = this.#find(call.path);
				const node = known ?? new File();
				if (known === undefined) this.#name(call.path, node);
				if (call.flags.truncate && node instanceof File) node.truncate(0);
				this.#open.set(call.fd, {node, append: call.flags.append, at: 0});
				return;
			}
			case 'write': {
				const handle = this.#open.get(call.fd);
				if (!(handle?.node instanceof File)) return;
				const at = handle.append ? handle.node.cache.length : handle.at;
				handle.node.write(at, call.bytes);
				handle.at = at + call.bytes.length;
				this.#newest = handle.node;
				return;
			}
			case 'sync': {
				const node = this.#open.get(call.fd)?.node;
				if (node instanceof File) node.sync(call.done);
				else if (node && call.done) node.lasting = new Map(node.names);
				return;
			}
			case 'truncate': {
				const node = this.#open.get(call.fd)?.node;
				if (node instanceof File) node.truncate(call.size);
				return;
			}
			case 'close':
				this.#open.delete(call.fd);
				return;
			case 'rename':
			case 'link': {
				const node = this.#find(call.from);
				if (node === undefined) throw new Error(`The model knows no ${call.from}.`);
				this.#name(call.to, node);
				if (call.call === 'rename') this.#parent(call.from).names.delete(basename(call.from));
				return;
			}
			case 'unlink':
				this.#parent(call.path).names.delete(basename(call.path));
				return;
			case 'mkdir':
				this.#name(call.path, new Folder());
				return;
			case 'acknowledge':
				return;
		}
	}

	/** All that may be found if the power goes now, and what a kill alone leaves. */
	*states(): Generator<Tree> {
		const newest = this.#newest;
		for (const names of ['lasting', 'names'] as const) {
			const contents: ((file: File) => Buffer)[] = [file => file.disk, file => file.cache];
			for (const bytes of newest === null ? [] : torn(newest))
				contents.push(file => (file === newest ? bytes : file.disk));
			for (const content of contents) {
				const tree = new Map<string, Buffer | null>();
				grow(tree, '', this.#root, names, content);
				yield tree;
			}
		}
	}
}
