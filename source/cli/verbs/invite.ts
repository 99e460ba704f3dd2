/* `invite NAME` or `--all`: personal links, mailed by the program or shown once, each with its spoken code. */
import {type Acting, acting, type Order, send} from '../act.ts';
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
		const orders = ordersOf(context, routeOf(call, routes), '', routes);
		const problem = call.flag('mail') ? mailProblem(context.runbook, env) : null;
		if (problem !== null) throw new UsageError(problem);
		let worst = 0;
		for (const [index, order] of orders.entries())
			worst = Math.max(worst, await inviteOne(context, order, orders.length === 1 ? '' : `/${index + 1}`));
		return worst;
	});

/** The exit code; what is refused of one person keeps no other from their link. */
async function inviteOne(context: Acting, order: Order, suffix: string): Promise<number> {
	const {call, opened} = context;
	const {code, recorded} = await send(context, order, suffix);
	const invited = recorded?.find(({type}) => type === 'invited');
	if (invited?.type !== 'invited') return code;
	const given = await giveLink(opened, invited.data, invited.by.name, call.io.env);
	if ('problem' in given) {
		tell(call.io, given.problem);
		return 1;
	}
	say(call.io, ...given.lines);
	if (given.needs !== null) tell(call.io, given.needs);
	return 0;
}
