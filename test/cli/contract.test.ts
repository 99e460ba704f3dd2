import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {desk} from './desk.ts';
import {begin, copyCutover} from './walks.ts';

const keys = (value: object): readonly string[] => Object.keys(value);

const includes = (value: object, wanted: string): void => {
	for (const key of wanted.split(' ')) assert.ok(keys(value).includes(key), `${key} of ${keys(value).join(' ')}`);
};

test('status --json has every key of the contract, times in RFC 3339 and null where not reached', async context => {
	const night = desk(context);
	const id = await begin(night);
	const status = await night.status();
	includes(
		status,
		'id title folder status count ticket environment t0 t0Started now next restricted poll gates stages triggers endpoints rollback signOffs watcher',
	);
	assert.equal(status['id'], id);
	assert.equal(status['folder'], join(night.state, id));
	assert.equal(status['t0Started'], null);
	assert.equal(status['rollback'], null);
	assert.equal(status['restricted'], false);
	assert.match(String(status['t0']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	includes(status['next'] as object, 'text who role since due after act target');
	includes(
		(status['gates'] as object[])[0] ?? {},
		'id title verdict judging since until by attempt reason awaits words',
	);
	includes((status['stages'] as object[])[0] ?? {}, 'id planned started ended state slippageSeconds attempt awaits');
	includes(
		(status['triggers'] as object[])[0] ?? {},
		'id kind state outageSeconds thresholdSeconds firedAt confirmedBy',
	);
	includes((status['signOffs'] as object[])[0] ?? {}, 'id role signed by at blockedBy signature');
	includes(status['watcher'] as object, 'alive lastSampleAt');
});

test('log --json prints the journal line for line, its numbers without a hole', async context => {
	const night = desk(context);
	const id = await begin(night);
	await night.must('rita', 'note', 'a remark');
	const {stdout} = await night.cli('log', '--json');
	assert.equal(stdout, readFileSync(join(night.state, id, 'journal.ndjson'), 'utf8'));
	const entries = stdout
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	assert.deepEqual(
		entries.map(({seq}) => seq),
		entries.map((_, index) => index + 1),
	);
	for (const entry of entries) includes(entry, 'seq at type by data previous hash');
	includes(entries[0].by, 'name login role tty ssh strength');
	const lines = (await night.cli('log')).stdout.trimEnd().split('\n');
	assert.equal(lines.length, entries.length);
	assert.match(lines.at(-1) ?? '', /a remark/);
});

test('check --json has every key of the contract, and null for a runbook with an error', async context => {
	const {cli, write, folder} = desk(context);
	const {runbook, problems} = JSON.parse((await cli('check', 'runbook.md', '--json')).stdout);
	includes(runbook, 'title path digest gates stages triggers rollback signOffs evidence');
	includes(runbook.gates[0], 'id title kind command files passWhen owners line');
	includes(runbook.stages[0], 'id kind offsetSeconds owners action evidence items gates playbook line');
	includes(runbook.triggers[0], 'id kind text thresholdSeconds line');
	includes(runbook.triggers[1], 'id kind text roles facts line');
	includes(runbook.rollback.preferred, 'kind workflow inputs');
	includes(runbook.rollback.fallback, 'kind script reference');
	includes(runbook.signOffs[0], 'id role text requires line');
	assert.equal(runbook.evidence.fields.length, 11);
	assert.match(runbook.digest, /^sha256:[0-9a-f]{64}$/);
	assert.ok(Array.isArray(problems));
	write('broken.md', readFileSync(join(folder, 'runbook.md'), 'utf8').replace('| T0 |', '| T+1 |'));
	const broken = await cli('check', 'broken.md', '--json');
	assert.equal(broken.code, 2);
	const found = JSON.parse(broken.stdout);
	assert.equal(found.runbook, null);
	includes(found.problems[0], 'severity line column code message fix');
	assert.match((await cli('check', 'broken.md')).stdout, /^broken\.md:\d+:\d+ {2}error {2}[a-z-]+ {2}\S/m);
});

test('text from outside has no power over the terminal, in words and in JSON', async context => {
	const night = desk(context);
	await begin(night);
	const hostile = 'red \u001b[31m and \u009b2J and \u202eback';
	await night.must('rita', 'note', hostile);
	for (const argv of [
		['log'],
		['log', '--json'],
		['export', '--format', 'md'],
		['export', '--format', 'json'],
		['status'],
	]) {
		const {stdout} = await night.cli(...argv);
		assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, argv.join(' '));
	}
	const {stderr} = await night.cli('run', '\u001b[2J');
	assert.match(stderr, /␛\[2J/);
});

test('init writes a runbook that check understands without an error, and overwrites nothing', async context => {
	const {cli, folder} = desk(context);
	const made = await cli('init', 'mine.md');
	assert.equal(made.code, 0, made.stderr);
	const checked = await cli('check', 'mine.md');
	assert.equal(checked.code, 0, checked.stdout);
	assert.doesNotMatch(checked.stdout, / (error|warning) /);
	writeFileSync(join(folder, 'mine.md'), 'my own words');
	const again = await cli('init', 'mine.md');
	assert.equal(again.code, 1);
	assert.equal(readFileSync(join(folder, 'mine.md'), 'utf8'), 'my own words');
	assert.equal((await cli('init', 'mine.txt')).code, 2);
});

test('a shell completes commands, options and the ids of the open cutover', async context => {
	const night = desk(context);
	await begin(night);
	const complete = async (...words: readonly string[]): Promise<readonly string[]> =>
		(await night.answers('complete', '--', ...words)).stdout.split('\n').map(line => line.split('\t')[0] ?? '');
	assert.ok((await complete('stat')).includes('status'));
	assert.ok((await complete('run', '--res')).includes('--resume'));
	assert.deepEqual((await complete('run', 'G')).slice(0, 5), ['G1', 'G2', 'G3', 'G4', 'G5']);
	assert.ok((await complete('decide', '--role', 'release')).includes('release-manager'));
	assert.ok((await complete('check', 'run')).includes('runbook.md'));
});

test('a shell completes the ids of the cutover that the line names, where several are open', async context => {
	const night = desk(context);
	await begin(night);
	await night.answers('begin', 'runbook.md', '--t0', '+10h', '--new', '--as', 'rita');
	const complete = async (...words: readonly string[]): Promise<readonly string[]> =>
		(await night.answers('complete', '--', ...words)).stdout.split('\n').map(line => line.split('\t')[0] ?? '');
	const [newest] = (await complete('status', '--cutover', '')).filter(word => word.startsWith('ledger'));
	assert.ok(newest);
	assert.ok(!(await complete('run', 'G')).includes('G1'));
	assert.ok((await complete('run', '--cutover', newest, 'G')).includes('G1'));
	assert.ok(!(await complete('run', '--cutover', 'no-such', 'G')).includes('G1'));
});

test('completion and status --line read no journal of a closed cutover', async context => {
	const night = desk(context);
	const id = await begin(night);
	const closed = join(night.state, 'closed');
	copyCutover(join(night.state, id), closed);
	const progress = join(closed, 'progress.json');
	writeFileSync(progress, readFileSync(progress, 'utf8').replace('"preparing"', '"closed"'));
	writeFileSync(join(closed, 'journal.ndjson'), 'not read');
	assert.match((await night.answers('complete', '--', 'run', 'G')).stdout, /^G1\t/m);
	assert.match((await night.answers('complete', '--', 'status', '--cutover', '')).stdout, /^closed\t/m);
	assert.match((await night.answers('status', '--line')).stdout, /^PREPARING /);
});

/** What bash offers once it has sourced the script; `cutover-tui` is a function that answers this. */
const offered = (script: string, words: readonly string[], answer: string, cwd: string): string => {
	const typed = words.map(word => `'${word}'`).join(' ');
	const program = `cutover-tui() { printf '${answer}'; }
${script}
COMP_WORDS=(cutover-tui ${typed}); COMP_CWORD=${words.length}
_cutover_tui; printf '%s\\n' "\${COMPREPLY[@]}"; ls`;
	return execFileSync('bash', ['--norc', '-c', program], {cwd, encoding: 'utf8'});
};

test('bash completes with nothing but its own script, and runs nothing that is half typed', async context => {
	const {cli, folder} = desk(context);
	const {code, stdout} = await cli('complete', 'bash');
	assert.equal(code, 0);
	const answer = 'T-60\\tcheck\\nT-30\\ttests\\nG1\\n:4\\n';
	assert.match(offered(stdout, ['run', 'T-'], answer, folder), /^T-60\nT-30\n(?!G1)/);
	assert.doesNotMatch(offered(stdout, ['run', '$(touch pwned)'], answer, folder), /pwned/);
	for (const shell of ['zsh', 'fish']) assert.match((await cli('complete', shell)).stdout, /cutover-tui complete --/);
	assert.equal((await cli('complete', 'tcsh')).code, 2);
});

test('a head that is none is a usage error, and no sign that the journal was changed', async t => {
	const {code, stderr} = await desk(t).cli('verify', '--head', '3f1c');
	assert.equal(code, 2);
	assert.match(stderr, /"3f1c" is not a head\. Write all 64 characters/);
});
