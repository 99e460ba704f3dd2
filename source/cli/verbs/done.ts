/* `done STAGE`: marks a failed or lost stage done, with what shows it. */

import {resolve} from 'node:path';
import {catalogue} from '../../commands/catalogue.ts';
import {acting, send} from '../act.ts';
import type {Args} from '../args.ts';
import {attachFile} from '../attachment.ts';
import {ordersOf} from '../order.ts';
import {named} from '../runbook-rows.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const id = named(context.runbook, 'stage', call.must(0));
		const file = call.flag('dry-run') ? null : call.text('attach');
		const attached = file === null ? null : await attachFile(context, id, resolve(call.io.cwd, file), null, ':attach');
		if (attached !== null && attached.recorded === null) return attached.code;
		const preset = attached === null ? {} : {attach: attached.path};
		const [order] = ordersOf(context, {spec: catalogue.done, line: {command: 'done', preset}}, id);
		return order === undefined ? 2 : (await send(context, order)).code;
	});
