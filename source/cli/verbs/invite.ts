/* `invite NAME`: a personal link, shown once with its spoken code. */
import {safe} from '../../text/clean.ts';
import {acting, send} from '../act.ts';
import type {Args} from '../args.ts';
import {giveLink} from '../giving.ts';
import {say, tell} from '../io.ts';
import {ordersOf, routeOf} from '../order.ts';
import {routesOf} from '../route.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const routes = routesOf('invite');
		const [order] = ordersOf(context, routeOf(call, routes), '', routes);
		if (order === undefined) return 2;
		const {code, recorded} = await send(context, order);
		const invited = recorded?.find(({type}) => type === 'invited');
		if (invited?.type !== 'invited') return code;
		const given = await giveLink(context.opened, invited.data);
		if (given === null) {
			tell(
				call.io,
				safe(`Link ${invited.data.link} was given before, and is not shown again. Invite ${invited.data.name} anew.`),
			);
			return 1;
		}
		for (const line of given.lines) say(call.io, safe(line));
		return 0;
	});
