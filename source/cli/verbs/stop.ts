/* `stop STAGE or GATE`: ends a running attempt, its whole tree. */
import {one} from '../act.ts';
import {target} from '../names.ts';

export const run = one(acting => ({
	type: 'stop',
	data: {target: target(acting, acting.call.must(0)), reason: acting.call.text('reason') ?? ''},
}));
