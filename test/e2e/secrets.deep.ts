/** As secrets.test.ts, where lines are broken and cut. */
import {showsNone} from './secrets-sought.ts';

showsNone({cols: 80, rows: 24});
