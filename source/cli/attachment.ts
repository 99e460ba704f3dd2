/*
A file into the evidence and its line into the journal: a copy that the journal refuses is taken back.
*/

import {discard, type Kept, keep, NotAttached} from '../evidence/attach.ts';
import {secretsOf} from '../processes/environment.ts';
import {type Acting, type Done, send} from './act.ts';
import {UsageError} from './usage-error.ts';

function kept(folder: string, file: string, name: string | null, secrets: readonly string[]): Kept {
	try {
		return keep(folder, file, name, secrets);
	} catch (error) {
		if (error instanceof NotAttached) throw new UsageError(error.message);
		throw error;
	}
}

/** `file` absolute. Throws UsageError where it cannot be taken. */
export async function attachFile(
	context: Acting,
	of: string,
	file: string,
	name: string | null,
	suffix = '',
): Promise<Done & {readonly path: string}> {
	const {folder} = context.opened;
	const copy = kept(folder, file, name, secretsOf(context.call.io.env, context.runbook));
	const {path, sha256, bytes} = copy;
	const done = await send(context, {type: 'attach', data: {of, name: copy.name, path, sha256, bytes}}, suffix);
	if (done.recorded === null) discard(folder, copy, context.opened.journal.entries());
	return {...done, path};
}
