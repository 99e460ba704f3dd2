/*
The samples of a cutover, one line each, added as they come. A line that a full disk cut short is passed over by whoever
reads, and the next one begins on a line of its own.
*/

import {closeSync, constants, fdatasync, fstatSync, openSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import type {Sample} from '../cutover/health/outage/sample.ts';
import type {Path} from '../cutover/model/runbook.ts';
import {makeFolder} from '../disk/file.ts';
import {samplesFile} from '../processes/folder.ts';

export type Recorder = {
	/** Throws what the system says. */
	add(sample: Sample): void;
	close(): void;
};

export function recorder(folder: Path): Recorder {
	makeFolder(dirname(samplesFile(folder)));
	const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
	const descriptor = openSync(samplesFile(folder), flags, 0o600);
	// Whoever wrote before may have been cut short; an empty line harms nobody.
	let torn = fstatSync(descriptor).size > 0;
	let syncing = false;
	// Written at once and synced in the background: a crash of the machine costs the newest samples, which is a hole.
	const sync = (): void => {
		if (syncing) return;
		syncing = true;
		fdatasync(descriptor, () => {
			syncing = false;
		});
	};
	return {
		add(sample) {
			const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(sample)}\n`);
			torn = true;
			torn = writeSync(descriptor, line) !== line.length;
			sync();
		},
		close: () => closeSync(descriptor),
	};
}
