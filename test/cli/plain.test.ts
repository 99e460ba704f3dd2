/** `--plain`: no full screen, one line an event, and a prompt. */
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {whoIn, wordsOf} from '../../source/cli/plain-reading.ts';
import {identityIn} from '../../source/processes/attempt-status.ts';
import {isAlive} from '../../source/processes/process.ts';
import {desk} from './desk.ts';
import {until} from './two-hosts.ts';
import {begin} from './walks.ts';

test('a plain session runs commands, says what happens a line each, and leaves', async context => {
	const night = desk(context);
	await begin(night);
	const {code, stdout} = await night.talking(
		[
			['Type a command, help, or quit.', 'run G1'],
			['G1 PASS', 'output G1'],
			['preflight', 'output G1 1 /exit'],
			[' lines\n', 'output G1 failure'],
			['No line reads like a failure.', 'output G1 7'],
			['G1 has no attempt 7; there are 1.', 'output G1 backwards'],
			['"backwards" is not known here', 'read'],
			['there are:\nrunbook.md', 'read G1'],
			['What runs:', 'read runbook.md /rollback'],
			['Trigger rollback immediately', 'read no-such-file'],
			['no-such-file', 'health'],
			['DISARMED', 'log /begun'],
			['1 of', 'commands'],
			['Usage: cutover-tui', 'you bob nobody'],
			['There is no role "nobody". There are:', 'you bob project-owner'],
			['You are bob (project-owner).', 'note "the network is slow"'],
			['the network is slow', 'next'],
			['NEXT', 'quit'],
		],
		'--plain',
		'--as',
		'olga',
	);
	assert.equal(code, 0);
	assert.match(stdout, /^\d\d:\d\d:\d\d {2}G1 \S*PASS/m);
	assert.doesNotMatch(stdout, /\u001b\[(?:\?1049h|H)/);
});

test('a plain session with several cutovers open lists them, and goes from one to the other', async context => {
	const night = desk(context);
	const first = await begin(night);
	await night.must('rita', 'begin', 'runbook.md', '--t0', '+10h', '--new');
	const {code, stdout} = await night.talking(
		[
			['open ID goes to a cutover', 'open no-such-one'],
			['There is no cutover "no-such-one"', `open ${first}`],
			['Sign-offs', 'quit'],
		],
		'--plain',
		'--as',
		'olga',
	);
	assert.equal(code, 0);
	assert.match(stdout, new RegExp(`^${first} {2}.*PREPARING`, 'm'));
	assert.doesNotMatch(stdout, /NO WATCHER/);
	assert.match(stdout, /^runbook\.md/m);
});

test('a terminal that shows no full screen gets the questions of adopt as lines', async context => {
	const night = desk(context);
	const {stdout} = await night.talking(
		[
			['open RUNBOOK reads one of this folder', 'adopt runbook.md'],
			['(exit code', 'quit'],
		],
		'--plain',
	);
	assert.doesNotMatch(stdout, /\u001b\[\?1049h/);
});

test('what cannot be undone takes its typed word in a plain session too', async context => {
	const night = desk(context, {COLUMNS: '60'});
	await begin(night);
	const {code, stdout, stderr} = await night.talking(
		[
			['Type a command, help, or quit.', 'abandon --reason "was a drill of the whole team, and it went well enough"'],
			['Type ABANDON', 'ABANDON'],
			['ABANDONED', 'quit'],
		],
		'--plain',
		'--as',
		'olga',
		'--role',
		'release-manager',
	);
	assert.equal(code, 0);
	assert.equal((await night.status())['status'], 'abandoned');
	const lines = [...stdout.split('\n'), ...stderr.split('\n')].map(line => stripVTControlCharacters(line));
	assert.deepEqual(
		lines.filter(line => line.length > 60 && !/\S{40}/.test(line)),
		[],
		'all but a line with a very long word',
	);
	const said = lines.join(' ').replaceAll(/ +/g, ' ');
	assert.equal(said.split(/ABANDONED[^:]*: was a drill of the whole team, and it went well enough/).length, 2, said);
});

test('a console without input prints events until the cutover is closed', async context => {
	const night = desk(context);
	await begin(night);
	const running = night.start('--plain', '--as', 'olga');
	await running.shows('Type a command');
	await night.must('olga', 'note', 'seen from elsewhere');
	await running.shows('seen from elsewhere');
	running.signal('SIGTERM');
	assert.equal((await running.ended).code, 143);
});

test('a cutover opens although its watcher cannot be started, and says why', async context => {
	const night = desk(context);
	const id = await begin(night);
	const file = (name: string): string => join(night.state, id, name);
	await until(() => existsSync(file('watcher.json')));
	const watcher = identityIn(file('watcher.json')) ?? assert.fail();
	process.kill(watcher.pid, 'SIGKILL');
	await until(() => !isAlive(watcher));
	rmSync(file('watcher.err'), {force: true});
	mkdirSync(file('watcher.err'));
	const {code, stderr} = await night.talking([['Type a command, help, or quit.', 'quit']], '--plain', '--as', 'olga');
	assert.equal(code, 0);
	assert.match(stderr, /Work that is due could not be started\. .*watcher\.err/);
});

test('a runbook without a cutover is checked and begun from the prompt, and until then no other cutover is acted on', async context => {
	const night = desk(context, {NO_COLOR: '1'});
	night.write('ops/down.sh', 'exit 1\n');
	const down = {name: 'api', kind: 'script', run: 'ops/down.sh', every: '500ms'};
	night.write('runbook.cutover.yaml', JSON.stringify({cutover: 1, endpoints: [down]}));
	const {stdout} = await night.talking(
		[
			['Begin it: begin', 'note meant-for-this-one'],
			['and nothing was done', 'begin runbook.md --t0 +90m'],
			['api DOWN since', 'health'],
			['DISARMED', 'quit'],
		],
		'runbook.md',
		'--plain',
		'--as',
		'olga',
	);
	assert.match(stdout, /No cutover of runbook\.md is open/);
	assert.match(stdout, /^ {2}api DOWN {2}since/m);
});

test('quotes group the words of a typed line', () => {
	assert.deepEqual(wordsOf('note "it is \\"slow\\"" --on G2'), ['note', 'it is "slow"', '--on', 'G2']);
	assert.deepEqual(wordsOf("hold --reason 'two words'  x\\ y"), ['hold', '--reason', 'two words', 'x y']);
	assert.deepEqual(wordsOf('hold --reason="two words" "" a"b c"d'), ['hold', '--reason=two words', '', 'ab cd']);
});

test('a name of two words is taken for one where somebody has it, else the last word is a role', () => {
	const people = {lead: ['Alice Kim']};
	assert.deepEqual(whoIn(['alice', 'kim'], people), {name: 'alice kim', role: undefined});
	assert.deepEqual(whoIn(['bob', 'lead'], people), {name: 'bob', role: 'lead'});
	assert.deepEqual(whoIn(['Alice', 'Kim', 'lead'], people), {name: 'Alice Kim', role: 'lead'});
	assert.deepEqual(whoIn([], people), {name: undefined, role: undefined});
});
