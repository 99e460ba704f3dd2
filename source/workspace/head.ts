/*
The commit that a workspace is at. For all of the workspace it is read from git's own files, so that git need not be
installed, willing (it refuses a folder of another owner) or quick. Only for some paths, and where the references are a
reftable, git is asked, once for each commit. A git that does not answer is never taken for a workspace without history.
*/

import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import process from 'node:process';
import type {Head} from '../cutover/model/hosts.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {ifExists} from '../disk/fault.ts';
import {traceOf} from '../disk/file.ts';
import {errorText} from '../text/error-text.ts';

/** `own`: of this work tree; `common`: of the repository. */
type Place = {readonly own: Path; readonly common: Path};

const patienceMs = 2000;
/** A git that failed is asked again after this long: each try may block for `patienceMs`, and there may be a gate for each of many paths. */
const restMs = 30_000;

const unknown = (why: string): Head => ({unknown: why});

/** The workspace's configuration runs nothing of its own: no file system monitor, hook, signature check, pager or transport. */
const safely = ['log.showSignature=false', 'core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never'];

/** What git prints, without its line end; or why it prints nothing. */
export function askGit(workspace: Path, args: readonly string[]): string | {readonly unknown: string} {
	const {PATH, HOME} = process.env;
	const env = {PATH, HOME, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0'};
	const options = ['--no-pager', '--literal-pathspecs', ...safely.flatMap(setting => ['-c', setting])];
	const {status, stdout, stderr, error} = spawnSync('git', ['-C', workspace, ...options, ...args], {
		encoding: 'utf8',
		timeout: patienceMs,
		killSignal: 'SIGKILL',
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	if (status === 0) return stdout.trim();
	const code = error && 'code' in error ? error.code : null;
	if (code === 'ENOENT') return {unknown: 'git is not installed'};
	if (code === 'ETIMEDOUT') return {unknown: `git did not answer in ${patienceMs / 1000} s`};
	const [first = ''] = (stderr ?? '').split('\n');
	return {unknown: `git failed: ${first.replace(/^fatal: /, '') || code || `exit ${status}`}`};
}

const textOf = (file: Path): string | null => ifExists(() => readFileSync(file, 'utf8').trim());

/** The repository of a folder, as git looks for it; null where there is none. */
function placeOf(folder: Path): Place | null {
	const found = statSync(join(folder, '.git'), {throwIfNoEntry: false});
	// A folder without a HEAD is no repository to git either.
	if (found === undefined || (found.isDirectory() && !existsSync(join(folder, '.git/HEAD'))))
		return folder === dirname(folder) ? null : placeOf(dirname(folder));
	const link = found.isFile() ? /^gitdir: (.+)$/.exec(textOf(join(folder, '.git')) ?? '')?.[1] : undefined;
	const own = link === undefined ? join(folder, '.git') : resolve(folder, link);
	const common = textOf(join(own, 'commondir'));
	return {own, common: common === null ? own : resolve(own, common)};
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The commit of a reference; null before its first. Throws where git could not tell it either. */
function commitOf({own, common}: Place, name: string, left = 5): string | null {
	const file = join(name === 'HEAD' ? own : common, name);
	const text = textOf(file);
	if (text !== null && commit.test(text)) return text;
	const next = /^ref: (.+)$/.exec(text ?? '')?.[1];
	if (next !== undefined && left > 0) return commitOf({own, common}, next, left - 1);
	if (text !== null) throw new Error(`${file} holds no commit`);
	if (name === 'HEAD') throw new Error(`${file} is missing`);
	const packed = (textOf(join(common, 'packed-refs')) ?? '').split('\n').find(line => line.endsWith(` ${name}`));
	return packed?.split(' ')[0] ?? null;
}

type Known = {readonly mark: string; readonly head: Head};
export type Heads = (workspace: Path, paths: readonly Path[]) => Head;

/** Answers the last commit that touched the paths, or HEAD where none are given; null where there is no history. */
export function headsOf(): Heads {
	const known = new Map<string, Known>();
	/** By workspace: what git did not do for some paths it does not do for the others either. */
	const failed = new Map<Path, {readonly head: Head; readonly at: number}>();
	/** Asks git unless it answered for this mark, or failed a moment ago. */
	const asked = (workspace: Path, mark: string, args: readonly string[]): Head => {
		const key = [workspace, ...args].join('\0');
		const before = known.get(key);
		if (before?.mark === mark) return before.head;
		const fault = failed.get(workspace);
		if (fault !== undefined && performance.now() - fault.at < restMs) return fault.head;
		const said = askGit(workspace, args);
		const head = said === '' ? null : said;
		if (typeof said === 'string') known.set(key, {mark, head});
		else failed.set(workspace, {head, at: performance.now()});
		return head;
	};
	return (workspace, paths) => {
		try {
			if (!existsSync(workspace)) return unknown(`the workspace ${workspace} does not exist`);
			const place = placeOf(workspace);
			if (place === null) return null;
			const tables = join(place.common, 'reftable/tables.list');
			const isReftable = existsSync(tables);
			const mark = isReftable
				? `${traceOf(tables)} ${traceOf(join(place.own, 'reftable/tables.list'))}`
				: commitOf(place, 'HEAD');
			if (mark === null) return null;
			if (paths.length > 0) return asked(workspace, mark, ['log', '-1', '--format=%H', 'HEAD', '--', ...paths]);
			return isReftable ? asked(workspace, mark, ['rev-parse', '--verify', '--quiet', 'HEAD']) : mark;
		} catch (error) {
			return unknown(`its commit cannot be read: ${errorText(error)}`);
		}
	};
}
