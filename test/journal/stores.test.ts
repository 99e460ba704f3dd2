import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {openCatalog} from '../../source/journal/stores.ts';
import {catalogContract} from '../store-contract.ts';
import {freshRoot} from './place.ts';

const context = {root: freshRoot(), clock: systemClock, env: {}};

catalogContract('file', async () => {
	const catalog = await openCatalog(freshRoot(), context);
	assert.ok(catalog);
	return catalog;
});

test('an address of no known kind of store is refused', async () => {
	assert.equal(await openCatalog('etcd://somewhere', context), null);
});
