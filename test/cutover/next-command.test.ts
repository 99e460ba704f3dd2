/** Which of the commands of a stage runs next, also where the runbook was changed and approved in between. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at, calm} from '../given.ts';
import {alice, dave, daveOnCall, runner} from '../scenarios/people.ts';
import {approved, runbook} from '../scenarios/runbook.ts';
import {end, run, t0} from './commands.ts';
import {begun, gone, observing, the, withBook} from './night.ts';

const withCommands = (...commands: readonly string[]) =>
	withBook({
		stages: runbook.stages.map(row => (row.id === 'T-60' ? {...row, kind: 'manual', gates: [], commands} : row)),
	});

test('a command that passed is not run again where others are approved before it, and those are run', () => {
	const night = begun(withCommands('make a', 'make b', 'make a'));
	const runs = (time: string, observed = calm) => {
		const {command} = the(night.does(time, dave, run('T-60'), observed), 'started');
		const {attempts = 0} = night.state().stages['T-60'] ?? {};
		night.does(`${time}:30`, runner, end('T-60', attempts, 'pass'), observed);
		return command;
	};
	assert.deepEqual(runs('21:00'), {index: 0, text: 'make a'});
	const changed = {...approved, 'docs/switch.md': 'sha256:00'};
	const observed = {...calm, approved: changed};
	const next = withCommands('make x', 'make a', 'make b', 'make a');
	night.does('21:02', alice, {type: 'approve', data: {runbook: next, approved: changed}}, observed);
	night.does('21:03', alice, t0('22:00'), observed);
	assert.deepEqual(runs('21:04', observed), {index: 0, text: 'make x'});
	assert.deepEqual(runs('21:06', observed), {index: 2, text: 'make b'});
	assert.deepEqual(runs('21:08', observed), {index: 3, text: 'make a'});
	assert.equal(night.state().stages['T-60']?.outcome, 'done');
});

test('a failed command is run again by its go-ahead, and nothing of its stage is resumed', () => {
	const night = begun(withCommands('make a', 'make b'));
	night.does('21:00', dave, run('T-60'));
	night.does('21:01', runner, end('T-60', 1, 'fail'));
	const {code, needs} = night.refuses('21:02', dave, run('T-60', {resume: true}));
	assert.deepEqual([code, needs.command?.name], ['nothing-to-resume', 'run']);
	assert.equal(night.stands('21:02').next?.text, 'T-60 failed: run command 1 of 2 of T-60 again');
	assert.equal(the(night.does('21:03', dave, run('T-60')), 'started').command?.index, 0);
});

test('a T0 of commands that failed asks its owner to run the command again', () => {
	const stages = runbook.stages.map(row => (row.kind === 'act' ? {...row, commands: ['drain', 'move']} : row));
	const night = gone(withBook({stages}));
	night.does('22:00', alice, run('T0'));
	night.does('22:01', runner, end('T0', 1, 'pass'));
	night.does('22:02', alice, run('T0'));
	night.does('22:03', runner, end('T0', 2, 'fail'));
	const {headline, next} = night.stands('22:04');
	assert.equal(headline.text, 'run its command again, record its result, or roll back');
	assert.deepEqual([next?.text, next?.act], ['run command 2 of 2 of T0 again, record its result, or roll back', 'run']);
	const again = the(night.does('22:05', alice, run('T0')), 'started');
	assert.deepEqual([again.resume, again.command?.index], [false, 1]);
});

test('a command after T0 that failed is run again, or people decide without it', () => {
	const stages = runbook.stages.map(row =>
		row.kind === 'verification'
			? {...row, kind: 'manual' as const, gates: [], items: [], commands: ['look a', 'look b']}
			: row,
	);
	const night = observing(withBook({stages}));
	night.does('22:10', daveOnCall, run('T+10'));
	night.does('22:11', runner, end('T+10', 1, 'fail'));
	const {next} = night.stands('22:12');
	assert.deepEqual([next?.text, next?.act], ['T+10 failed: run command 1 of 2 of T+10 again, or decide', 'run']);
});

test('a command waits since the one before it passed', () => {
	const night = begun(withCommands('make a', 'make b'));
	night.does('21:00', dave, run('T-60'));
	night.does('21:04', runner, end('T-60', 1, 'pass'));
	const [first] = night.stands('21:06').waits;
	assert.deepEqual([first?.text, first?.since], ['run command 2 of 2 of T-60', at('21:04')]);
});
