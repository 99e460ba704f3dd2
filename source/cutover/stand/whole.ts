/** What headline and next are read from: the parts of a standing, the state and the instant. */
import type {Standing} from '../standing.ts';
import type {State} from '../state.ts';

export type Whole = Pick<
	Standing,
	'gates' | 'stages' | 'triggers' | 'endpoints' | 'poll' | 'rollback' | 'signOffs' | 'fields' | 'changed'
> & {readonly state: State; readonly at: number};
