/* `acknowledge GATE --role L1`: a yes or no to what a gate asks; the role is the group that speaks. */
import {one} from '../act.ts';
import {gate} from '../names.ts';

export const run = one(acting => ({
	type: 'acknowledge',
	data: {
		gate: gate(acting, acting.call.must(0)),
		group: acting.by.role,
		yes: !acting.call.flag('no'),
		reason: acting.call.text('reason'),
	},
}));
