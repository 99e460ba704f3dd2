import assert from 'node:assert/strict';
import {cpSync, existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {desk} from './desk.ts';

const samples = fileURLToPath(new URL('../../docs/samples/', import.meta.url));
const manners = fileURLToPath(new URL('../runbook/manners/', import.meta.url));

/** What matters of `check --json`: not where it stands, nor that its settings are a file now. */
const parts = (text: string) => {
	const {runbook, problems} = JSON.parse(text);
	return {...runbook, problems, people: null};
};

const hasSettings = (file: string): boolean =>
	existsSync(file.replace(/\.md$/, '.cutover.yaml')) || readFileSync(file, 'utf8').startsWith('---\n');

/** What is refused has nothing to write settings from. */
function isUnderstood(file: string): boolean {
	const expected = file.replace(/\.md$/, '.txt');
	return !(existsSync(expected) && /^ {2}\d+:\d+ error /m.test(readFileSync(expected, 'utf8')));
}

/** All that the comments hold, taken up. */
const takenUp = (settings: string): string => settings.replaceAll(/^# t0:.*\n/gm, '').replaceAll(/^# /gm, '');

function given(context: TestContext) {
	const own = desk(context);
	const checked = async (name: string) => {
		const {code, stdout, stderr} = await own.answers('check', name, '--json');
		assert.equal(code, 0, `${name}: ${stdout}${stderr}`);
		return parts(stdout);
	};
	return {...own, checked};
}

for (const file of [samples, manners].flatMap(folder =>
	readdirSync(folder)
		.filter(name => name.endsWith('.md') && !hasSettings(join(folder, name)))
		.map(name => join(folder, name))
		.filter(isUnderstood),
))
	test(`the settings written for ${basename(file)} change nothing, as they are or taken up`, async context => {
		const {answers, checked, folder} = given(context);
		cpSync(file, join(folder, 'theirs.md'));
		const before = await checked('theirs.md');
		const {code, stderr} = await answers('init', '--from', 'theirs.md');
		assert.equal(code, 0, stderr);
		assert.deepEqual(await checked('theirs.md'), before);
		const settings = join(folder, 'theirs.cutover.yaml');
		writeFileSync(settings, takenUp(readFileSync(settings, 'utf8')));
		assert.deepEqual({...(await checked('theirs.md')), roles: null}, {...before, roles: null});
	});

test('settings are never written over others', async context => {
	const {answers, folder} = given(context);
	assert.equal((await answers('init', '--from', 'runbook.md')).code, 0);
	writeFileSync(join(folder, 'runbook.cutover.yaml'), 'cutover: 1\nticket: CHG-9\n');
	const {code, stderr} = await answers('init', '--from', 'runbook.md');
	assert.equal(code, 1);
	assert.match(stderr, /Nothing is overwritten/);
	assert.match(readFileSync(join(folder, 'runbook.cutover.yaml'), 'utf8'), /CHG-9/);
	const elsewhere = await answers('init', 'other.yaml', '--from', 'runbook.md');
	assert.equal(elsewhere.code, 1);
	assert.match(elsewhere.stderr, /settings/);
	assert.equal(existsSync(join(folder, 'other.yaml')), false);
});

test('no settings are written for a runbook that holds its own, or that has errors', async context => {
	const {answers, folder} = given(context);
	const text = readFileSync(join(folder, 'runbook.md'), 'utf8');
	writeFileSync(join(folder, 'own.md'), `---\ncutover: 1\n---\n${text}`);
	const own = await answers('init', '--from', 'own.md');
	assert.equal(own.code, 1);
	assert.match(own.stderr, /two settings/);
	writeFileSync(join(folder, 'bad.md'), text.replace('| G5 |', '| G2 |'));
	const bad = await answers('init', '--from', 'bad.md');
	assert.equal(bad.code, 2);
	assert.match(bad.stderr, /bad\.md:\d+:3 {2}error {2}gate-double/);
	for (const name of ['own', 'bad']) assert.equal(existsSync(join(folder, `${name}.cutover.yaml`)), false);
});

test('the starter and its settings are checked without a word', async context => {
	const {answers, checked} = given(context);
	assert.equal((await answers('init', 'mine.md')).code, 0);
	assert.deepEqual((await checked('mine.md')).problems, []);
	assert.equal((await answers('init')).code, 2);
});
