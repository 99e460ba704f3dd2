/** How nothing stands: before a cutover is begun there is an opening, and no fact. */
import type {Standing} from '../cutover/standing.ts';

export const vacant = (now: number): Standing => ({
	id: '',
	title: '',
	status: 'preparing',
	count: 0,
	ticket: null,
	environment: null,
	t0: now,
	t0Started: null,
	now,
	headline: {word: 'NOT BEGUN', text: '', loud: false, since: null},
	next: null,
	you: null,
	gates: [],
	stages: [],
	triggers: [],
	rollback: null,
	signOffs: [],
	heldSince: null,
	slippageSeconds: 0,
	poll: null,
	running: [],
	changed: [],
	fields: [],
});
