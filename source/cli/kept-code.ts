/*
Runs the program, a bundle of one file, with what V8 compiled of it before: that halves the time to the first frame and that
of `check`, and takes a third off that of other commands. Node's own cache keeps what is compiled as a file is read; this one,
made once a screen is there or a command is done, what was called until then.
The build leaves it beside the bundle for its own Node; for any other the program keeps its own in a folder of the account.
*/
import {readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {Script} from 'node:vm';

/** Bytes of the sha256 before the code. */
const head = 32;

const named = /^(?:screen|check|command)-.*\.code$/;

/** What it is run for: each calls another part of it. */
export type Use = 'screen' | 'check' | 'command';

const digestOf = (code: Uint8Array): Buffer =>
	process.getBuiltinModule('node:crypto').createHash('sha256').update(code).digest();

/** The build writes the digest of a bundle into its first line. */
const digestIn = (source: string): string => /^\/\/ ([\da-f]{64})\n/.exec(source)?.[1] ?? '';

const fileOf = (digest: string, use: Use): string => `${use}-${process.version}-${process.arch}-${digest}.code`;

/** What V8 compiles of this bundle on this Node is kept under this name. `file`: as in `runKept`. */
export const keptName = (file: string, use: Use = 'screen'): string =>
	fileOf(digestIn(readFileSync(file, 'utf8')), use);

/** Undefined where there is none, or it is not as it was written. */
function read(file: string): Buffer | undefined {
	try {
		const bytes = readFileSync(file);
		const code = bytes.subarray(head);
		return digestOf(code).equals(bytes.subarray(0, head)) ? code : undefined;
	} catch {
		return undefined;
	}
}

/** What is kept of other bundles goes. Whoever has no room, or may not write, starts slowly. */
function keep(folder: string, file: string, digest: string, code: Buffer): void {
	const aside = `${file}.${process.pid}`;
	try {
		writeFileSync(aside, Buffer.concat([digestOf(code), code]), {flag: 'wx', mode: 0o600});
		renameSync(aside, file);
		for (const name of readdirSync(folder))
			if (named.test(name) && !name.includes(digest)) rmSync(join(folder, name), {force: true});
	} catch {
		try {
			rmSync(aside, {force: true});
		} catch {
			// Half a file is not read by this name.
		}
	}
}

/** A bundle that was run. */
export type Run = {
	readonly exports: Readonly<Record<string, unknown>>;
	/** Its compiled code was there, and is what ran. */
	readonly isKept: boolean;
	/** Keeps what was compiled until now for the next time, where nothing is kept yet. */
	keep(): void;
};

/** `file`: the bundle, CommonJS within its function, as Node puts it around a file. `folder`: of this account alone; null where there is none, and nothing is kept then. */
export function runKept(file: string, folder: string | null, use: Use = 'screen'): Run {
	const source = readFileSync(file, 'utf8');
	const digest = digestIn(source);
	const name = fileOf(digest, use);
	const kept = folder === null ? null : join(folder, name);
	// Its own first: it was made because that of the build was not taken.
	const cachedData = (kept === null ? undefined : read(kept)) ?? read(join(dirname(file), name));
	const script = new Script(source, {
		filename: file,
		...(cachedData === undefined ? {} : {cachedData}),
	});
	const module = {exports: {}};
	script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
	const isKept = cachedData !== undefined && script.cachedDataRejected !== true;
	return {
		exports: module.exports,
		isKept,
		keep() {
			if (folder !== null && kept !== null && !isKept) keep(folder, kept, digest, script.createCachedData());
		},
	};
}
