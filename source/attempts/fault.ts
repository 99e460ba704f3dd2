/* What the system says when an attempt's files cannot be made, as the fault of the store that a verb or a screen tells. */
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
};

const mends: Readonly<Partial<Record<FaultCode, string>>> = {
	full: 'Free some space; what is owed is started as soon as there is room.',
	'read-only': 'Mount the file system of the cutover writable again.',
	denied: 'Give the account that runs cutover-tui write access to the folder of the cutover.',
	gone: 'Bring the folder of the cutover back to its place, whole.',
};

/** An error of the system -> StoreFault; any other stays what it is. */
export function faultOf(error: unknown): unknown {
	if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
	const code = codes[String(error.code)] ?? 'io';
	return new StoreFault(
		code,
		`What is owed could not be started: ${error.message}.`,
		mends[code] ?? 'Check the disk of the cutover’s folder.',
	);
}
