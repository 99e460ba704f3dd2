/*
A file that somebody reads inside the program: the approved bytes where it was approved, else the file of the workspace, with the
files that each of its lines names.
*/

import {statSync} from 'node:fs';
import {dirname, isAbsolute, relative, resolve} from 'node:path';
import type {Document} from '../cutover/model/document.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {digestOf} from '../disk/digest.ts';
import {ifPossible, systemFault} from '../disk/fault.ts';
import {readRegular, readUpTo} from '../disk/file.ts';
import {citedIn} from '../runbook/linked-files.ts';
import {safeLines} from '../text/clean.ts';
import {pathWords} from '../text/shell.ts';
import {approvedBytes} from '../workspace/approved.ts';
import {shortened} from '../workspace/scripts.ts';

/** More than people read; the end of a longer file is left out, and said so. */
const mostBytes = 2 ** 20;
const mostLines = 20_000;
/** The disk is asked for each path in so many lines. */
const mostAsked = 2000;

type Refused = {readonly refused: true; readonly why: string};

const refused = (why: string): Refused => ({refused: true, why});

/** Bytes of a regular file, one more than is shown where there are more. Throws an error of the system, or a sentence. */
function bytesAt(file: Path): Uint8Array {
	const bytes = readRegular(file, descriptor => readUpTo(descriptor, mostBytes + 1));
	if (bytes === null) throw new Error(`${file} is not a file.`);
	return bytes;
}

const isMarkdown = (path: Path): boolean => /\.(?:md|mdx|markdown)$/i.test(path);

/** Files that are there and that a line names, from the workspace or from beside it. */
function namedIn(workspace: Path, folder: Path, line: string): readonly Path[] {
	const found = pathWords(line)
		.filter(word => /[/.]/.test(word) && !/^\.+$/.test(word))
		// Behind a variable that holds a folder: "$HERE/lib.sh".
		.flatMap(word => [word, word.replace(/^\/+/, '')])
		.flatMap(word => [resolve(workspace, word), resolve(workspace, folder, word)])
		.filter(file => !relative(workspace, file).startsWith('..'))
		.filter(file => ifPossible(() => statSync(file).isFile()) === true);
	return [...new Set(found.map(file => shortened(workspace, file)))];
}

function citesOf(workspace: Path, path: Path, lines: readonly string[]): Document['cites'] {
	const folder = isAbsolute(path) ? dirname(shortened(workspace, path)) : dirname(path);
	const inside = isAbsolute(folder) || folder === '.' ? '' : folder;
	const cited = (line: string, at: number): readonly Path[] => {
		const linked = isMarkdown(path) ? citedIn(line, {folder: inside}) : [];
		return [...new Set([...linked, ...(at < mostAsked ? namedIn(workspace, inside, line) : [])])];
	};
	return Object.fromEntries(
		lines.flatMap((line, at) => {
			const paths = cited(line, at).filter(each => each !== path);
			return paths.length === 0 ? [] : [[at, paths]];
		}),
	);
}

type Version = Pick<Document, 'version' | 'differs'> & {readonly bytes: Uint8Array};

/** Throws what makes it unreadable. */
function versionOf(folder: Path, state: State, path: Path): Version {
	const file = resolve(state.workspace, path);
	const approved = state.approved[path] ?? null;
	const kept = approved === null ? null : ifPossible(() => approvedBytes(folder, state, path));
	if (kept === null) return {version: 'workspace', differs: approved !== null, bytes: bytesAt(file)};
	const now = ifPossible(() => bytesAt(file));
	const differs = now === null || digestOf(now) !== digestOf(kept.subarray(0, mostBytes + 1));
	return {version: 'approved', differs, bytes: kept};
}

/** `folder`: of the cutover. Text comes cleaned of what acts on a terminal, and of secrets, line by line. */
export function documentAt(
	folder: Path,
	state: State,
	asked: Path,
	redact: (line: string) => string = line => line,
): Document | Refused {
	const {workspace} = state;
	const path = Object.hasOwn(state.approved, asked) ? asked : shortened(workspace, resolve(workspace, asked));
	try {
		const {version, differs, bytes} = versionOf(folder, state, path);
		const shown = bytes.subarray(0, mostBytes);
		if (shown.includes(0)) return refused(`${path} is not a text.`);
		const isLong = bytes.length > mostBytes;
		const all = Buffer.from(shown).toString('utf8').split(/\r?\n/);
		const lines = all.slice(0, mostLines);
		return {
			path,
			lines: safeLines(lines.map(redact).join('\n')),
			cites: citesOf(workspace, path, lines),
			version,
			digest: isLong && version === 'workspace' ? null : digestOf(bytes),
			differs,
			isCut: isLong || all.length > mostLines,
		};
	} catch (error) {
		return refused(`${systemFault(error, resolve(workspace, path)).text}.`);
	}
}
