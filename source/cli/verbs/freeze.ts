/* `freeze TEXT`: records who froze what. */
import {one} from '../act.ts';

export const run = one(({call}) => ({type: 'freeze', data: {text: call.must(0)}}));
