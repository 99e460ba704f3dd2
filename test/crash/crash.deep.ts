/** Every interruption point. */
import {crashSuite} from './suite.ts';

await crashSuite(1, 2300);
