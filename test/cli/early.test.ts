/* Which command lines take the terminal before the program is loaded. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {opensScreen, valued} from '../../source/cli/early.ts';
import {open, verbs} from '../../source/cli/verbs.ts';

const place = mkdtempSync(join(tmpdir(), 'early-'));
const runbook = join(place, 'runbook.md');
writeFileSync(runbook, '# Runbook\n');
test.after(() => rmSync(place, {recursive: true}));

const opens = (...argv: readonly string[]): boolean => opensScreen(argv, {});

test('a runbook that is there opens the screen, whatever options are around it', () => {
	assert.ok(opens(runbook));
	assert.ok(opens('--as', 'alice', runbook, '--t0=22:00', '--ticket', '-'));
	assert.ok(opens('--cutover', 'orders-2031-01-14'));
});

test('what is not clear from the words alone is parsed first', () => {
	assert.ok(!opens(), 'there may be several cutovers to choose from');
	assert.ok(!opens(join(place, 'missing.md')));
	assert.ok(!opens(place), 'a folder');
	assert.ok(!opens(runbook, runbook));
	assert.ok(!opens(runbook, '--plain'));
	assert.ok(!opens(runbook, '--help'));
	assert.ok(!opens(runbook, '--t0'), 'a value is missing');
	assert.ok(!opens(runbook, '--bogus', '1'));
	assert.ok(!opens('-x', runbook));
	assert.ok(!opens('--', runbook));
});

test('no command takes the terminal, even beside a file of its name', t => {
	const before = process.cwd();
	t.after(() => process.chdir(before));
	process.chdir(place);
	for (const {name} of verbs) {
		writeFileSync(join(place, name), '');
		assert.ok(!opens(name), name);
		assert.ok(!opens(name, '--cutover', 'orders'), name);
	}
});

test('a terminal that shows no full screen is left as it is', () => {
	assert.ok(!opensScreen([runbook], {TERM: 'dumb'}));
	assert.ok(!opensScreen([runbook], {ACCESSIBLE: '1'}));
});

test('it knows every option of the screen that takes a value', () => {
	const options = open.options.filter(({value}) => value !== null).map(({name}) => name);
	assert.deepEqual([...valued].sort(), options.toSorted());
});
