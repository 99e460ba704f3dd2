/** As adopted.test.ts, at every line. */
import {test} from 'node:test';
import {changesAreNoticed} from './anchored.ts';

test('a change of any anchored text is an error that names it, a change of any other text changes nothing that is read', () =>
	changesAreNoticed(1));
