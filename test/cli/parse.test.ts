import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import {when} from '../../source/cli/args.ts';
import type {Io} from '../../source/cli/io.ts';
import {parse} from '../../source/cli/parse.ts';
import {known, UsageError} from '../../source/cli/usage-error.ts';
import {verbs} from '../../source/cli/verbs.ts';
import {nearest} from '../../source/text/nearest.ts';

const io: Io = {
	stdin: new PassThrough(),
	stdout: new PassThrough(),
	stderr: new PassThrough(),
	env: {},
	cwd: '/',
	onSignal: () => () => {},
};

function call(...argv: readonly string[]) {
	const parsing = parse(argv, io, '1.2.3');
	if ('text' in parsing) throw new Error(parsing.text);
	return parsing;
}

const usageError = (argv: readonly string[], message: RegExp): void =>
	assert.throws(
		() => parse(argv, io, '1.2.3'),
		error => error instanceof UsageError && message.test(error.message),
	);

test('every command prints its help with a sentence on each option', () => {
	for (const verb of verbs) {
		const parsing = parse([verb.name, '--help'], io, '1.2.3');
		assert.ok('text' in parsing, verb.name);
		for (const {name, about} of verb.options)
			assert.ok(parsing.text.includes(`--${name}`) && about !== '', `${verb.name} --${name}`);
		for (const argument of verb.arguments)
			assert.ok(parsing.text.includes(argument.name), `${verb.name} ${argument.name}`);
	}
});

test('--version is the version, alone on its line', () => {
	assert.deepEqual(parse(['--version'], io, '1.2.3'), {text: '1.2.3\n'});
});

test('a word that begins with a minus sign is still a stage', () => {
	const {verb, call: given} = call('note', 'all well', '--on', 'T-30', '--reason'.replace('reason', 'as'), 'ana');
	assert.equal(verb.name, 'note');
	assert.equal(given.text('on'), 'T-30');
	assert.equal(given.text('as'), 'ana');
});

test('--confirm may be given twice, and keeps both words', () => {
	assert.deepEqual(call('run', 'T0', '--confirm', 'T0', '--confirm', 'MAY RUN TWICE').call.list('confirm'), [
		'T0',
		'MAY RUN TWICE',
	]);
});

test('trigger --ask takes several roles', () => {
	const {call: given} = call('trigger', '2', '--ask', 'L1', 'L2', '--as', 'ana');
	assert.deepEqual(given.list('ask'), ['L1', 'L2']);
	assert.equal(given.must(0), '2');
});

test('--no denies, and is not taken for a negated option', () => {
	assert.equal(call('acknowledge', 'G4', '--no').call.flag('no'), true);
	assert.equal(call('acknowledge', 'G4').call.flag('no'), false);
});

test('every flag that a command has is heard', () => {
	for (const verb of verbs)
		for (const {name} of verb.options.filter(({value}) => value === null)) {
			const words = verb.arguments.filter(({optional}) => !optional).map(() => 'x');
			assert.ok(call(verb.name, ...words, `--${name}`).call.flag(name), `${verb.name} --${name}`);
		}
});

test('--state works before and after the command', () => {
	assert.equal(call('--state', '/x', 'status').call.text('state'), '/x');
	assert.equal(call('status', '--state', '/x').call.text('state'), '/x');
});

test('without a command the screen opens, with the runbook as its argument', () => {
	const {verb, call: given} = call('runbook.md');
	assert.equal(verb.name, '');
	assert.equal(given.word(0), 'runbook.md');
	assert.equal(call().call.word(0), null);
});

test('an unknown option, a missing argument and a surplus one are usage errors', () => {
	usageError(['status', '--jsno'], /unknown option '--jsno'/i);
	usageError(['skip'], /missing required argument 'STAGE'/i);
	usageError(['hold', 'now'], /too many arguments.*\. cutover-tui hold --help shows what it takes\.$/i);
	usageError(['--frob'], /'--frob'\. cutover-tui --help shows/);
	usageError(['run', 'T0', '--result', 'maybe'], /pass, fail/);
});

test('an option with an empty value is a usage error, and neither a name nor an id that was used before', () => {
	usageError(['note', 'x', '--command-id', ''], /^--command-id is empty\. Give it a value, or leave it out\.$/);
	usageError(['note', 'x', '--as', ' '], /^--as is empty/);
	usageError(['status', '--state='], /^--state is empty/);
	usageError(['check', 'runbook.md', '--as', ''], /^--as is empty/);
	usageError(['run', 'T0', '--confirm', 'T0', '--confirm', ''], /^--confirm is empty/);
});

test('an option that is given twice with two values is a usage error; the same value twice is none', () => {
	usageError(
		['hold', '--reason', 'lag', '--reason', 'load'],
		/^--reason is given twice, as "lag" and as "load"\. Give it once\.$/,
	);
	usageError(['run', 'T0', '--result', 'pass', '--result', 'fail'], /^--result is given twice/);
	usageError(['note', 'x', '--as', 'alice', '--as=bob'], /^--as is given twice/);
	const same = parse(['note', 'x', '--as', 'alice', '--as', 'alice'], io, '1.2.3');
	assert.ok('call' in same && same.call.text('as') === 'alice');
});

test('the help of a command is as wide as the terminal, and at most 100 columns', () => {
	const width = (columns: number): number => {
		const stdout = Object.assign(new PassThrough(), {isTTY: true, columns});
		const parsing = parse(['run', '--help'], {...io, stdout}, '1.2.3');
		assert.ok('text' in parsing);
		return Math.max(...parsing.text.split('\n').map(({length}) => length));
	};
	assert.ok(width(80) <= 80);
	assert.ok(width(200) > 80 && width(200) <= 100);
});

test('a mistyped command suggests the nearest one', () => {
	const names = verbs.map(({name}) => name);
	assert.equal(nearest('statsu', names), 'status');
	assert.equal(nearest('chekc', names), 'check');
	assert.equal(nearest('acknowlege', names), 'acknowledge');
	assert.equal(nearest('Decide', names), 'decide');
});

test('a name is found without regard to case, and an unknown one is answered with what there is', () => {
	assert.equal(known('stage', 't-30', ['T-60', 'T-30']), 'T-30');
	assert.throws(() => known('stage', 'T-45', ['T-60', 'T-30']), /There is no stage "T-45"\. There are: T-60, T-30\./);
});

test('an invalid time is refused with an example', () => {
	assert.throws(() => when('soon', 0), /"soon" is not a time\. Write 22:00/);
	assert.equal(when('+90m', 0), 5_400_000);
});
