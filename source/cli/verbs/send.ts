/* Any command of the catalogue that only sends what was said. */
import {acting, send} from '../act.ts';
import type {Args} from '../args.ts';
import {ordersOf, routeOf, targetOf} from '../order.ts';
import type {Route} from '../route.ts';

export const sendCommand = (call: Args, routes: readonly Route[]): Promise<number> =>
	acting(call, async context => {
		const route = routeOf(call, routes);
		const orders = ordersOf(context, route, targetOf(context, route), routes);
		for (const [index, order] of orders.entries()) {
			const {code} = await send(context, order, index === 0 ? '' : `:${index}`);
			if (code !== 0) return code;
		}
		return 0;
	});
