/** The single binary as it is given to operators, made once for a file of tests, and a machine that has no Node. */
import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {Ending} from '../operator.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `npm run build -- --binary`; answers the folder of what it made. */
export async function made(): Promise<string> {
	await promisify(execFile)('npm', ['run', '--silent', 'build', '--', '--binary'], {cwd: root});
	return join(root, 'dist-binary');
}

const ofNode = /^(?:node|nodejs|npm|npx|corepack)$/;

/** A PATH with all programs of this machine but Node and what comes with it. */
export function pathWithoutNode(ending: Ending): string {
	const folder = mkdtempSync(join(tmpdir(), 'path-'));
	ending.after(() => rmSync(folder, {recursive: true, force: true}));
	const seen = new Set<string>();
	for (const place of ['/usr/local/bin', '/usr/bin', '/bin', ...(process.env['PATH'] ?? '').split(':')])
		for (const name of namesIn(place)) {
			if (ofNode.test(name) || seen.has(name)) continue;
			seen.add(name);
			symlinkSync(join(place, name), join(folder, name));
		}
	return folder;
}

function namesIn(place: string): readonly string[] {
	try {
		return readdirSync(place);
	} catch {
		return [];
	}
}
