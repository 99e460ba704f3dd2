/** `npm test`: what it makes of a test that fails beside others and passes alone. */
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';

const failsOnce = `
import {existsSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
test('steady', () => {});
test('fails the first time', () => {
	if (existsSync('before')) return;
	writeFileSync('before', '');
	throw new Error('too early');
});
`;
const holderFails = `
import {existsSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
test('holds another', async t => {
	await t.test('steady', () => {});
	if (existsSync('before')) return;
	writeFileSync('before', '');
	throw new Error('one is missing');
});
`;
const fails = `import {test} from 'node:test';\ntest('fails each time', () => { throw new Error('wrong'); });\n`;

function tested(context: {after(end: () => void): void}, files: Readonly<Record<string, string>>) {
	const folder = mkdtempSync(join(tmpdir(), 'tests-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	mkdirSync(join(folder, 'test/cli'), {recursive: true});
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'test/cli', name), text);
	// What runs this test must not take the inner run for its own part.
	const env = {...process.env, NODE_TEST_CONTEXT: undefined};
	const words = ['--disable-warning=ExperimentalWarning', '--import', resolve('test/harness/loader.ts')];
	return spawnSync(process.execPath, [...words, resolve('scripts/test.ts')], {cwd: folder, encoding: 'utf8', env});
}

test('a test that fails beside others and passes alone is named, and counts as passed', context => {
	const {stdout, status} = tested(context, {'once.test.ts': failsOnce});
	assert.match(stdout, /✖ fails the first time {2}test\/cli\/once\.test\.ts:5\n.*too early/);
	assert.match(stdout, /^Unsteady: "fails the first time" failed beside other tests and passed alone\.$/m);
	assert.match(stdout, /^2 passed, 0 failed\n$/m);
	assert.equal(status, 0);
});

test('so does one that holds others, which is not counted itself', context => {
	const {stdout, status} = tested(context, {'once.test.ts': holderFails});
	assert.match(stdout, /^Unsteady: "holds another" failed/m);
	assert.match(stdout, /^1 passed, 0 failed\n$/m);
	assert.equal(status, 0);
});

test('a test that fails each time is a failure', context => {
	const {stdout, status} = tested(context, {'once.test.ts': failsOnce, 'each.test.ts': fails});
	assert.match(stdout, /^2 passed, 1 failed\n$/m);
	assert.equal(status, 1);
});
