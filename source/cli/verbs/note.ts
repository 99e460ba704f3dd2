/* `note TEXT [--on ID]`: a remark in the journal; on a gate that failed it is the cause. */
import {one} from '../act.ts';
import {anything} from '../names.ts';

export const run = one(acting => {
	const on = acting.call.text('on');
	return {type: 'note', data: {text: acting.call.must(0), on: on === null ? null : anything(acting, on)}};
});
