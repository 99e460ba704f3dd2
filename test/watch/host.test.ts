/** One process watches all open cutovers of a state folder, and what goes wrong with one is the others' no more. */
import assert from 'node:assert/strict';
import {readFileSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {isAlive} from '../../source/processes/process.ts';
import {Site} from '../attempts/site.ts';
import {kill} from '../harness/ending.ts';

/** Several open cutovers in one state folder, each with what its settings pass. */
async function several(
	t: TestContext,
	count: number,
	given: (index: number) => Partial<Parameters<typeof Site.begin>[1]> = () => ({}),
): Promise<readonly Site[]> {
	const sites: Site[] = [];
	for (let index = 0; index < count; index++)
		sites.push(
			await Site.begin(t, {
				runbook: {},
				watched: true,
				silent: 5000,
				...(sites[0] ? {beside: sites[0].folder} : {}),
				...given(index),
			}),
		);
	return sites;
}

const watcherOf = (site: Site) =>
	site.shows('its watcher', () => {
		const found = site.watcher();
		return found !== null && isAlive(found) && found;
	});

test('cutovers of one state folder have one watcher process, and it ends with the last of them', async t => {
	const sites = await several(t, 4);
	const watchers = await Promise.all(sites.map(watcherOf));
	assert.deepEqual(new Set(watchers.map(({pid}) => pid)).size, 1);
	const [watcher] = watchers;
	assert.ok(watcher);
	for (const site of sites) {
		assert.ok(isAlive(watcher));
		await site.does('abandon', {reason: 'another day'}, ['ABANDON']);
		await site.shows('that it is watched no more', () => site.watcher() === null);
	}
	await sites[0]?.shows('its end', () => !isAlive(watcher));
});

test('a cutover that needs another environment has a watcher of its own', async t => {
	const sites = await several(t, 2, index => ({
		runbook: {pass: ['CLUSTER']},
		env: {CLUSTER: index === 0 ? 'blue' : 'green'},
	}));
	const [one, other] = await Promise.all(sites.map(watcherOf));
	assert.notEqual(one?.pid, other?.pid);
});

test('a watcher that is killed has one successor, which watches all that it watched and records each loss', async t => {
	const sites = await several(t, 3);
	const [before] = await Promise.all(sites.map(watcherOf));
	assert.ok(before);
	await kill(before);
	const [first, ...rest] = sites;
	assert.ok(first);
	const after = await watcherOf(first);
	for (const site of rest)
		await site.journal.settle({name: 'test', login: null, role: null, tty: null, ssh: null, strength: 'process'});
	for (const site of sites)
		await first.shows('the successor', () => {
			const found = site.watcher();
			return found?.pid === after.pid;
		});
	for (const site of sites)
		await site.shows('the loss', () => site.journal.entries().some(({type}) => type === 'watcherLost'));
});

test('a journal that is lost ends the watch of that cutover alone', async t => {
	const [broken, whole] = await several(t, 2);
	assert.ok(broken && whole);
	const [watcher] = await Promise.all([broken, whole].map(watcherOf));
	assert.ok(watcher);
	const journal = join(broken.folder, 'journal.ndjson');
	renameSync(journal, `${journal}.away`);
	await whole.shows('its end for one', () => broken.watcher()?.pid !== watcher.pid);
	assert.equal(whole.watcher()?.pid, watcher.pid);
	assert.match(readFileSync(join(broken.folder, 'watcher.err'), 'utf8'), /./);
	rmSync(journal, {force: true});
	renameSync(`${journal}.away`, journal);
});
