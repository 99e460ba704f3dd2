import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {desk} from './desk.ts';

const plan = `# Move of the till server

## Steps

### Announce (10 min)

- call the shops

### Decide

- all say yes

### Switch the tills

- turn the key

### Count one till

- [ ] sums agree
`;

test('a runbook without times is adopted by answers, looked at, and begun', async context => {
	const {answers, folder} = desk(context);
	const file = join(folder, 'tills.md');
	const map = join(folder, 'tills.cutover.yaml');
	writeFileSync(file, plan);
	const asked = await answers('adopt', 'tills.md', '--json');
	assert.equal(asked.code, 3);
	const {questions} = JSON.parse(asked.stdout);
	assert.deepEqual(
		questions.map(({id}: {id: string}) => id),
		['owner', 'zero', 'decision', 'closing', 'takes'],
	);
	assert.equal(existsSync(map), false);
	const wrong = await answers('adopt', 'tills.md', '--answer', 'moon=1', '--yes');
	assert.equal(wrong.code, 2);
	assert.match(wrong.stderr, /no question moon/);

	const {code, stdout} = await answers('adopt', 'tills.md', '--answer', 'owner=tills', '--yes');
	assert.equal(code, 0, stdout);
	assert.match(stdout, /switch-the-tills +act +tills/);
	assert.equal(readFileSync(file, 'utf8'), plan);
	const again = await answers('adopt', 'tills.md', '--yes');
	assert.equal(again.code, 0);
	assert.match(again.stderr, /tills\.cutover\.yaml fits the runbook/);

	const early = ['begin', 'tills.md', '--t0', '+90m', '--ticket', 'C1', '--environment', 'test'];
	const refused = await answers(...early);
	assert.notEqual(refused.code, 0);
	assert.match(refused.stderr, /adopt tills\.md --review/);
	assert.equal((await answers('adopt', 'tills.md', '--review', '--by', 'vera')).code, 0);
	assert.match(readFileSync(map, 'utf8'), /by: "vera"/);
	const checked = await answers('check', 'tills.md');
	assert.equal(checked.code, 0);
	assert.doesNotMatch(checked.stdout, /reading-unreviewed/);

	writeFileSync(file, plan.replace('turn the key', 'turn both keys'));
	const changed = await answers('check', 'tills.md');
	assert.equal(changed.code, 2);
	assert.match(changed.stdout, /tills\.md:13:1 {2}error {2}reading-changed {2}.*"Switch the tills"/);

	const asksAgain = await answers('adopt', 'tills.md', '--json');
	assert.equal(asksAgain.code, 3);
	assert.deepEqual(
		JSON.parse(asksAgain.stdout).questions.map(({id}: {id: string}) => id),
		['repair.stages.3'],
	);
	assert.equal((await answers('adopt', 'tills.md', '--answer', 'repair.stages.3=yes', '--by', 'vera')).code, 0);
	assert.equal((await answers('check', 'tills.md')).code, 0);
});

test('adopt repairs the anchors of an edited runbook, and a settings file that is no map is left alone', async context => {
	const {answers, folder} = desk(context);
	const file = join(folder, 'tills.md');
	writeFileSync(file, plan);
	assert.equal((await answers('adopt', 'tills.md', '--answer', 'owner=tills', '--yes')).code, 0);
	writeFileSync(file, plan.replace('### Switch the tills', '### Switch all the tills'));
	assert.match((await answers('check', 'tills.md')).stdout, /reading-place/);
	const asked = await answers('adopt', 'tills.md');
	assert.equal(asked.code, 3);
	assert.match(asked.stdout, /repair\.stages\.3 .*"Switch the tills" is not found.* line 13 "Switch all the tills"/);
	const repaired = await answers('adopt', 'tills.md', '--answer', 'repair.stages.3=13', '--by', 'vera');
	assert.equal(repaired.code, 0, repaired.stdout);
	assert.match(readFileSync(join(folder, 'tills.cutover.yaml'), 'utf8'), /from: "Switch all the tills"/);
	assert.equal((await answers('check', 'tills.md')).code, 0);

	const other = join(folder, 'other.md');
	writeFileSync(other, plan);
	writeFileSync(join(folder, 'other.cutover.yaml'), 'cutover: 1\nid: other\n');
	const refused = await answers('adopt', 'other.md', '--yes');
	assert.equal(refused.code, 1);
	assert.match(refused.stderr, /Nothing is overwritten/);
});

test('a form without steps is refused in one sentence', async context => {
	const {answers, folder} = desk(context);
	writeFileSync(join(folder, 'form.md'), '# Change form\n\n## Impact\n\nWrite who notices it.\n');
	const {code, stderr} = await answers('adopt', 'form.md', '--yes');
	assert.equal(code, 2);
	assert.match(stderr, /No steps were found/);
});
