/* What a process knows while it has not read the database once. */
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {systemClock} from '../../../source/cli/clock.ts';
import {silenceOf} from '../../../source/cutover/model/hosts.ts';
import {postgresCatalog} from '../../../source/journal/postgres/catalog.ts';
import {hostsLink} from '../../../source/journal/postgres/hosts.ts';
import {handClock} from '../../harness/hand-clock.ts';

test('before the database was read once, no host counts as heard', async () => {
	const clock = handClock(0);
	const link = hostsLink({} as never, 'orders', 'bastion-1', clock);
	const there = {target: {gate: 'G1'}, attempt: 1, host: 'bastion-2'};
	const silent = () => silenceOf(link.hosts.observed(), there) !== null;
	assert.equal(silent(), true);
	link.read({hosts: [{host: 'bastion-2', silent: 1, report: '{}'}], leader: 'bastion-2', standbys: null});
	assert.equal(silent(), false);
	await clock.pass(7000);
	assert.equal(silent(), true);
});

test('a cutover of which this host knows nothing may be there while the database is away', async t => {
	const root = mkdtempSync(join(tmpdir(), 'cutover-away-'));
	t.after(() => rmSync(root, {recursive: true}));
	const address = 'postgres://bastion1@127.0.0.1:1/cutover?sslmode=disable';
	mkdirSync(join(root, 'orders'));
	writeFileSync(join(root, 'orders', 'mirror.ndjson'), '');
	writeFileSync(join(root, 'orders', 'store.json'), JSON.stringify({address}));
	const catalog = postgresCatalog(address, {root, clock: systemClock, env: {}});
	t.after(() => catalog.close());
	assert.equal(await catalog.has('orders'), true);
	await assert.rejects(catalog.has('billing'), {code: 'unreachable'});
	assert.deepEqual(await catalog.ids(), ['orders']);
	await assert.rejects(catalog.whole(), {code: 'unreachable'});
});
