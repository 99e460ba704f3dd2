/* What a personal link is known by: digests, and tries that count whatever happens. */
import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {mostTries} from '../../source/cutover/decide/links.ts';
import {keepSecret, linkWith, newSecret, tryCode} from '../../source/serve/secrets.ts';

async function kept(t: TestContext, withCode = true) {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-secrets-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const made = newSecret(withCode);
	await keepSecret(folder, 'I1', made);
	return {folder, ...made};
}

test('a secret has 128 bits and a code six digits, new ones each time', () => {
	const made = Array.from({length: 50}, () => newSecret(true));
	assert.equal(new Set(made.map(({secret}) => secret)).size, 50);
	for (const {secret, code} of made) {
		assert.equal(Buffer.from(secret, 'base64url').length, 16);
		assert.match(code ?? '', /^\d{6}$/);
	}
	assert.equal(newSecret(false).code, null);
});

test('a link is found by its secret, and by nothing else', async t => {
	const {folder, secret} = await kept(t);
	await keepSecret(folder, 'I2', newSecret(true));
	assert.equal(linkWith(folder, secret), 'I1');
	for (const other of ['', 'A'.repeat(22), `${secret}A`, secret.slice(1)]) assert.equal(linkWith(folder, other), null);
	assert.equal(linkWith(join(folder, 'none'), secret), null);
});

test('the folder holds digests alone, for this account alone', async t => {
	const {folder, secret, code} = await kept(t);
	const [name = ''] = readdirSync(join(folder, 'links'));
	const file = join(folder, 'links', name);
	const text = readFileSync(file, 'utf8');
	assert.equal(text.includes(secret) || text.includes(code ?? '-'), false);
	assert.deepEqual([statSync(file).mode & 0o777, statSync(join(folder, 'links')).mode & 0o777], [0o600, 0o700]);
});

test('a link that has its secret is given no other', async t => {
	const {folder, secret} = await kept(t);
	assert.equal(await keepSecret(folder, 'I1', newSecret(true)), false);
	assert.equal(linkWith(folder, secret), 'I1');
});

test('of many tries at once as many are judged as one link has, and then not even the right code', async t => {
	const {folder, code} = await kept(t);
	const wrong = code === '000000' ? '000001' : '000000';
	const tries = await Promise.all(Array.from({length: 20}, () => tryCode(folder, 'I1', wrong)));
	assert.equal(
		tries.every(({right}) => !right),
		true,
	);
	assert.equal(readdirSync(join(folder, 'links')).filter(name => name.includes('.try-')).length, mostTries);
	assert.deepEqual(await tryCode(folder, 'I1', code ?? ''), {right: false, left: 0});
});

test('the right code that is sent twice takes the last try once', async t => {
	const {folder, code} = await kept(t);
	const wrong = code === '000000' ? '000001' : '000000';
	for (let left = mostTries - 1; left > 0; left--)
		assert.deepEqual(await tryCode(folder, 'I1', wrong), {right: false, left});
	const twice = await Promise.all([1, 2].map(() => tryCode(folder, 'I1', code ?? '')));
	assert.deepEqual(twice, [{right: true}, {right: true}]);
});

test('a link without a code has no right one', async t => {
	const {folder} = await kept(t, false);
	assert.deepEqual(await tryCode(folder, 'I1', ''), {right: false, left: mostTries - 1});
});
