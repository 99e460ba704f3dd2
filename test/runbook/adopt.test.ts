import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {lengthSaid} from '../../source/runbook/adopt/marks.ts';
import {type Answers, slug} from '../../source/runbook/adopt/proposal.ts';
import {propose} from '../../source/runbook/adopt/propose.ts';
import {reviewedText} from '../../source/runbook/adopt/repair.ts';
import {mapText} from '../../source/runbook/adopt/write.ts';
import {codes, read} from './sample.ts';

const mapOf = (text: string, answers: Answers = {}, by: string | null = 'vera'): string =>
	mapText(propose(read(text), answers), 'plan.md', by, '2031-03-01');

/** What a map must keep of a runbook that is read as it stands; who owns what nobody owns is asked. */
const kept = ({stages, gates, triggers, rollback, signOffs}: Runbook) => ({
	stages: stages.map(({offsetSeconds, kind, items}) => ({offsetSeconds, kind, items})),
	gates: gates.map(({kind, commands, files, need, expect}) => ({
		kind,
		commands,
		files: files.toSorted(),
		need,
		expect,
	})),
	triggers: triggers.map(one => [one.kind, one.kind === 'outage' && [one.thresholdSeconds, one.strict]]),
	rollback: [rollback?.preferred ?? null, rollback?.fallback ?? null],
	signOffs: signOffs.map(({role}) => role),
});

const folders = ['manners/', '../../docs/samples/'].map(path => fileURLToPath(new URL(path, import.meta.url)));
const texts = folders.flatMap(folder =>
	readdirSync(folder)
		.filter(file => file.endsWith('.md'))
		.map(file => ({file, text: readFileSync(`${folder}${file}`, 'utf8')}))
		.filter(({text}) => !text.startsWith('---') && read(text).runbook !== null),
);

test('mapping a runbook that needs no map changes nothing that is read', () => {
	assert.ok(texts.length > 90);
	for (const {file, text} of texts) {
		const before = read(text).runbook;
		const {runbook, problems} = read(text, {settings: mapOf(text)});
		assert.ok(before && runbook, `${file}: ${problems.map(({message}) => message).join(' ')}`);
		assert.deepEqual(kept(runbook), kept(before), file);
	}
});

