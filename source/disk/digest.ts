/* The digest by which files are approved, kept and compared: `sha256:` and 64 hexadecimal digits. */
import {createHash} from 'node:crypto';
import {readSync} from 'node:fs';

export const digestOf = (bytes: Uint8Array | string): string =>
	`sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Reads an open file to its end in pieces, each also given to `observed`; the digest in hexadecimal and the size in bytes. */
export function digestOfOpen(
	fd: number,
	observed: (piece: Buffer) => void = () => {},
): {readonly sha256: string; readonly bytes: number} {
	const hash = createHash('sha256');
	const block = Buffer.allocUnsafe(1 << 16);
	let bytes = 0;
	for (let size = readSync(fd, block); size > 0; size = readSync(fd, block)) {
		const piece = block.subarray(0, size);
		hash.update(piece);
		observed(piece);
		bytes += size;
	}
	return {sha256: hash.digest('hex'), bytes};
}
