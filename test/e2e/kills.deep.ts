/** As kills.test.ts, long enough to meet what is rare. */
import {killSuite} from './kills/suite.ts';

killSuite(100);
