/** As writers.test.ts, long enough to meet what is rare. */
import {test} from 'node:test';
import {staysWhole} from './crowd.ts';

test('four writers killed and stopped at random for twenty seconds: no number twice, none missing, no long silence', () =>
	staysWhole(20_000));
