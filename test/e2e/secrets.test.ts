import {showsNone} from './secrets-sought.ts';

showsNone({cols: 120, rows: 40});
