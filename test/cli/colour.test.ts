/** Lines of the command line on a terminal: the state is coloured as on the screen, and nothing that somebody wrote is. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {coloured, uncoloured} from '../../source/cli/colour.ts';
import {lineOf, unknown, yes} from '../../source/cli/doctor/finding.ts';
import {entryLine} from '../../source/cli/entry-line.ts';
import {asLines} from '../../source/cli/status-lines.ts';
import {problemLines} from '../../source/cli/what-was-read.ts';
import type {Entry} from '../../source/cutover/ports.ts';
import {sentence, statedIn} from '../../source/cutover/snapshot/sentence.ts';
import {note} from '../cutover/commands.ts';
import {judges, ready} from '../cutover/night.ts';
import {examples} from '../scenarios/examples.ts';
import {alice, dave} from '../scenarios/people.ts';

const csi = String.fromCharCode(27);
const painted = (code: number) => (word: string) => `${csi}[${code};1m${word}${csi}[m`;
const [red, green, yellow, bold] = [painted(31), painted(32), painted(33), painted(1)];

const shown = (entry: Entry | undefined): string => (entry === undefined ? '' : coloured(entryLine('', entry)));

test('status, log, check and doctor show the state in colour', () => {
	const lines = asLines(ready().stands('21:52'), {folder: '/srv', watcher: () => true}).map(line => coloured(line));
	assert.ok(lines[0]?.startsWith(`${bold('PREPARING')}  `));
	assert.ok(lines.some(line => line.startsWith(`  G1 ${green('PASS')}  `)));
	const night = ready();
	judges(night, '21:53', dave, 'G1', 'fail', 'exit code 1');
	const [ended, judged] = [
		night.entries().findLast(({type}) => type === 'ended'),
		night.entries().findLast(({type}) => type === 'judged'),
	];
	assert.equal(shown(ended), `G1-2 ${red('failed')}, exit code 1`);
	assert.equal(shown(judged), `G1 ${red('FAIL')}: exit code 1`);
	const problem = {severity: 'warning', code: 'stage-late', line: 16, column: 50, message: 'T-30', fix: ''} as const;
	assert.deepEqual(problemLines({file: 'runbook.md', problems: [problem]}).map(coloured), [
		`runbook.md:16:50  ${yellow('warning')}  stage-late  T-30`,
	]);
	assert.equal(coloured(lineOf({name: 'node', ...yes('26.10.0')})), `${green('OK')}       node: 26.10.0`);
	assert.equal(coloured(lineOf({name: 'git', ...unknown('no answer')})), `${yellow('UNKNOWN')}  git: no answer`);
});

test('words of people and programs stay as they are', () => {
	const night = ready();
	night.does('21:53', alice, note('the FAIL is known: DOWN again'));
	const said = night.entries().at(-1);
	assert.ok(said);
	assert.equal(shown(said), sentence(said));
	assert.equal(
		coloured('2031-01-14T21:41:02.120Z FAIL refund: expected 200'),
		'2031-01-14T21:41:02.120Z FAIL refund: expected 200',
	);
});

test('the state of an entry is a word of its sentence', () => {
	const types = new Set<string>();
	for (const entry of examples()) {
		const found = statedIn(entry);
		if (found === null) continue;
		types.add(entry.type);
		assert.equal(uncoloured(found), sentence(entry));
	}
	for (const type of ['ended', 'judged', 'reported', 'fired', 'outageBegan', 'voted', 'closed'])
		assert.ok(types.has(type), `no example of ${type}`);
});
