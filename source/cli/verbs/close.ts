/* `close`: seals the journal. */
import {one} from '../act.ts';

export const run = one(({call}) => ({type: 'close', data: {reason: call.text('reason')}}));
