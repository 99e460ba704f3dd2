/*
What an error of the operating system means to an operator: a kind, one sentence such as `Permission denied: /srv/x (EACCES)`,
and what to do next. Every error of a file that reaches a screen goes through this table.
*/
import {errorText} from '../text/error-text.ts';

type FaultKind = 'full' | 'read-only' | 'denied' | 'gone' | 'owner' | 'io';

/** `text` ends without a full stop; `fix` is a sentence. */
export type SystemFault = {readonly kind: FaultKind; readonly text: string; readonly fix: string};

const kept = 'What was acknowledged before is kept.';
const descriptors = `Raise the limit (ulimit -n), or end what holds them, then try again. ${kept}`;

/** `fix`: where that of its kind does not help. */
type Row = readonly [kind: FaultKind, words: string, fix?: string];

const errors: Readonly<Record<string, Row>> = {
	ENOSPC: ['full', 'No space left'],
	EDQUOT: ['full', 'Disk quota exceeded'],
	EFBIG: ['full', 'File size limit reached'],
	EROFS: ['read-only', 'File system is read-only'],
	EACCES: ['denied', 'Permission denied'],
	EPERM: ['denied', 'Operation not permitted'],
	ENOENT: ['gone', 'No such file or folder'],
	ENOTDIR: ['gone', 'Not a folder'],
	EDANGLING: ['gone', ''],
	ELOOP: ['owner', 'Symbolic link in place of a file'],
	EISDIR: ['io', 'Folder in place of a file', 'Name a file, or move the folder away.'],
	EEXIST: ['io', 'File exists already', 'Name another file, or move that one away.'],
	EBUSY: ['io', 'File is in use'],
	EIO: ['io', 'Disk error'],
	EMFILE: ['io', 'Too many open files', descriptors],
	ENFILE: ['io', 'Too many open files on this machine', descriptors],
	ENAMETOOLONG: ['io', 'Name too long', 'Use a shorter path.'],
	ESTALE: ['io', 'Network file system lost the file'],
};

const anyOther: Row = ['io', '', `Cure that, then try again. ${kept}`];

const fixes: Readonly<Record<FaultKind, string>> = {
	full: 'Free some space (or raise the quota or file size limit), then try again.',
	'read-only': 'Mount the file system writable, then try again. Reading still works.',
	denied: 'Give the account that runs cutover-tui read and write access, then try again.',
	gone: 'Put it back in its place, then try again.',
	owner: 'Remove the link, and find out who made it.',
	io: `Check the disk (dmesg, smartctl), then try again. ${kept}`,
};

/** Name of the error, such as `ENOENT`; empty where it has none. */
export const errnoOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const pathOf = (error: unknown): string =>
	error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : '';

/** The file or folder does not exist. */
export const isMissing = (error: unknown): boolean =>
	errnoOf(error) !== 'EDANGLING' && errors[errnoOf(error)]?.[0] === 'gone';

/** Any error of a file operation. `path`: named in place of the error's own. */
export function systemFault(error: unknown, path = ''): SystemFault {
	const code = errnoOf(error);
	const [kind, words, fix = fixes[kind]] = errors[code] ?? anyOther;
	const place = path || pathOf(error);
	const said = words || errorText(error);
	const text = `${said}${place === '' || said.includes(place) ? '' : `: ${place}`}`;
	return {kind, text: code === '' || said.includes(code) ? text : `${text} (${code})`, fix};
}

/** An error that came from the operating system. */
export const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** What to say of any error, without a full stop: one of the operating system by the table, another by its own message. */
export const failureText = (error: unknown): string =>
	isSystemError(error) ? systemFault(error).text : errorText(error);

/** `work`, or null where the file does not exist. */
export function ifExists<T>(work: () => T): T | null {
	try {
		return work();
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

/** Null where it cannot be done, for whatever reason. */
export function ifPossible<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}
