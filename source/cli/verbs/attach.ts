/* `attach STAGE FILE`: copies a file into the evidence, with its sha256. A copy that the journal refuses is taken back. */

import {resolve} from 'node:path';
import {discard, keep} from '../../evidence/attach.ts';
import {secretsOf} from '../../processes/environment.ts';
import {type Acting, acting, type Done, send} from '../act.ts';
import type {Args} from '../args.ts';
import {named} from '../runbook-rows.ts';

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

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const of = named(context.runbook, 'gate or stage', call.must(0));
		const {code} = await attachFile(context, of, resolve(call.io.cwd, call.must(1)), call.text('name'));
		return code;
	});
