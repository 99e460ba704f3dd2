/*
The commit that a workspace stands at, for all of it or for some paths. Git is asked only when something that decides
the answer has changed: HEAD, the branch that it names, or the packed refs.
*/
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Path} from '../cutover/model/runbook.ts';

type Folders = {readonly own: Path; readonly common: Path};

const patience = 5000;

/** What git says, without its line end; null where it says no. */
function ask(workspace: Path, args: readonly string[]): string | null {
	const env = {PATH: process.env['PATH'], HOME: process.env['HOME'], LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0'};
	const {status, stdout} = spawnSync('git', ['-C', workspace, ...args], {
		encoding: 'utf8',
		timeout: patience,
		env,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return status === 0 ? stdout.trim() : null;
}

function foldersOf(workspace: Path): Folders | null {
	const [own, common] =
		ask(workspace, ['rev-parse', '--absolute-git-dir', '--path-format=absolute', '--git-common-dir'])?.split('\n') ??
		[];
	return own === undefined || common === undefined ? null : {own, common};
}

function trace(file: Path): string {
	const found = statSync(file, {bigint: true, throwIfNoEntry: false});
	return found ? `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}` : '-';
}

/** Changes whenever HEAD may stand elsewhere; null where that cannot be told from files. */
function fingerprint({own, common}: Folders): string | null {
	if (existsSync(join(common, 'reftable'))) return null;
	try {
		const head = readFileSync(join(own, 'HEAD'), 'utf8').trim();
		const branch = head.startsWith('ref: ') ? head.slice(5) : '';
		return [head, branch === '' ? '' : trace(join(common, branch)), trace(join(common, 'packed-refs'))].join(' ');
	} catch {
		return null;
	}
}

export type Heads = (workspace: Path, paths: readonly Path[]) => string | null;

/** Answers the last commit that touched the paths (all of it where none are given), null where there is no work tree. */
export function headsOf(): Heads {
	const folders = new Map<Path, Folders>();
	const known = new Map<string, {readonly fingerprint: string; readonly head: string | null}>();
	return (workspace, paths) => {
		const there = folders.get(workspace) ?? foldersOf(workspace);
		if (there === null) return null;
		folders.set(workspace, there);
		const mark = fingerprint(there);
		const key = JSON.stringify([workspace, ...paths]);
		const before = known.get(key);
		if (mark !== null && before?.fingerprint === mark) return before.head;
		const head = ask(
			workspace,
			paths.length === 0
				? ['rev-parse', '--verify', '--quiet', 'HEAD']
				: ['log', '-1', '--format=%H', 'HEAD', '--', ...paths],
		);
		const found = head === '' ? null : head;
		if (mark !== null) known.set(key, {fingerprint: mark, head: found});
		return found;
	};
}
