/* `sign S1`: signs an item of the sign-off list. */
import {one} from '../act.ts';
import {signOff} from '../names.ts';

export const run = one(acting => ({type: 'sign', data: {signOff: signOff(acting, acting.call.must(0))}}));
