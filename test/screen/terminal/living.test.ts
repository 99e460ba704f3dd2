import test from 'node:test';
import {livesAsFresh} from './living.tsx';

// 1,500 of them are in the long suite.
test(
	'a screen that lives through random states and sizes shows each cell as a fresh one does',
	{timeout: 300_000},
	() => livesAsFresh(12, 11),
);
