/*
The exact bytes that were approved, beside the journal: `runbook.md`, the settings where they are a file of their own, and
every other approved file by its digest.
*/
import {join} from 'node:path';
import {replaceFile} from '../disk/atomic-file.ts';
import {keepBytesApproved} from '../workspace/approved.ts';
import type {Read} from './opening.ts';

/** Each file whole or as it was before; 0600, on the disk when this returns. */
export function keepBytes(folder: string, {bytes, contents}: Pick<Read, 'bytes' | 'contents'>): void {
	replaceFile(join(folder, 'runbook.md'), bytes.runbook);
	if (bytes.settings !== null) replaceFile(join(folder, 'runbook.cutover.yaml'), bytes.settings);
	for (const content of contents) keepBytesApproved(folder, content);
}
