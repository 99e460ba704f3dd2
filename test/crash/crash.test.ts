/** A share of the interruption points, as many as still catch every wrong writer (mutants.deep.ts). */

import {share} from './scene.ts';
import {crashSuite} from './suite.ts';

await crashSuite(share, 300);
