/** What the binary carries: the files of the npm package, one after the other. */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, statSync} from 'node:fs';

/** Loads the entry of a process that the program starts; on the disk, where `import` is what it always is. */
const entryLoader = "'use strict';\nvoid import(process.argv[1]);\n";

/** The bytes of all files; `sizes` says where each ends. */
export type Contents = {
	readonly bytes: Buffer;
	readonly sizes: Readonly<Record<string, number>>;
	readonly digest: string;
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Maps and types are for those who develop, and what V8 compiled for this machine for no other one. A pattern would pass
 * over names with a dot, such as the sample's .github.
 */
const isLeftOut = (name: string, arch: string): boolean =>
	/\.map$|^dist\/(?:\.made-of$|types\/)/.test(name) || (name.endsWith('.code') && !name.includes(`-${arch}-`));

/** Of the build in `dist`, which is a fresh one. `arch` of the machine that it is for. */
export function contentsOf(arch: string): Contents {
	const inDist = readdirSync('dist', {recursive: true, encoding: 'utf8'}).map(name => `dist/${name}`);
	const inBin = readdirSync('bin').map(name => `bin/${name}`);
	const names = [...inBin, ...inDist, 'package.json'].filter(name => !isLeftOut(name, arch) && statSync(name).isFile());
	const files = new Map(names.toSorted().map(name => [name, readFileSync(name)]));
	files.set('bin/entry.cjs', Buffer.from(entryLoader));
	const bytes = Buffer.concat([...files.values()]);
	const sizes = Object.fromEntries([...files].map(([name, {length}]) => [name, length]));
	return {bytes, sizes, digest: sha256(Buffer.concat([Buffer.from(JSON.stringify(sizes)), bytes])).slice(0, 32)};
}
