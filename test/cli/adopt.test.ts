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
	const second = await answers('adopt', 'tills.md', '--yes');
	assert.equal(second.code, 1);
	assert.match(second.stderr, /Nothing is overwritten/);

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
});
