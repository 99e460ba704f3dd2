/* `rollback`: starts one and follows its path, as `--run` does; `--cancel`, `--proved` and `--by-hand` only record. */

import {isMeasured} from '../../cutover/health/endpoint-state.ts';
import {asksPerson} from '../../cutover/health/proof.ts';
import {type AttemptRef, pathIn} from '../../cutover/model/attempt-target.ts';
import {openAttempts, type State} from '../../cutover/model/state.ts';
import {type Acting, acting, type Order, send} from '../act.ts';
import {detached, followed, watch} from '../follow.ts';
import {tell} from '../io.ts';
import {ordersOf, routeOf} from '../order.ts';
import {type Route, routesOf} from '../route.ts';

const isAwaited = (state: State): boolean => state.status === 'rolling-back' && state.rollback?.pathEnded != null;

/** Health proves it, or its time is over; a person's word may be asked for meanwhile. */
async function proved(context: Acting, from: number): Promise<number | null> {
	const {call, opened} = context;
	const state = opened.journal.state();
	if (!isAwaited(state) || !isMeasured(state)) return null;
	const asks = asksPerson(state)
		? ' Somebody also says by name that the impact is over (rollback --proved --note TEXT).'
		: '';
	tell(call.io, `The path succeeded. Its proof is awaited: every critical endpoint up for the settle time.${asks}`);
	const done = (now: State) => (now.status === 'rolling-back' && now.rollback?.pathEnded != null ? null : now.status);
	const result = await watch(call.io, opened, {attempt: null, seq: from, done});
	return 'signal' in result ? detached(call.io, 'The rollback', result.signal) : null;
}

/** 0 rolled back, or, with nothing to measure it, its path succeeded and proof is awaited; else 1. */
function ending(context: Acting, state: State): number {
	if (state.status === 'rolled-back') return 0;
	if (!isAwaited(state)) return 1;
	tell(
		context.call.io,
		'The path succeeded. Proof is awaited: cutover-tui rollback --proved --note TEXT, by name, once the impact is over.',
	);
	return 0;
}

/** The path that runs; undefined while T0, which is stopped first, has not ended. */
const pathNow = (state: State): AttemptRef | null | undefined => {
	const running = openAttempts(state);
	const path = running.find(({target}) => pathIn(target) !== null);
	if (path) return {target: path.target, attempt: path.attempt};
	return state.status === 'rolling-back' && running.some(({stop}) => stop !== null) ? undefined : null;
};

async function follow(context: Acting, order: Order): Promise<number> {
	const {call, opened} = context;
	const {journal} = opened;
	const sent = await send(context, order);
	if (sent.recorded === null || call.flag('detach')) return sent.code;
	for (let seq = sent.recorded.at(-1)?.seq ?? 0; ; seq = journal.state().seq) {
		const done = (state: State) => {
			const path = pathNow(state);
			return path === undefined ? null : {path};
		};
		const next = await watch(call.io, opened, {attempt: null, seq, done});
		if ('signal' in next) return detached(call.io, 'The rollback', next.signal);
		const {path} = next.value;
		if (path === null) return (await proved(context, journal.state().seq)) ?? ending(context, journal.state());
		const code = await followed(context, path, journal.state().seq);
		if (code > 128) return code;
	}
}

const routes = routesOf('rollback');

/** Those that run a path, or take over the run of one, are followed to its end. */
const isFollowed = ({line: {flag}}: Route): boolean => flag === undefined || flag.name === 'run';

export const run = (call: Acting['call']): Promise<number> =>
	acting(call, async context => {
		const route = routeOf(call, routes);
		const [order] = ordersOf(context, route, '', routes);
		if (order === undefined) throw new TypeError(route.line.command);
		return isFollowed(route) ? follow(context, order) : (await send(context, order)).code;
	});