test('a change of an anchored line is an error that names it, a change of any other line changes nothing', () => {
	for (const {file, text} of texts.filter((_, index) => index % 6 === 0)) {
		const settings = mapOf(text);
		const before = read(text, {settings}).runbook;
		assert.ok(before, file);
		const {lines: anchored} = linesOf(text, settings);
		text.split('\n').forEach((line, index, all) => {
			if (!/[a-z]{3}/i.test(line) || /^#\s/.test(line)) return;
			const changed = all.with(index, line.replace(/[a-z]{3}/i, 'zqx')).join('\n');
			const after = read(changed, {settings});
			const errors = after.problems.filter(({severity}) => severity === 'error');
			if (anchored.has(index + 1)) assert.ok(errors.length > 0, `${file}:${index + 1} ${line}`);
			else if (errors.length === 0 && after.runbook)
				assert.deepEqual(kept(after.runbook), kept(before), `${file}:${index + 1} ${line}`);
		});
	}
});

/** Lines that the entries of a map stand on. */
function linesOf(text: string, settings: string): {readonly lines: ReadonlySet<number>} {
	const {seen} = read(text, {settings});
	const {stages = [], gates = [], triggers = [], signOffs = []} = seen ?? {};
	return {lines: new Set([...stages, ...gates, ...triggers, ...signOffs].map(({line}) => line))};
}

const upgrade = `# Upgrade of the booking service

## Upgrade

### Block deployments (5 min)

- six reviewers

### Show the page

- run the workflow

### Decide

- all say yes

### Upgrade the server

- \`bin/upgrade\`

### Open again

- [ ] page is gone

## Contacts

| Who | Phone |
|---|---|
| ops | 1 |
`;

test('ordered steps without times become a timeline by what each takes', () => {
	const {runbook, problems} = read(upgrade, {settings: mapOf(upgrade, {'takes.show-the-page': '20m', owner: 'dba'})});
	assert.deepEqual(
		problems.filter(({severity}) => severity === 'error'),
		[],
	);
	assert.deepEqual(
		runbook?.stages.map(({id, kind, offsetSeconds, owners}) => [id, kind, offsetSeconds / 60, owners.join()]),
		[
			['block-deployments', 'manual', -40, 'dba'],
			['show-the-page', 'manual', -35, 'dba'],
			['decide', 'decision', -15, 'dba'],
			['upgrade-the-server', 'act', 0, 'dba'],
			['open-again', 'closing', 15, 'dba'],
		],
	);
	const {questions} = propose(read(upgrade), {});
	assert.ok(questions.length <= 10);
	assert.ok(questions.some(({id}) => id === 'zero'));
});

const map = (reading: string): string => `cutover: 1\nreading:\n${reading}`;
const problemsOf = (reading: string): readonly string[] => codes(read(upgrade, {settings: map(reading)}).problems);

test('the one list of a document means its steps, also beside its rollback; two steps do where their heading says so', () => {
	const stagesOf = (...lines: readonly string[]): readonly string[] => {
		const text = ['# Move of the store', '', ...lines, ''].join('\n');
		const {seen} = read(text, {settings: mapOf(text)});
		return seen?.stages.map(({id}) => id) ?? [];
	};
	const back = ['', '## Rollback', '', 'Run `back.sh`.'];
	const three = ['1. Freeze it', '2. Switch over to the new host', '3. Look at it'];
	assert.deepEqual(stagesOf(...three, ...back), ['freeze-it', 'switch-over-to', 'look-at-it']);
	assert.deepEqual(stagesOf('## Steps', '', ...three.slice(0, 2)), ['freeze-it', 'switch-over-to']);
	assert.deepEqual(stagesOf('## Notes', '', ...three.slice(0, 2)), []);
});

test('a rollback script never gets what would decide what it runs, whatever the map hands on', () => {
	const rollback = `  rollback:
    - { from: "run the workflow", workflow: .github/workflows/back.yml, with: { git-ref: v1, path: /tmp } }
    - { path: fallback, from: "bin/upgrade", run: code }
`;
	const {seen, problems} = read(upgrade, {settings: map(`  stages: []\n${rollback}`)});
	assert.deepEqual(seen?.rollback?.environment, {GIT_REF: 'v1'});
	assert.ok(codes(problems).includes('rollback-input-never'));
});

test('stages begin beside one another, or after several', () => {
	const reading = `  owner: ops
  zero: up
  decision: go
  stages:
    - { id: block, from: "Block deployments…", takes: 5m }
    - { id: page, from: "Show the page", takes: 20m, with: block }
    - { id: go, from: Decide, takes: 5m, after: [block, page] }
    - { id: up, from: "Upgrade the server", takes: 10m }
    - { id: open, from: "Open again", at: T+30 }
`;
	const {runbook} = read(upgrade, {settings: map(reading)});
	assert.deepEqual(
		runbook?.stages.map(({id, offsetSeconds}) => [id, offsetSeconds / 60]),
		[
			['block', -25],
			['page', -25],
			['go', -5],
			['up', 0],
			['open', 30],
		],
	);
	assert.ok(problemsOf(reading.replace(', takes: 5m, after', ', after')).includes('reading-takes'));
	assert.ok(problemsOf(reading.replace('at: T+30', 'at: T+5')).includes('reading-late'));
	assert.ok(problemsOf(reading.replace('at: T+30', 'at: soon')).includes('reading-time'));
});

test('what a map says wrong is an error in the map', () => {
	const stages = '  stages:\n    - { id: go, from: Decide, takes: 5m }\n    - { id: up, from: "Upgrade the server" }\n';
	const whole = `  owner: ops\n  zero: up\n  decision: go\n${stages}`;
	assert.deepEqual(problemsOf(whole), ['reading-unreviewed']);
	assert.ok(problemsOf(whole.replace('from: Decide', 'from: Decided')).includes('reading-place'));
	assert.ok(problemsOf(whole.replace('  zero: up\n', '')).includes('reading-missing'));
	assert.ok(problemsOf(whole.replace('decision: go', 'decision: up')).includes('reading-order'));
	assert.ok(problemsOf(whole.replace('zero: up', 'zero: down')).includes('settings-unknown'));
	assert.ok(problemsOf(`${whole}  gates:\n    - { from: Decide, run: code }\n`).includes('reading-code'));
	assert.ok(problemsOf(`${whole}  signOffs:\n    - { from: Decide, role: ops }\n`).includes('reading-twice'));
});

test('a changed heading above the stages is the only error of a map', () => {
	const rows = ['| T-10 | lead | Go/no-go |', '| T0 | ops | Switch |', '| T+30 | lead | Keep or go back |'];
	const text = `# Move\n\n## Plan\n\n| Time | Owner | Action |\n|---|---|---|\n${rows.join('\n')}\n`;
	const {problems} = read(text.replace('## Plan', '## Order'), {settings: mapOf(text)});
	assert.deepEqual(
		problems.flatMap(({severity, code}) => (severity === 'error' ? code : [])),
		['reading-place'],
	);
});

test('an unreviewed map says so, and a review accepts its text unchanged', () => {
	const settings = mapOf(upgrade, {}, null);
	const first = read(upgrade, {settings});
	assert.equal(first.runbook?.unreviewed, true);
	assert.ok(codes(first.problems).includes('reading-unreviewed'));
	const changed = upgrade.replace('all say yes', 'all say yes aloud');
	assert.deepEqual(codes(read(changed, {settings}).problems).slice(0, 1), ['reading-changed']);
	const reviewed = reviewedText(settings, changed.split('\n'), 'vera', '2031-03-02');
	assert.ok(reviewed);
	const after = read(changed, {settings: reviewed});
	assert.deepEqual([after.runbook?.unreviewed, codes(after.problems)], [undefined, []]);
});

test('steps of the rollback that people do are read in their order', () => {
	const text = `${upgrade}\n## Rollback\n\n1. Restore the snapshot\n2. Start the service\n`;
	const {runbook} = read(text, {settings: mapOf(text)});
	assert.equal(runbook?.rollback, null);
	assert.deepEqual(runbook?.rollbackSteps, ['Restore the snapshot', 'Start the service']);
});

test('a length is alone in brackets or behind a dash, and is no age and no time', () => {
	const minutes = (text: string) => (lengthSaid(text) ?? 0) / 60;
	assert.deepEqual(
		[
			'Stop (5 min)',
			'Stop - 5 min',
			'Stop – ~10 min',
			'Copy (critical - 30 minutes)',
			'Look (5-10 minutes)',
			'Turn (target: 90 seconds)',
		].map(minutes),
		[5, 5, 10, 30, 10, 1.5],
	);
	assert.deepEqual(
		['Copy is there (less than 24 hours old)', 'T0 - 5 min', 'Stop the 5 min job'].map(minutes),
		[0, 0, 0],
	);
});

test('an id is made of what is done, without its time and number', () => {
	assert.deepEqual(
		[
			'Sat 06:00 Start the new controller',
			'Deploy 4.0 to the stores',
			'Step 4. Copy',
			'18:30  stop  indexing',
			'T-7 days',
		].map(text => slug(text, new Set())),
		['start-the-new', 'deploy-4-0', 'copy', 'stop-indexing', 't-7-days'],
	);
});

test('the ticket and the environment that the head names are those of the cutover, unless the settings say otherwise', () => {
	const head = '# Move\n\n| Field | Value |\n|---|---|\n| Change ticket | CHG-4711 |\n\n**Environment:** staging\n';
	const plan = '\n## Timeline\n- T-5: go/no-go\n- T0: switch\n- T+5: close\n';
	const about = (text: string, settings?: string) => {
		const {runbook} = read(text, settings === undefined ? {} : {settings});
		return [runbook?.ticket, runbook?.environment];
	};
	assert.deepEqual(about(head + plan), ['CHG-4711', 'staging']);
	assert.deepEqual(about(head + plan, mapOf(head + plan)), ['CHG-4711', 'staging']);
	assert.deepEqual(about(head + plan, 'cutover: 1\nticket: CHG-1\n'), ['CHG-1', 'staging']);
	assert.deepEqual(about(`# Move\n\nTicket: CHG-XXXX\nEnvironment: <name>\n${plan}`), [null, null]);
});

test('what other columns say of a step is kept beside it', () => {
	const rows = [
		'| 1 | Drain | 10:00 | DBA | lag grows |',
		'| 2 | Go/no-go | 10:10 | Lead | - |',
		'| 3 | Switch (T0) | 10:20 | DBA | 5xx |',
	];
	const text = ['# Move', '', '| # | Task | Time | Owner | Abort when |', '|---|---|---|---|---|', ...rows, ''].join(
		'\n',
	);
	assert.deepEqual(
		read(text, {settings: mapOf(text)}).seen?.stages.map(({more: {time: _, ...more}}) => more),
		[{'Abort when': 'lag grows'}, {}, {'Abort when': '5xx'}],
	);
});
