/*
The exact bytes that were approved, beside the journal: `runbook.md`, and the settings where they are a file of their own.
*/
import {closeSync, fsyncSync, openSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {Read} from './opening.ts';

/** The copies of what was approved; 0600, on the disk when this returns. */
export function keepBytes(folder: string, {bytes}: Pick<Read, 'bytes'>): void {
	const files = {'runbook.md': bytes.runbook, 'runbook.cutover.yaml': bytes.settings};
	for (const [name, content] of Object.entries(files)) {
		if (content === null) continue;
		const descriptor = openSync(join(folder, name), 'w', 0o600);
		try {
			for (let written = 0; written < content.length; ) written += writeSync(descriptor, content, written);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}
	}
}
