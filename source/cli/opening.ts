/*
Reads a runbook for a verb: bytes from the disk, what they mean, what would be approved with them, what would run.
*/
import {existsSync, realpathSync, statSync} from 'node:fs';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {type WillRun, willRun} from '../cutover/due/will-run.ts';
import type {Problem} from '../cutover/model/problem.ts';
import type {Digests, Path, Runbook} from '../cutover/model/runbook.ts';
import {besideRunbook, openRunbook} from '../runbook/open.ts';
import {problem, start} from '../runbook/problems/complain.ts';
import type {ReadResult} from '../runbook/read.ts';
import {readWithLimits} from '../runbook/read-in-worker.ts';
import {runFilesOf} from '../workspace/approved-run.ts';
import {wasAdopted} from './adopted-here.ts';
import {type ApprovedFiles, approvedFiles} from './approved-files.ts';
import type {Args} from './args.ts';
import {environmentOf} from './preview.ts';
import {UsageError} from './usage-error.ts';

export type Read = ReadResult & {
	/** As it was named. */
	readonly file: string;
	readonly workspace: Path;
	readonly approved: Digests;
	readonly willRun: readonly WillRun[];
	/** What was read, for keeping exactly that. */
	readonly bytes: {readonly runbook: Uint8Array; readonly settings: Uint8Array | null};
	/** Contents of every approved file that is there. */
	readonly contents: readonly Uint8Array[];
};

const real = (path: Path): Path => (existsSync(path) ? realpathSync(path) : path);

/** The top of the git work tree that holds the folder, else the folder. */
export function workTree(folder: Path): Path {
	for (let place = folder; ; place = dirname(place)) {
		if (existsSync(join(place, '.git'))) return place;
		if (place === dirname(place)) return folder;
	}
}

function workspaceOf(file: Path, given: Path | null): Path {
	if (given === null) return workTree(dirname(file));
	if (!statSync(given, {throwIfNoEntry: false})?.isDirectory())
		throw new UsageError(`${given} is not a folder. Name the workspace with --workspace DIR.`);
	return real(given);
}

/** Of a file, seen from the workspace; the workspace itself where it is elsewhere. */
function folderIn(workspace: Path, file: Path): Path {
	const folder = relative(workspace, dirname(file));
	return folder.startsWith('..') ? '' : folder;
}

const problemsOf = ({files}: ApprovedFiles): readonly Problem[] =>
	[...files.values()].flatMap(({problem}) => problem ?? []);

const contentsOf = ({files}: ApprovedFiles): readonly Uint8Array[] =>
	[...files.values()].flatMap(({bytes}) => bytes ?? []);

/** Paths absolute; `settings` null: the file beside it, where there is one; `env`: of whoever may begin it. */
function read(file: string, path: Path, settings: Path | null, given: Path | null, env?: Args['io']['env']): Read {
	const workspace = workspaceOf(path, given);
	const {found, problems} = openRunbook(path, settings);
	const none = {
		file,
		runbook: null,
		seen: null,
		unused: [],
		notes: [],
		source: [],
		workspace,
		approved: {},
		willRun: [],
		bytes: {runbook: new Uint8Array(), settings: null},
		contents: [],
	};
	if (found === null) return {...none, problems};
	const set = env && Object.keys(env).filter(name => env[name]);
	const result = readWithLimits({...found, workspace, folder: folderIn(workspace, path), ...(set ? {set} : {})});
	const bytes = {runbook: found.bytes, settings: found.settings?.bytes ?? null};
	const {runbook} = result;
	if (runbook === null) return {...none, ...result, bytes};
	const files = approvedFiles(runbook, workspace, bytes);
	const all = [...problemsOf(files), ...result.problems];
	if (all.some(({severity}) => severity === 'error')) return {...none, ...result, runbook: null, bytes, problems: all};
	const runs = willRun(runbook, runFilesOf(files.looking, files.digests));
	return {
		...none,
		...result,
		problems: all,
		bytes,
		contents: contentsOf(files),
		approved: files.digests,
		willRun: runs.length === 0 ? [] : [...runs, ...environmentOf(runbook)],
	};
}

/** The path that an option of the call names. */
export const absolute = (call: Args, option: string): Path | null => {
	const given = call.text(option);
	return given === null ? null : real(resolve(call.io.cwd, given));
};

/** Null where its map is there, or it was never adopted on this host. */
function lostMap(call: Args, path: Path, {bytes}: Read): Problem | null {
	const isMapped = bytes.settings !== null && /^reading:/m.test(Buffer.from(bytes.settings).toString());
	if (isMapped || !wasAdopted(call, path)) return null;
	return problem('reading-lost', start, {file: basename(besideRunbook(path))});
}

/**
The runbook that a call names, with its --settings and --workspace. Problems are values; throws UsageError where the workspace is no folder.
`isAdopted`: whether it must have its map where it was adopted.
*/
export function readFor(call: Args, word: string, isAdopted = true): Read {
	const found = readOf(call, word);
	const lost = isAdopted ? lostMap(call, real(resolve(call.io.cwd, word)), found) : null;
	return lost === null ? found : {...found, runbook: null, problems: [lost, ...found.problems]};
}

function readOf(call: Args, word: string): Read {
	const path = real(resolve(call.io.cwd, word));
	return read(word, path, absolute(call, 'settings'), absolute(call, 'workspace'), call.io.env);
}

/** The runbook of an open cutover, as it stands now. */
export const readAgain = (runbook: Pick<Runbook, 'path' | 'settings'>, workspace: Path): Read =>
	read(runbook.path, runbook.path, runbook.settings, workspace);
