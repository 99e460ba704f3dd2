/** What the fake GitHub owes those who use it without this program: a person with curl, in a rehearsal. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {startGitHub} from '../../scripts/sandbox/github.ts';

const token = 'rehearsal-token';
const workflows = {'back.yml': {text: 'on: {workflow_dispatch: }\n'}};
const shop = {name: 'orders/shop', branches: ['main'], workflows, environments: {production: {}}};

async function started(t: TestContext, now = () => Date.now()) {
	const github = await startGitHub({repositories: [shop], token, now});
	t.after(() => github.close());
	const ask = (path: string, post?: unknown, own = token) =>
		fetch(`${github.url}${path}`, {
			headers: {authorization: `Bearer ${own}`},
			...(post === undefined ? {} : {method: 'POST', body: JSON.stringify(post)}),
		});
	return {github, ask};
}

test('a run that waits is approved by its pending deployments', async t => {
	const {github, ask} = await started(t);
	github.plan({queued: 0, approvals: ['production']});
	assert.equal((await ask('/repos/orders/shop/actions/workflows/back.yml/dispatches', {ref: 'main'})).status, 204);
	const [run] = github.runs;
	const place = `/repos/orders/shop/actions/runs/${run?.id}`;
	const shown = async (path: string) => (await ask(path)).text();
	assert.match(await shown(place), /"status":"waiting"/);
	assert.match(await shown(`${place}/pending_deployments`), /"name":"production"/);
	await ask(`${place}/pending_deployments`, {environment_ids: [1], state: 'approved', comment: 'go'});
	assert.match(await shown(place), /"status":"in_progress"/);
});

test('without its token the rehearsal target refuses every request', async t => {
	const {github, ask} = await started(t);
	const said = await ask('/repos/orders/shop/actions/workflows/back.yml/dispatches', {ref: 'main'}, 'another');
	assert.deepEqual([said.status, github.runs.length], [401, 0]);
});

test('its clock may be minutes off, and its answers follow it', async t => {
	const {ask} = await started(t, () => Date.UTC(2031, 2, 8, 21));
	assert.equal((await ask('/user')).headers.get('date'), 'Sat, 08 Mar 2031 21:00:00 GMT');
});
