/*
A file into the evidence and its line into the journal: a copy that the journal refuses is taken back.
*/

import {discard, keep} from '../evidence/attach.ts';
import {secretsOf} from '../processes/environment.ts';
import {type Acting, type Done, send} from './act.ts';

/** `file` absolute. Throws NotAttached. */
export async function attachFile(
	context: Acting,
	of: string,
	file: string,
	name: string | null,
	suffix = '',
): Promise<Done & {readonly path: string}> {
	const {folder} = context.opened;
	const copy = keep(folder, file, name, secretsOf(context.call.io.env, context.runbook));
	const {path, sha256, bytes} = copy;
	const done = await send(context, {type: 'attach', data: {of, name: copy.name, path, sha256, bytes}}, suffix);
	if (done.recorded === null) discard(folder, copy, context.opened.journal.entries());
	return {...done, path};
}
