/* `abandon`: gives the cutover up before T0. */
import {one} from '../act.ts';

export const run = one(({call}) => ({type: 'abandon', data: {reason: call.text('reason') ?? ''}}));
