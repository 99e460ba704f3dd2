/** The Node that goes into a binary. */

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {lastLine} from '../../source/text/error-text.ts';

type Lock = {readonly packages: Readonly<Record<string, {readonly version: string; readonly integrity?: string}>>};

/** Path of the Node that runs this, or, for another machine, of the one from npm. Throws where its sum is not the lockfile's. */
export function nodeFor(arch: string, folder: string): string {
	if (arch === process.arch) return process.execPath;
	const name = `node-linux-${arch}`;
	const {packages}: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
	const locked = packages[`node_modules/${name}`];
	if (locked?.integrity === undefined) throw new Error(`package-lock.json names no ${name}.`);
	const pack = ['pack', '--silent', '--pack-destination', folder, `${name}@${locked.version}`];
	const archive = join(folder, lastLine(execFileSync('npm', pack, {encoding: 'utf8'})));
	const [kind = '', sum] = locked.integrity.split(/-(.*)/s);
	if (createHash(kind).update(readFileSync(archive)).digest('base64') !== sum)
		throw new Error(`${name}@${locked.version} is not what package-lock.json names: its ${kind} is another.`);
	execFileSync('tar', ['-xzf', archive, '-C', folder]);
	return join(folder, 'package/bin/node');
}
