/* `hold`: stops the T clock before T0. */
import {one} from '../act.ts';

export const run = one(({call}) => ({type: 'hold', data: {reason: call.text('reason') ?? ''}}));
