import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Expect, expectText, judgeShown} from '../../source/cutover/model/expect.ts';
import {conditionOf} from '../../source/runbook/parts/gates/pass-condition.ts';
import {fencedCommand} from '../../source/text/code.ts';
import {lines, night} from './night.ts';
import {codes, read} from './sample.ts';

const shown = (stdout: string, exit = 0) => ({exit, stdout, stderr: ''});
const verdict = (pass: string, stdout: string, exit = 0): string => {
	const condition = conditionOf(pass, 'grep x log');
	return typeof condition === 'string' ? condition : judgeShown(condition, shown(stdout, exit)).verdict;
};

test('exit codes of a pass condition are judged', () => {
	for (const pass of [
		'Exit code 0',
		'exits 0',
		'passes',
		'All green',
		'succeeds.',
		'exit status 0',
		'returns 0',
		'no errors',
	])
		assert.equal(conditionOf(pass, ''), 'plain', pass);
	for (const pass of [
		'exit code is not 0',
		'Non-zero exit code',
		'Fails',
		'exit != 0',
		'must fail',
		'must not exit 0',
		'Exit code other than zero',
		'exits with an error',
		'退出码不为 0',
	])
		assert.deepEqual(conditionOf(pass, ''), {exit: 'nonzero'}, pass);
	assert.deepEqual(conditionOf('Exit code 1', ''), {exit: [1]});
	assert.deepEqual(conditionOf('exits with 0 or 2', ''), {exit: [0, 2]});
	assert.deepEqual(conditionOf('exit 0, 1', ''), {exit: [0, 1]});
	assert.deepEqual(
		[verdict('Exit code 1', '', 1), verdict('Exit code 1', '', 0), verdict('Fails', '', 0)],
		['pass', 'fail', 'fail'],
	);
});

test('the output of a pass condition is judged', () => {
	for (const [pass, good, bad] of [
		['prints READY', 'state: READY\n', 'state: NOTREADY'],
		['Exit code 0 and prints READY', 'READY', 'down'],
		['Contains "all well"', 'yes: all well', 'all is well'],
		['Returns 200', '200', '404'],
		['Version is 4.2', 'v 4.2', '4.2.1'],
		['"ok"', 'ok', 'no'],
		['Empty output', '', 'x'],
		['no matches', '', 'ERROR'],
		['count is 0', '0', '10'],
		['0 rows', '0', '3'],
		['Replica lag below 5 s', '3 s', '7 s'],
		['at least 3 nodes', '3', '2'],
		['<= 10', '10', '11'],
		['HTTP status is 200 or 204', '204', '500'],
		['200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 500'],
		['output does not contain ERROR', 'all well\nno TERROR', 'well\nERROR 1\nwell'],
		['exactly 1 row', '(1 row)', '(2 rows)'],
		['between 1 and 5', '5', '6'],
		['at least 3 lines', 'a\n\nb\nc\n', 'a\nb\n\n'],
		['READY', 'READY', 'NOTREADY'],
		['输出为空', '', 'x'],
	] as const)
		assert.deepEqual([verdict(pass, good), verdict(pass, bad)], ['pass', 'fail'], pass);
	assert.equal(verdict('no matches', '', 1), 'pass');
	assert.equal(verdict('no matches', '', 2), 'fail');
});

test('a number that misses its limit is shown with the unit of both', () => {
	const {reason} = judgeShown({below: 5, unit: 's'}, shown('lag 9 s'));
	assert.equal(reason, '9 s is not below 5 s');
});

test('a text that the output must or must not contain is shown as it was written', () => {
	const shownAs = (pass: string): string => expectText(conditionOf(pass, '') as Expect);
	assert.equal(shownAs('prints "v4.2 (ok)"'), 'stdout contains v4.2 (ok)');
	assert.equal(shownAs('output does not contain ERROR'), 'stdout does not contain ERROR');
	assert.equal(shownAs('matches /^a+$/'), 'stdout matches /^a+$/');
	const ready = conditionOf('prints READY', '') as Expect;
	assert.equal(judgeShown(ready, shown('waiting')).reason, 'stdout does not contain READY: "waiting"');
});

test('what is no condition of the output is not taken for one', () => {
	for (const pass of [
		'completes in under 2 minutes',
		'Version >= 4.2',
		'status: green',
		'READY or DONE',
		'"ok": true',
		'ok is true',
	])
		assert.equal(conditionOf(pass, ''), 'unjudged', pass);
});

test('a condition with more in it than a good end is not taken for a good end', () => {
	for (const pass of [
		'OK is printed',
		'Zero errors',
		'0 errors',
		'OK appears in the output',
		'Output: OK',
		'Last line is OK',
		'exit code ≤ 1',
		'exit code 0 (1 is fine)',
		'Exit code 0 unless in maintenance',
		'输出包含 READY',
	])
		assert.equal(conditionOf(pass, ''), 'unjudged', pass);
});

