/**
 * A build is stale when the bytes it was made of are no longer those of the tree. Contents and not times, because
 * git sets times as it likes; it takes a few milliseconds for a few hundred small files.
 */
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {root, run} from './run.mjs';

const madeOf = [
	'cli.tsx',
	'source',
	'playbooks',
	'samples',
	'scripts/build.ts',
	'scripts/build',
	'scripts/sandbox.ts',
	'scripts/sandbox',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
];

function files(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap(name => files(join(path, name)));
}

/** The sha256 of everything the build reads, as hex. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of madeOf.flatMap(path => files(join(root, path)))) {
		hash
			.update(`${file.slice(root.length)}\0`)
			.update(readFileSync(file))
			.update('\0');
	}
	return hash.digest('hex');
}

const stamp = `${root}dist/.made-of`;

export function isBuilt() {
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/**
 * Builds and remembers of what: taken before, so that an edit meanwhile makes the build stale. `--fresh` leaves nothing
 * of earlier builds. Throws where the build fails.
 */
export async function build(...options) {
	process.stderr.write('Building …\n');
	const before = fingerprint();
	const ended = await run([`${root}scripts/build.ts`, ...options], {
		stdio: ['ignore', 2, 2],
		env: {...process.env, BUILT_OF: before},
	});
	if (ended.code !== 0) throw new Error('The build failed.');
	writeFileSync(stamp, before);
	return ended;
}
