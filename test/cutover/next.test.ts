/** The next action and who does it (RULES S5). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Person} from '../../source/cutover/model/person.ts';
import {nextTexts} from '../../source/cutover/snapshot/next-step.ts';
import {sentenceOf} from '../../source/cutover/snapshot/sentence.ts';
import {wallShort} from '../../source/text/time.ts';
import {at} from '../given.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, omar, runner} from '../scenarios/people.ts';
import {abandon, close, down, end, hold, prove, report, run, sign, t0, vote} from './commands.ts';
import {
	begun,
	executing,
	gone,
	judges,
	kept,
	type Night,
	observing,
	played,
	proofAwaited,
	ready,
	rollingBack,
	unbound,
	verified,
	withBook,
} from './night.ts';

const next = (night: Night, time: string) => night.stands(time).next;

test('S5 Every wait names a person or role, and its deadline if there is one', () => {
	const first = next(begun(), '20:55');
	assert.equal(first?.who, 'dave (release-operator)');
	assert.match(first?.text ?? '', /^run T-60 at \d\d:00$/);
	assert.deepEqual(
		[first?.role, first?.due, first?.act, first?.target],
		['release-operator', at('21:00'), 'run', {kind: 'stage', id: 'T-60'}],
	);
	assert.equal(next(begun(unbound), '20:55')?.who, 'release-operator');
});

test('S5 Next follows the cutover: run, fix, vote, start, record, verify, keep, sign', () => {
	assert.match(next(ready(), '21:50')?.text ?? '', /run T-60|go or no-go/);
	const failed = begun();
	judges(failed, '21:30', carolOfQa, 'G2', 'fail', 'make ended with 2');
	assert.match(next(failed, '21:31')?.text ?? '', /fix the cause and run G2 again/);
	assert.match(next(gone(), '21:55')?.text ?? '', /^start T0/);
	assert.match(next(executing(), '22:01')?.text ?? '', /record the result of T0/);
	const measuring = observing();
	assert.match(next(measuring, '22:05')?.text ?? '', /^start T\+10/);
	measuring.does('22:08', daveOnCall, run('T+10'));
	measuring.does('22:09', runner, end('T+10', 1, 'pass'));
	assert.match(next(measuring, '22:09')?.text ?? '', /^answer T\+10/);
	assert.match(next(verified(), '22:20')?.text ?? '', /keep, or roll back/);
	assert.match(next(kept(), '22:40')?.text ?? '', /sign S3/);
	assert.match(next(rollingBack(), '22:11')?.text ?? '', /the fallback path runs since/);
});

test('S5 A failed T0 asks its owner to resume it, and whoever may roll back to decide', () => {
	const split = withBook({
		stages: played.stages.map(stage => (stage.kind === 'act' ? {...stage, owners: ['release-operator']} : stage)),
	});
	const night = gone(split);
	night.does('22:00', dave, run('T0'));
	night.does('22:01', runner, end('T0', 1, 'fail'));
	const {next: first, you} = night.stands('22:02', alice);
	assert.deepEqual([first?.who, first?.text], ['dave (release-operator)', 'resume T0, or record its result']);
	assert.equal(you?.text, 'T0 failed: roll back, or wait for dave (release-operator)');
	assert.equal(night.stands('22:02', dave).you?.text, 'resume T0, or record its result');
});

test('S5 A T0 that a resumed playbook did not go on with asks how its step ended, not to resume it again', () => {
	const step = (attempt: number) =>
		({type: 'beginStep', data: {target: {stage: 'T0'}, attempt, step: 'move the shards', again: false}}) as const;
	const night = gone(played);
	night.does('22:00', alice, run('T0'));
	night.does('22:01', runner, step(1));
	night.does('22:02', runner, end('T0', 1, 'lost'));
	assert.match(next(night, '22:03')?.text ?? '', /^resume T0/);
	night.does('22:03', alice, run('T0', {resume: true}));
	night.does('22:04', runner, end('T0', 2, 'fail'));
	const asked = next(night, '22:05');
	assert.equal(asked?.text, 'find out how "move the shards" of T0 ended and record the result, or roll back');
	assert.deepEqual([asked?.act, asked?.target], ['report', {kind: 'stage', id: 'T0'}]);
});

test('S5 What is due waits from when it could be known: since T0 was moved, go was given, or T0 passed', () => {
	const since = (night: Night, time: string, kind: string) =>
		night.stands(time).waits.find(({act, target}) => act === kind && target?.kind !== 'gate')?.since;
	const moved = begun();
	moved.does('21:00', alice, t0('21:05', 'the vendor is ready'));
	assert.equal(since(moved, '21:01', 'run'), at('21:00'));
	const late = ready();
	assert.equal(late.stands('22:03').waits.find(({act}) => act === 'vote')?.after, 'T0');
	for (const who of [alice, carolOfOps]) late.does('22:04', who, vote('go'));
	assert.equal(since(late, '22:05', 'run'), at('22:04'));
	const slow = executing();
	slow.does('22:20', alice, report('T0', 'pass'));
	assert.equal(since(slow, '22:21', 'run'), at('22:20'));
});

test('S5 After keep a runbook without sign-offs is closed', () => {
	const after = (night: Night) => night.stands('22:20').waits.find(({act}) => act === 'keep')?.after;
	assert.equal(after(verified()), 'sign off and close');
	const without = verified(withBook({signOffs: []}));
	assert.equal(after(without), 'close the cutover');
	without.does('22:30', alice, vote('keep'));
	without.does('22:31', bob, vote('keep'));
	assert.equal(without.stands('22:32').headline.text, 'ready to be closed');
});

test('S5 On HOLD, next says how to release the hold', () => {
	const night = begun();
	night.does('21:00', omar, hold('the bridge is down'));
	assert.match(next(night, '21:01')?.text ?? '', /release the hold once fixed/);
});

test('S5 Where there is little room, next loses the roles, then what is said elsewhere, then all names but one', () => {
	const owners = ['release-manager', 'ops-lead', 'project-owner'];
	const night = begun(
		withBook({stages: played.stages.map(stage => (stage.kind === 'decision' ? {...stage, owners} : stage))}),
	);
	night.does('21:00', omar, hold('the bridge is down'));
	const found = next(night, '21:01');
	const t0At = wallShort(at('22:00'));
	assert.deepEqual(found && nextTexts(found), [
		`alice (release-manager), carol (ops-lead) or bob (project-owner): release the hold once fixed: keep or move T0 ${t0At}`,
		`alice, carol or bob: release the hold once fixed: keep or move T0 ${t0At}`,
		'alice, carol or bob: release the hold once fixed',
		'alice or 2 others: release the hold once fixed',
	]);
	const yours = night.stands('21:01', bob).you;
	assert.deepEqual(yours && nextTexts(yours).at(-1), 'release the hold once fixed');
});

test('S5 On HOLD by a gate that passes again, next says to release it', () => {
	const night = begun();
	judges(night, '21:30', carolOfQa, 'G2', 'fail');
	assert.match(next(night, '21:31')?.text ?? '', /run G2 again/);
	judges(night, '21:32', carolOfQa, 'G2', 'pass');
	assert.match(next(night, '21:33')?.text ?? '', /^release the hold: keep or move T0/);
});

test('S5 A verdict that expires before T0 is asked for again, and no go before that', () => {
	const night = ready();
	night.does('21:45', alice, t0('23:07', 'the vendor is late'));
	const waits = (time: string) => night.stands(time).waits.map(({text}) => text);
	const [again, vote, ...others] = waits('22:58').filter(text => /G1|go or no-go/.test(text));
	assert.match(again ?? '', /^run G1 again: PASS ends \d\d:06, before T0 \d\d:07$/);
	assert.equal(vote, 'go or no-go when every gate is valid until T0');
	assert.deepEqual(others, []);
	night.does('22:00', alice, t0('23:50', 'and later still'));
	const [later] = night.stands('22:01').waits.filter(({text}) => /^run G1 again from \d\d:20:00: PASS ends/.test(text));
	assert.deepEqual([later?.act, later?.target], [null, null], 'nothing leads to it before then');
});

test('S5 YOU names a decision that comes next only to a person who takes it', () => {
	const yours = (night: Night, time: string, person: Person) => {
		const you = night.stands(time, person).you;
		return [you?.text, you?.after];
	};
	assert.deepEqual(yours(begun(), '20:55', dave), [`run T-60 at ${wallShort(at('21:00'))}`, null]);
	const failed = begun();
	judges(failed, '21:30', carolOfQa, 'G2', 'fail', 'make ended with 2');
	const fix = 'fix the cause and run G2 again (make ended with 2)';
	assert.deepEqual(yours(failed, '21:31', carolOfQa), [fix, 'release the hold'], 'carol is the ops lead as well');
});

test('S5 What people do by hand is to be done and recorded, and not run', () => {
	const stages = played.stages.map(row => (row.id === 'T-60' ? {...row, kind: 'manual' as const, gates: []} : row));
	const first = next(begun(withBook({stages})), '20:55');
	assert.deepEqual([first?.text, first?.act], [`do T-60 at ${wallShort(at('21:00'))}`, 'report']);
});

test('S5 Row 1 says where a runbook names no gates', () => {
	const stages = played.stages.map(row => ({...row, gates: []}));
	assert.equal(begun(withBook({gates: [], stages})).stands('20:55').headline.text, 'the runbook names no gates');
});

test('S5 During an outage, next tells the person in command after when to roll back', () => {
	const night = observing();
	night.does('22:04', daveOnCall, down());
	assert.match(next(night, '22:05')?.text ?? '', /^roll back after \d\d:14:00 if the outage goes on, or at once$/);
	assert.equal(next(night, '22:05')?.due, at('22:14'));
});

test('S5 Next is never empty while the cutover is open, and is empty once it is closed', () => {
	const night = begun();
	night.does('21:00', alice, abandon('no'));
	assert.equal(next(night, '21:00')?.text, 'close the cutover', 'its reason stands for what is not recorded');
	night.does('21:01', alice, close('no'));
	assert.equal(next(night, '21:01'), null);
});

test('S5 The you line shows what is waiting for this person, or that nothing is', () => {
	const night = gone();
	assert.match(night.stands('21:59', alice).you?.text ?? '', /^start T0/);
	const idle = night.stands('21:59', ben).you;
	assert.deepEqual([idle?.text, idle?.due], ['nothing is waiting for you', null]);
	const unknown = {...ben, name: 'grace', role: null};
	assert.equal(night.stands('21:59', unknown).you?.text, 'watch: you hold no role here');
	const unbidden = {...unknown, role: 'release-manager'};
	assert.equal(
		night.stands('21:59', unbidden).you?.text,
		'watch: you hold no role here',
		'the settings bind it to alice',
	);
	const {you} = begun(unbound).stands('20:55', unknown);
	assert.match(you?.text ?? '', /^if you are release-operator: run T-60/);
	assert.match(begun().stands('21:00', dave).you?.text ?? '', /^run T-60/);
	assert.match(ready().stands('21:52', alice).you?.text ?? '', /go or no-go/);
	assert.match(verified().stands('22:30', bob).you?.text ?? '', /keep, or roll back/);
});

test('S5 Of the sign-offs, the you line counts those of this person, and whoever closes hears how many are missing', () => {
	const night = kept();
	const missing = night.stands('22:31').signOffs.filter(({signed}) => !signed).length;
	const mine = () => night.stands('22:31', alice).you;
	assert.deepEqual([mine()?.text, mine()?.after], ['sign S4', `${missing - 1} sign-offs of others`]);
	night.does('22:31', alice, sign('S4'));
	assert.match(mine()?.text ?? '', new RegExp(`^close the cutover once ${missing - 1} sign-offs.* are there$`));
});

test('S5 The you line names the role that it takes to whoever acts in another of theirs', () => {
	const mine = (role: string | null) => verified().stands('22:30', {...alice, role}).you?.text;
	assert.match(mine(null) ?? '', /^keep, or roll back/);
	assert.match(mine('release-manager') ?? '', /^keep, or roll back/);
	assert.match(mine('qa-owner') ?? '', /^as release-manager: keep, or roll back/);
});

test('S5 What anyone may do waits for everybody who looks', () => {
	const night = proofAwaited();
	const {next, you} = night.stands('22:16', {...ben, name: 'grace', role: null});
	assert.equal(next?.who, 'anyone');
	assert.deepEqual([you?.text, you?.act], [next?.text, next?.act]);
});

test('S5 What is left once the rollback is proved does not wait since it began', () => {
	const night = proofAwaited();
	assert.notEqual(next(night, '22:16')?.since, null);
	night.does('22:17', ben, prove());
	const closing = night.stands('22:17').waits.find(({act}) => act === 'close');
	assert.deepEqual([closing?.text.startsWith('close the cutover'), closing?.since], [true, null]);
});

test('S5 A read of next changes nothing', () => {
	const night = begun();
	night.does('21:00', dave, run('T-60'));
	const before = structuredClone(night.state());
	assert.deepEqual(next(night, '21:30'), next(night, '21:30'));
	assert.deepEqual(night.state(), before);
});

test('S4 The log says of an attempt that passed if its stage still waits for people', () => {
	const night = observing();
	night.does('22:09', daveOnCall, run('T+10'));
	const [ended] = night.does('22:10', runner, end('T+10', 1, 'pass'));
	assert.ok(ended);
	assert.equal(sentenceOf(ended, runner), 'T+10-1 passed, exit code 0; T+10 waits for people');
});
