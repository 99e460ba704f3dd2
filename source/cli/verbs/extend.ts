/* `extend WHEN`: gives the closing stage a later time. */
import {stamp} from '../../text/time.ts';
import {one} from '../act.ts';
import {when} from '../args.ts';

export const run = one(({call, opened}) => ({
	type: 'extend',
	data: {until: stamp(when(call.must(0), opened.clock.now())), reason: call.text('reason') ?? ''},
}));
