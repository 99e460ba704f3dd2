/** The gate of the rollback's path asks GitHub itself, where a token is there. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {scene} from './sent-back.ts';
import type {Site} from './site.ts';

const judged = async (site: Site) => {
	const ref = await site.runs('G3');
	await site.ended(ref);
	const last = site.journal.entries().findLast(entry => entry.type === 'judged');
	assert.ok(last?.type === 'judged');
	return {verdict: last.data, log: site.log(ref)};
};

test('the gate of the path asks GitHub itself, and says who would have to approve; nothing is dispatched', async t => {
	const {github, site} = await scene(t);
	const {verdict, log} = await judged(site);
	assert.equal(verdict.verdict, 'pass');
	assert.match(log, /GitHub would take the dispatch of \.github\/workflows\/back\.yml on main of orders\/shop/);
	assert.match(log, /"production" will ask omar or petra or team release, after 5 min/);
	assert.equal(github.asked('dispatch').length, 0);
});

test('a workflow that GitHub does not know fails the gate; one that cannot be asked for leaves it unknown', async t => {
	const {github, site} = await scene(t);
	github.always('workflow', '404');
	const missing = await judged(site);
	assert.equal(missing.verdict.verdict, 'fail');
	assert.match(missing.verdict.reason ?? '', /workflow back\.yml in orders\/shop/);
	github.always('workflow', '503');
	assert.equal((await judged(site)).verdict.verdict, 'unknown');
});

test('without the token the gate checks the workspace only, and says so', async t => {
	const {github, site} = await scene(t, {env: {}, rehearsal: null});
	const {verdict, log} = await judged(site);
	assert.equal(verdict.verdict, 'pass');
	assert.match(log, /not looked at on GitHub: ORDERS_TOKEN is not set here/);
	assert.deepEqual(github.requests, []);
});
