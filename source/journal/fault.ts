/*
An operating system's error, as a sentence that an operator can act on. Only what touches the store comes through here:
whoever catches a StoreFault knows that nothing was acknowledged.
*/
import {type FaultCode, StoreFault} from '../cutover/ports.ts';

const codes: Readonly<Record<string, FaultCode>> = {
	ENOSPC: 'full',
	EDQUOT: 'full',
	EFBIG: 'full',
	EROFS: 'read-only',
	EACCES: 'denied',
	EPERM: 'denied',
	ENOENT: 'gone',
	ENOTDIR: 'gone',
	ELOOP: 'owner',
};

const reported = {
	full: {
		why: 'there is no room left',
		fix: 'Free some space (or raise the quota or file size limit), then do it again.',
	},
	'read-only': {
		why: 'the file system is read-only',
		fix: 'Mount it writable again, then do it again; what is recorded can still be read.',
	},
	denied: {
		why: 'permission was denied',
		fix: 'Give the account that runs cutover-tui read and write access to it, then do it again.',
	},
	gone: {
		why: 'it is not there any more',
		fix: 'Bring the folder of the cutover back to its place, whole; nothing was recorded elsewhere.',
	},
	owner: {why: 'a symbolic link stands in its place', fix: 'Remove the link, and find out who put it there.'},
	io: {
		why: 'the disk answered with an error',
		fix: 'Check the disk (dmesg, smartctl); what was acknowledged before stands.',
	},
} satisfies Partial<Record<FaultCode, {why: string; fix: string}>>;

const isTold = (code: FaultCode): code is keyof typeof reported => code in reported;

const errno = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Any error of node:fs -> StoreFault; one that is a StoreFault already stays. `doing`: `The journal cannot be written`. */
export function faultOf(error: unknown, doing: string, path: string): StoreFault {
	if (error instanceof StoreFault) return error;
	const name = errno(error);
	const code = codes[name] ?? 'io';
	const {why, fix} = reported[isTold(code) ? code : 'io'];
	const detail = name === '' ? String(error) : name;
	return new StoreFault(code, `${doing}: ${why} (${detail}, ${path}).`, fix);
}

/** Does something with files; whatever they throw becomes a StoreFault. */
export function guarded<T>(doing: string, path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw faultOf(error, doing, path);
	}
}

/** `work`, or null where the file is not there. */
export function ifThere<T>(work: () => T): T | null {
	try {
		return work();
	} catch (error) {
		if (codes[errno(error)] === 'gone') return null;
		throw error;
	}
}
