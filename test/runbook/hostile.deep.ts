/** As hostile.test.ts, with all of each text. */
import {endsInTime} from './hostile.ts';

endsInTime(1);
