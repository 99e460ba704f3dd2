/* `done STAGE`: marks a failed or lost stage done, with what shows it. */
import {resolve} from 'node:path';
import {acting, send} from '../act.ts';
import type {Args} from '../args.ts';
import {attachFile} from '../attachment.ts';
import {stage} from '../names.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const id = stage(context, call.must(0));
		const file = call.text('attach');
		const attached = file === null ? null : await attachFile(context, id, resolve(call.io.cwd, file), null, ':attach');
		if (attached !== null && attached.recorded === null) return attached.code;
		return (
			await send(context, {
				type: 'done',
				data: {stage: id, reason: call.text('reason') ?? '', evidence: attached?.path ?? null},
			})
		).code;
	});
