/* Files that an attempt keeps as evidence, with their digests. */

import {writeFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {attemptKey} from '../cutover/model/attempt-target.ts';
import {makeFolders} from '../disk/file.ts';
import {attemptFolder} from '../processes/folder.ts';
import {journalOrThrow} from '../processes/work.ts';
import type {Job} from './job.ts';

/** Keeps a file as evidence of that row: by its path from the workspace, or under `name` with the text given. */
export async function attach(job: Job, of: string, name: string, text: string | undefined): Promise<void> {
	const {attempt, workspace, folder} = job;
	const called = job.redact(basename(name));
	// Apart from what the attempt itself keeps there; the name may come again with another text.
	const made = join(attemptFolder(folder, attempt), 'attached', called);
	if (text !== undefined) {
		makeFolders(dirname(made));
		writeFileSync(made, job.redact(text), {mode: 0o600});
	}
	const kept = job.keep(text === undefined ? resolve(workspace, name) : made, called);
	const {path, sha256, bytes} = kept;
	await journalOrThrow(job, {
		id: `${attemptKey(attempt)}/attach/${path}`,
		type: 'attach',
		data: {of, name: kept.name, path, sha256, bytes},
	});
	job.say(`attached ${kept.name}, sha256 ${sha256}`);
}