test('what cannot be compared is unknown, and never a pass', () => {
	assert.equal(verdict('Replica lag below 5 s', '4500 ms'), 'unknown');
	assert.equal(verdict('Replica lag below 5 s', '1 of 2'), 'unknown');
	assert.equal(judgeShown({json: 'a.b', below: 5}, shown('{"a": {}}')).verdict, 'unknown');
	const json: Expect = {json: 'a.0.lag', below: 5};
	assert.deepEqual(
		['{"a":[{"lag":4}]}', '{"a":[{"lag":6}]}', 'none'].map(text => judgeShown(json, shown(text)).verdict),
		['pass', 'fail', 'unknown'],
	);
});

const row = (command: string, pass: string) =>
	`# Move\n\n## Gates\n\n| Gate | Check | Command | Pass condition | Owner |\n|---|---|---|---|---|\n| G1 | Ready | ${command} | ${pass} | ops |\n\n## Timeline\n\n- T-10: ops: go/no-go\n- T0: ops: switch\n- T+10: ops: keep\n`;

test('a pass condition that nothing can judge is a warning that offers the setting', () => {
	const {problems} = read(row('`bin/lag`', 'Replica is standby since an hour'));
	const found = problems.find(({code}) => code === 'gate-output');
	assert.match(found?.fix ?? '', /gates\.G1\.expect/);
	const settings = 'cutover: 1\ngates:\n  G1: { expect: { stdout: standby, exit: 0 } }\n';
	const set = read(row('`bin/lag`', 'Replica is standby since an hour'), {settings});
	assert.ok(!codes(set.problems).includes('gate-output'));
	assert.deepEqual(set.runbook?.gates[0]?.expect, {stdout: 'standby', exit: [0]});
});

test('a command may begin with an ordinary word', () => {
	assert.deepEqual(read(row('`yes \\| head -n 3`', 'Exit code 0')).runbook?.gates[0]?.commands, ['yes | head -n 3']);
	assert.deepEqual(read(row('`yes y \\| head -n 3`', 'Exit code 0')).runbook?.gates[0]?.commands, [
		'yes y | head -n 3',
	]);
	assert.deepEqual(read(row('`for i in 1 2; do ls; done`', 'Exit code 0')).runbook?.gates[0]?.commands, [
		'for i in 1 2; do ls; done',
	]);
	for (const column of ['Command', 'Command / Evidence'])
		for (const code of ['`all is well`', '`ready`', '`"my prog" x`', '`$HOME/bin/x`'])
			assert.ok(
				codes(read(row(code, 'Exit code 0').replace('| Command |', `| ${column} |`)).problems).includes('gate-words'),
				`${column} ${code}`,
			);
});

test('in a terminal fence only lines with a prompt are commands', () => {
	assert.equal(fencedCommand('$ echo a\nprinted\n$ echo b'.split('\n'), 'console'), 'echo a && echo b');
	assert.equal(fencedCommand('root@host:~$ make \\\n  all\nok'.split('\n'), 'bash'), 'make all');
	assert.equal(fencedCommand('touch x'.split('\n'), 'text'), '');
	assert.equal(fencedCommand('touch x'.split('\n'), 'bash'), 'touch x');
});

test('a script is run where the cell that names it says how it exits and no other cell says what passes', () => {
	const gate = (header: string, row: string) => {
		const {runbook} = read(lines('## Gates', `| ID | Check | ${header} |`, '|---|---|---|', `| G1 | ${row} |`, night));
		const {kind, commands} = runbook?.gates[0] ?? {};
		return {kind, commands};
	};
	const run = {kind: 'command', commands: ['ops/lag.sh']};
	assert.deepEqual(gate('Owner', '`ops/lag.sh` exits 0 | dba'), run);
	assert.deepEqual(gate('Pass', '`ops/lag.sh` exits 0 | file is present'), {kind: 'files', commands: []});
	assert.deepEqual(gate('Owner', '`ops/lag.sh` is ready | dba'), {kind: 'files', commands: []});
});

test('what a row says that its own command must show is judged, and a limit before the command is named as not judged', () => {
	const gate = (check: string) => {
		const {runbook, problems} = read(
			lines('## Gates', '| ID | Check | Owner |', '|---|---|---|', `| G1 | ${check} | dba |`, night),
		);
		const {kind, commands, expect} = runbook?.gates[0] ?? {};
		return [kind, commands, expect, problems.find(({code}) => code === 'gate-output')?.line];
	};
	const lag = ['ops/lag.sh'];
	assert.deepEqual(gate('`ops/lag.sh` prints below 5'), ['command', lag, {below: 5}, undefined]);
	const df = ['df -h /data'];
	assert.deepEqual(gate('`df -h /data` is below 80 %'), ['command', df, {below: 80, unit: '%'}, undefined]);
	assert.deepEqual(gate('Disk below 80 %: `df -h /data`'), ['command', df, undefined, 6]);
	assert.deepEqual(gate('Disk has room: `df -h /data`'), ['command', df, undefined, undefined]);
	assert.deepEqual(gate('`df -h /data` shows that there is room'), ['command', df, undefined, 6]);
});
