/* `attach STAGE FILE`: copies a file into the evidence, with its sha256. */

import {resolve} from 'node:path';
import {acting} from '../act.ts';
import type {Args} from '../args.ts';
import {attachFile} from '../attachment.ts';
import {named} from '../runbook-rows.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const of = named(context.runbook, 'gate or stage', call.must(0));
		const {code} = await attachFile(context, of, resolve(call.io.cwd, call.must(1)), call.text('name'));
		return code;
	});
