import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type Desk, desk} from './desk.ts';
import {begin, passT0, readyForT0} from './walks.ts';

const entries = async ({cli}: Desk): Promise<number> =>
	(await cli('log', '--json')).stdout.trimEnd().split('\n').length;

/** Refused with exit 1 and a sentence that says what would satisfy the rule, and no event. */
async function refused(night: Desk, says: RegExp, name: string, ...argv: readonly string[]): Promise<void> {
	const before = await entries(night);
	const {code, stdout, stderr} = await night.as(name, ...argv);
	assert.equal(code, 1, `${argv.join(' ')}: ${stdout}${stderr}`);
	assert.match(stderr, says);
	assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
	assert.equal(await entries(night), before, argv.join(' '));
}

test('what a rule forbids exits 1, says what would satisfy it, and leaves no event', async context => {
	const night = desk(context);
	await begin(night);
	await refused(night, /G1/, 'rita', 'decide', 'go', '--role', 'release-manager');
	await refused(night, /go/, 'rita', 'run', 'T0', '--confirm', 'T0');
	await refused(night, /S4|T-10/, 'rita', 'sign', 'S4');
	await refused(night, /not begun/, 'quin', 'done', 'T-30', '--reason', 'by hand', '--attach', 'runbook.md');
	await refused(night, /release-manager/, 'olga', 'run', 'G3', '--role', 'release-operator');
	await refused(
		night,
		/[Aa]bandon/,
		'rita',
		'rollback',
		'--reason',
		'no',
		'--confirm',
		'ROLLBACK',
		'--role',
		'release-manager',
	);
});

test('a refusal names the command that fixes it with the words that it takes', async context => {
	const night = desk(context);
	await begin(night);
	await night.as('rita', 'hold', '--reason', 'the database is slow');
	await refused(night, /\(t0 WHEN\)\.$/m, 'rita', 'decide', 'go', '--role', 'release-manager');
});

test('T0 needs its word, T+10 early its reason', async context => {
	const night = desk(context);
	await readyForT0(night);
	await refused(night, /T0/, 'rita', 'run', 'T0', '--early', '--reason', 'the window opened');
	await passT0(night);
	await refused(night, /early/, 'dave', 'run', 'T+10', '--result', 'pass', '--note', 'well');
});

test('an unknown gate, stage or trigger is a usage error that lists the known ones', async context => {
	const night = desk(context);
	await begin(night);
	const usageError = async (says: RegExp, ...argv: readonly string[]): Promise<void> => {
		const before = await entries(night);
		const {code, stderr} = await night.cli(...argv);
		assert.equal(code, 2, `${argv.join(' ')}: ${stderr}`);
		assert.match(stderr, says);
		assert.equal(await entries(night), before);
	};
	await usageError(/no gate or stage "G9".*G1, G2.*T\+30/, 'run', 'G9');
	await usageError(/no stage "T-45".*T-60/, 'skip', 'T-45', '--reason', 'x');
	await usageError(/no gate "T-60"/, 'acknowledge', 'T-60');
	await usageError(/no trigger "7".*1, 2, 3/, 'trigger', '7', '--yes');
	await usageError(/no sign-off "S9".*S1/, 'sign', 'S9');
	await usageError(/no evidence field "Colour".*Operator/, 'set', 'Colour', 'red');
	await usageError(/no role "boss".*release-manager/, 'hold', '--reason', 'x', '--role', 'boss');
	await usageError(/What is frozen was not said\. Say it \(TEXT\)/, 'freeze', ' ', '--role', 'ops-lead');
	await usageError(/no vote "maybe".*go, no-go, keep/, 'decide', 'maybe');
	await usageError(/exactly one of --ask, --yes, --no/, 'trigger', '2');
	await usageError(/--note does not belong to run, but to run --result or run --item;/, 'run', 'G1', '--note', 'x');
	await usageError(
		/--for does not belong to run,/,
		'run',
		'T0',
		'--for',
		'rita',
		'--relayed',
		'phone',
		'--words',
		'go',
	);
	await usageError(/--on does not belong to run --result,/, 'run', 'T+10', '--result', 'pass', '--on', 'host');
	await usageError(/only one of --resume, --result/, 'run', 'T+10', '--resume', '--result', 'pass');
	await usageError(/no cutover "nowhere"/, 'status', '--cutover', 'nowhere');
	await usageError(/past/, 't0', '2001-01-01T00:00:00Z', '--reason', 'x');
	await usageError(/not a command and not a file.*"status"/, 'stauts');
	await usageError(
		/^"frobnicate" is not a command and not a file\. cutover-tui --help lists the commands\.$/m,
		'frobnicate',
	);
	await usageError(/not a command/, 'help', 'frobnicate');
	await usageError(/^nowhere\.md does not exist\. Check the path\.$/m, 'nowhere.md');
	await usageError(/^\/no\/where does not exist\. Check the path\.$/m, '/no/where');
	await usageError(/release-manager or ops-lead/, 'decide', 'no-go', '--reason', 'x');
});

