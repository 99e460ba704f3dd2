import {test} from 'node:test';
import {night} from './people/night.ts';

test(
	'one votes by link, another signs the next morning, and a server that is killed meanwhile loses nothing',
	{
		timeout: 300_000,
	},
	t => night(t, 2),
);
