import assert from 'node:assert/strict';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {tills} from '../runbook/tills.ts';
import {desk} from './desk.ts';

test('a runbook without times is adopted by answers, looked at, and begun', async context => {
	const {answers, folder} = desk(context);
	const file = join(folder, 'tills.md');
	const map = join(folder, 'tills.cutover.yaml');
	writeFileSync(file, tills);
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
	const nowhere = await answers('adopt', 'tills.md', '--answer', 'run.drain-the-moon=fence', '--yes');
	assert.equal(nowhere.code, 2);
	assert.match(nowhere.stderr, /run\.drain-the-moon: there is no such step; there are .*switch-the-tills/);
	assert.equal(existsSync(map), false);

	const {code, stdout} = await answers('adopt', 'tills.md', '--answer', 'owner=tills', '--yes');
	assert.equal(code, 0, stdout);
	assert.match(stdout, /switch-the-tills +act +tills/);
	assert.equal(readFileSync(file, 'utf8'), tills);
	const again = await answers('adopt', 'tills.md', '--yes');
	assert.equal(again.code, 0);
	assert.match(again.stderr, /tills\.cutover\.yaml fits the runbook/);
	const late = await answers('adopt', 'tills.md', '--answer', 'takes.switch-the-tills=9m', '--yes');
	assert.match(late.stderr, /tills\.cutover\.yaml is written: correct takes\.switch-the-tills there/);

	const early = ['begin', 'tills.md', '--t0', '+90m', '--ticket', 'C1', '--environment', 'test'];
	const refused = await answers(...early);
	assert.notEqual(refused.code, 0);
	assert.match(refused.stderr, /adopt tills\.md --review/);
	assert.equal((await answers('adopt', 'tills.md', '--review', '--by', 'vera')).code, 0);
	assert.match(readFileSync(map, 'utf8'), /by: "vera"/);
	const checked = await answers('check', 'tills.md');
	assert.equal(checked.code, 0);
	assert.doesNotMatch(checked.stdout, /reading-unreviewed/);

	writeFileSync(file, tills.replace('turn the key', 'turn both keys'));
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
	writeFileSync(file, tills);
	assert.equal((await answers('adopt', 'tills.md', '--answer', 'owner=tills', '--yes')).code, 0);
	writeFileSync(file, tills.replace('### Switch the tills', '### Switch all the tills'));
	assert.match((await answers('check', 'tills.md')).stdout, /reading-place/);
	const asked = await answers('adopt', 'tills.md');
	assert.equal(asked.code, 3);
	assert.match(asked.stdout, /repair\.stages\.3 .*"Switch the tills" is not found.* line 13 "Switch all the tills"/);
	const repaired = await answers('adopt', 'tills.md', '--answer', 'repair.stages.3=13', '--by', 'vera');
	assert.equal(repaired.code, 0, repaired.stdout);
	assert.match(readFileSync(join(folder, 'tills.cutover.yaml'), 'utf8'), /from: "Switch all the tills"/);
	assert.equal((await answers('check', 'tills.md')).code, 0);

	const other = join(folder, 'other.md');
	writeFileSync(other, tills);
	writeFileSync(join(folder, 'other.cutover.yaml'), 'cutover: 1\nid: other\n');
	const refused = await answers('adopt', 'other.md', '--yes');
	assert.equal(refused.code, 1);
	assert.match(refused.stderr, /Nothing is overwritten/);
});

test('without its map an adopted runbook is refused, and not read otherwise', async context => {
	const {answers, cli, folder} = desk(context);
	const file = join(folder, 'hours.md');
	const map = join(folder, 'hours.cutover.yaml');
	const text = '# Hours\n\n## T-1h\n\n- go/no-go\n\n## T0\n\n- turn\n\n## T+1h\n\n- keep\n';
	writeFileSync(file, text);
	assert.equal((await cli('check', 'hours.md')).code, 0);
	assert.equal((await cli('adopt', 'hours.md', '--yes')).code, 0);
	rmSync(map);
	const lost = await cli('check', 'hours.md');
	assert.equal(lost.code, 2);
	assert.match(lost.stdout, /reading-lost .*hours\.cutover\.yaml is not here/);
	const marked = join(folder, 'marked.md');
	writeFileSync(marked, `${text}\n<!-- cutover: adopted -->\n`);
	assert.match((await answers('check', 'marked.md')).stdout, /marked\.md:15:1 {2}error {2}reading-lost/);
	assert.equal((await cli('adopt', 'hours.md', '--yes')).code, 0);
});

test('a form without steps is refused in one sentence', async context => {
	const {answers, folder} = desk(context);
	writeFileSync(join(folder, 'form.md'), '# Change form\n\n## Impact\n\nWrite who notices it.\n');
	const {code, stderr} = await answers('adopt', 'form.md', '--yes');
	assert.equal(code, 2);
	assert.match(stderr, /No steps were found/);
});

const store = `# Move the artifact store

## Procedure

### 1. Freeze the store

\`\`\`console
$ echo frozen > state.txt
frozen: 12 repositories
$ cat state.txt missing.txt
\`\`\`

### 2. Decision

- all say yes

### 3. Switch the alias

\`\`\`console
$ echo switched
switched
$ echo verified
\`\`\`

### 4. Keep or return

- all say keep
`;

test('commands in fences run one a go-ahead, output lines never, and a failed one runs again', async context => {
	const {answers, must, folder} = desk(context);
	writeFileSync(join(folder, 'store.md'), store);
	const adopts = ['owner=ops', 'run.freeze-the-store=fence', 'run.switch-the-alias=fence', 'takes=5m'];
	const rest = ['zero=switch-the-alias', 'decision=decision', 'closing=keep-or-return', '--by', 'vera'];
	const flags = [...adopts, ...rest.slice(0, 3)].flatMap(answer => ['--answer', answer]);
	assert.equal((await answers('adopt', 'store.md', ...flags, ...rest.slice(3))).code, 0);
	const begun = await must('vera', 'begin', 'store.md', '--t0', '+30m', '--ticket', 'C1', '--environment', 'test');
	assert.match(begun, /freeze-the-store {2}echo frozen > state\.txt/);
	assert.doesNotMatch(begun, /12 repositories/);

	const run = (...more: readonly string[]) => answers('run', 'freeze-the-store', '--as', 'vera', ...more);
	const first = await run();
	assert.equal(first.code, 0, first.stderr);
	assert.match(first.stdout, /\$ echo frozen > state\.txt/);
	assert.doesNotMatch(first.stdout, /\$ cat/);
	assert.match(await must('vera', 'status'), /OPEN .* 1 of 2 commands done/);
	const second = await run();
	assert.notEqual(second.code, 0);
	assert.match(second.stdout, /\$ cat state\.txt missing\.txt/);
	writeFileSync(join(folder, 'missing.txt'), 'there\n');
	assert.match((await run()).stdout, /\$ cat state\.txt missing\.txt[\s\S]*there/);
	assert.match(await must('vera', 'status'), /freeze-the-store DONE/);

	await must('vera', 'decide', 'go', '--early', '--reason', 'test', '--confirm', 'GO');
	const t0 = ['run', 'switch-the-alias', '--early', '--reason', 'test'];
	assert.match((await answers(...t0, '--as', 'vera')).stderr, /runs echo switched/);
	await must('vera', ...t0, '--confirm', 'T0');
	assert.match(await must('vera', 'status'), /EXECUTING {2}T0: 1 of 2 commands done/);
	await must('vera', 'run', 'switch-the-alias');
	assert.match(await must('vera', 'status'), /OBSERVING/);
});