test('a second open cutover of the same runbook needs --new, and commands then need its id', async context => {
	const night = desk(context);
	const first = await begin(night);
	const again = await night.cli('begin', 'runbook.md', '--t0', '+61m');
	assert.equal(again.code, 1);
	assert.match(again.stderr, new RegExp(`${first}.*--new`));
	const second =
		(await night.must('rita', 'begin', 'runbook.md', '--t0', '+61m', '--new')).trimEnd().split('\n').at(-1) ?? '';
	const which = await night.cli('status');
	assert.equal(which.code, 2);
	assert.ok(which.stderr.includes(first) && which.stderr.includes(second), which.stderr);
	const list = JSON.parse((await night.cli('list', '--json')).stdout);
	assert.deepEqual(
		list.map((each: {id: string}) => each.id),
		[second, first],
	);
	assert.equal((await night.cli('status', '--cutover', first)).code, 0);
});

test('the same command id is the same act, once', async context => {
	const night = desk(context);
	const begun = await night.cli('begin', 'runbook.md', '--t0', '+61m', '--command-id', 'begin-1');
	const again = await night.cli('begin', 'runbook.md', '--t0', '+61m', '--command-id', 'begin-1');
	assert.equal(begun.stdout.trimEnd().split('\n').at(-1), again.stdout.trim());
	assert.equal(again.code, 0);
	night.write('other.md', readFileSync(join(night.folder, 'runbook.md'), 'utf8'));
	const elsewhere = await night.cli('begin', 'other.md', '--t0', '+61m', '--command-id', 'begin-1');
	assert.deepEqual([elsewhere.code, /of another runbook/.test(elsewhere.stderr)], [2, true]);
	await night.must('rita', 'note', 'with an id of its own', '--command-id', 'note-1#2');
	await night.must('rita', 'note', 'once', '--command-id', 'note-1');
	const before = await entries(night);
	await night.must('rita', 'note', 'once', '--command-id', 'note-1');
	assert.equal(await entries(night), before);
	for (const other of [
		['note', 'twice'],
		['hold', '--reason', 'once'],
		['note', 'once', '--on', 'G1'],
	]) {
		const {code, stderr} = await night.as('rita', ...other, '--command-id', 'note-1');
		assert.deepEqual(
			[code, /--command-id note-1 was used for another act, entry \d+ of the log/.test(stderr)],
			[2, true],
		);
	}
	assert.equal(await entries(night), before);
});

test('a T0 in the past, a missing T0 and a file that is not a runbook are usage errors', async context => {
	const night = desk(context);
	const {cli, write, folder} = night;
	assert.equal((await cli('begin', 'runbook.md', '--t0', '2001-01-01T00:00:00Z')).code, 2);
	assert.match((await cli('begin', 'runbook.md')).stderr, /--t0/);
	for (const name of ['nowhere.md', 'docs']) assert.equal((await cli('begin', name, '--t0', '+61m')).code, 2, name);
	write('binary.md', '\u0000\u0001');
	assert.equal((await cli('check', join(folder, 'binary.md'))).code, 2);
});

test('a tampered journal is exit 3 with a sentence, never a stack trace', async context => {
	const night = desk(context);
	const id = await begin(night);
	const file = join(night.state, id, 'journal.ndjson');
	writeFileSync(file, readFileSync(file, 'utf8').replace('CHG-7', 'CHG-8'));
	const {code, stderr} = await night.cli('status');
	assert.equal(code, 3);
	assert.doesNotMatch(stderr, /\bat .*\.ts:/);
});

test('a state folder that others may write is exit 3', async context => {
	const night = desk(context);
	mkdirSync(night.state, {recursive: true});
	chmodSync(night.state, 0o777);
	const {code, stderr} = await night.cli('list');
	assert.equal(code, 3);
	assert.match(stderr, /chmod/);
});

test('without a terminal the screen does not open and names the command to use', async context => {
	const night = desk(context);
	const {code, stderr} = await night.cli('runbook.md');
	assert.equal(code, 2);
	assert.match(stderr, /terminal.*cutover-tui/);
});
