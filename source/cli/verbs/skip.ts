/* `skip STAGE`: leaves a stage out, with a reason. */
import {one} from '../act.ts';
import {stage} from '../names.ts';

export const run = one(acting => ({
	type: 'skip',
	data: {stage: stage(acting, acting.call.must(0)), reason: acting.call.text('reason') ?? ''},
}));
