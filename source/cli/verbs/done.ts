/* `done STAGE`: marks a failed or lost stage done, with what shows it. */

import {resolve} from 'node:path';
import {catalogue} from '../../commands/catalogue.ts';
import type {Values} from '../../commands/field.ts';
import {acting, type Order, refusalOf, refuse, send} from '../act.ts';
import type {Args} from '../args.ts';
import {ordersOf} from '../order.ts';
import {named} from '../runbook-rows.ts';
import {attachFile} from './attach.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const id = named(context.runbook, 'stage', call.must(0));
		const orderWith = (preset: Values): Order => {
			const [order] = ordersOf(context, {spec: catalogue.done, line: {command: 'done', preset}}, id);
			if (order === undefined) throw new TypeError(id);
			return order;
		};
		const file = call.flag('dry-run') ? null : call.text('attach');
		if (file === null) return (await send(context, orderWith({}))).code;
		// A refusal leaves nothing, and no copy either.
		const no = refusalOf(context, orderWith({}));
		if (no !== null) return refuse(call.io, no).code;
		const {code, recorded, path} = await attachFile(context, id, resolve(call.io.cwd, file), null, ':attach');
		return recorded === null ? code : (await send(context, orderWith({attach: path}))).code;
	});
