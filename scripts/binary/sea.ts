/** Node's single executable form of what the binary carries. */
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {brotliCompressSync, constants} from 'node:zlib';
import {build} from 'esbuild';
import {nodeFlags} from '../../source/processes/spawn.ts';
import type {Contents} from './contents.ts';

/** `node`: whose copy it becomes. `folder`: for what is only on the way. */
export type Parts = {
	readonly output: string;
	readonly node: string;
	readonly contents: Contents;
	readonly folder: string;
};

const packing = {params: {[constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24}};

/** Throws with what Node says where it cannot be made. */
export async function writeBinary({output, node, contents, folder}: Parts): Promise<void> {
	const {bytes, sizes, digest} = contents;
	const part = (name: string, content: string | Uint8Array): string => {
		const file = join(folder, name);
		writeFileSync(file, content);
		return file;
	};
	const assets = {
		contents: part('contents', JSON.stringify({digest, sizes})),
		program: part('program', brotliCompressSync(bytes, packing)),
	};
	const main = join(folder, 'main.cjs');
	await build({
		entryPoints: ['scripts/binary/main.cjs'],
		outfile: main,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		legalComments: 'none',
	});
	const config = {
		main,
		output,
		executable: node,
		disableExperimentalSEAWarning: true,
		execArgv: nodeFlags,
		execArgvExtension: 'none',
		assets,
	};
	const made = spawnSync(process.execPath, ['--build-sea', part('sea.json', JSON.stringify(config))], {
		encoding: 'utf8',
	});
	if (made.status !== 0 || !existsSync(output))
		throw new Error(`Node cannot make the binary: ${made.stderr}${made.stdout}`);
	chmodSync(output, 0o755);
}
