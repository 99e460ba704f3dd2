import test from 'node:test';
import {livesAsFresh} from './living.tsx';

test('in 1,500 random states and sizes no cell of a living screen differs from a fresh one', {timeout: 3_600_000}, () =>
	livesAsFresh(1500, 5),
);
