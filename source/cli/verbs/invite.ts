/* `invite NAME`: a personal link, mailed by the program or shown once, with its spoken code. */
import {safe} from '../../text/clean.ts';
import {acting, send} from '../act.ts';
import type {Args} from '../args.ts';
import {giveLink, mailProblem} from '../giving.ts';
import {say, tell} from '../io.ts';
import {ordersOf, routeOf} from '../order.ts';
import {routesOf} from '../route.ts';
import {UsageError} from '../usage-error.ts';

export const run = (call: Args): Promise<number> =>
	acting(call, async context => {
		const {env} = call.io;
		const routes = routesOf('invite');
		const [order] = ordersOf(context, routeOf(call, routes), '', routes);
		if (order === undefined) return 2;
		const problem = call.flag('mail') ? mailProblem(context.runbook, env) : null;
		if (problem !== null) throw new UsageError(problem);
		const {code, recorded} = await send(context, order);
		const invited = recorded?.find(({type}) => type === 'invited');
		if (invited?.type !== 'invited') return code;
		const given = await giveLink(context.opened, invited.data, invited.by.name, env);
		if ('problem' in given) {
			tell(call.io, safe(given.problem));
			return 1;
		}
		for (const line of given.lines) say(call.io, safe(line));
		return 0;
	});
