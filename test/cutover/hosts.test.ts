/** Several hosts: where an attempt runs, who says what time brings, and what others may do when a host is silent. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import {isLedElsewhere, type Replication, readAgo} from '../../source/cutover/model/hosts.ts';
import {stamp, wall} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {alice, carolOfOps, carolOfQa, dave, daveOnCall, runner} from '../scenarios/people.ts';
import {approved, runbook} from '../scenarios/runbook.ts';
import {abandon, close, end, rollback, run} from './commands.ts';
import {begun, gone, observing, played, the, twoScripts, typesOf} from './night.ts';

const report = {here: [], seen: {}, workspace: null};

/** On bastion-1, which leads; bastion-2 was heard so many seconds ago. */
const beside = (silentSeconds: number): Observation => ({
	...calm,
	hosts: {
		here: 'bastion-1',
		leader: 'bastion-1',
		replication: 'synchronous',
		all: [
			{host: 'bastion-1', silentSeconds: 0, report},
			{host: 'bastion-2', silentSeconds, report},
		],
	},
});

const on = (id: string, host: string) => {
	const draft = run(id);
	return {...draft, data: {...draft.data, on: host}} as typeof draft;
};

test('M1 An attempt runs where it was asked for, or on the host that the command names', () => {
	assert.equal(the(begun().does('21:00', dave, run('T-60'), beside(0)), 'started').host, 'bastion-1');
	assert.equal(the(begun().does('21:00', dave, on('T-60', 'bastion-2'), beside(0)), 'started').host, 'bastion-2');
	assert.equal(the(begun().does('21:00', dave, run('T-60')), 'started').host, undefined);
});

test('M1 A cutover has a watcher while the host that leads is heard, also where it has none itself', () => {
	const here = (silentSeconds: number) => {
		const {hosts} = beside(silentSeconds);
		return hosts && {...hosts, leader: 'bastion-2'};
	};
	assert.ok(isLedElsewhere(here(0)));
	assert.ok(!isLedElsewhere(here(7)));
	assert.ok(!isLedElsewhere(beside(0).hosts), 'it leads itself');
	assert.ok(!isLedElsewhere(undefined), 'there is one host');
});

test('M1 A host that is not heard is not asked to run anything', () => {
	const night = begun();
	assert.equal(night.refuses('21:00', dave, on('T-60', 'bastion-9'), {observed: beside(0)}).code, 'host-unknown');
	assert.match(night.refuses('21:00', dave, on('T-60', 'bastion-2'), {observed: beside(9)}).fix, /run it on bastion-1/);
	assert.match(night.refuses('21:00', dave, on('T-60', 'bastion-2')).why, /has one host/);
});

test('M2 An attempt on a silent host is unknown, and others wait for the end of its lease', () => {
	const night = begun();
	night.does('21:30', carolOfQa, on('T-30', 'bastion-2'), beside(0));
	assert.equal(night.stands('21:31', null, beside(0)).running[0]?.silentSeconds, null);
	const stands = night.stands('21:31', null, beside(12));
	assert.deepEqual([stands.running[0]?.host, stands.running[0]?.silentSeconds], ['bastion-2', 12]);
	const free = at('21:31:19');
	assert.equal(stands.next?.text, `T-30 is unknown: bastion-2 silent for 00:12; wait until ${wall(free)}`);
	assert.equal(stands.next?.due, free);
	assert.deepEqual(
		[stands, night.stands('21:31', null, beside(0))].map(({stages}) => stages.find(({id}) => id === 'T-30')?.unheard),
		[true, false],
	);
	const {next} = night.stands('21:31', null, beside(42));
	assert.match(next?.text ?? '', /T-30 is unknown: bastion-2 silent for 00:42; run it on another host/);
	assert.deepEqual([next?.role, next?.act, next?.target], ['qa-owner', 'run', {kind: 'stage', id: 'T-30'}]);
	assert.equal(night.refuses('21:31', carolOfQa, run('T-30'), {observed: beside(30)}).code, 'host-silent');
});

test('M2 While the store is away, what runs on other hosts is unknown, and what runs here is not', () => {
	const night = begun();
	night.does('21:30', carolOfQa, on('T-30', 'bastion-2'), beside(0));
	const after = (seconds: number, read = beside(0)) => {
		const hosts = read.hosts && readAgo(read.hosts, seconds);
		return night.stands('21:31', null, {...read, ...(hosts && {hosts})});
	};
	assert.equal(after(5).running[0]?.silentSeconds, null);
	assert.equal(after(42).running[0]?.silentSeconds, 42);
	assert.equal(after(42, beside(12)).running[0]?.silentSeconds, 54);
	const nothingRead = {...calm, hosts: {here: 'bastion-1', leader: null, replication: null, all: []}};
	assert.equal(after(42, nothingRead).running[0]?.silentSeconds, 42);
	assert.equal(after(42, {...calm, hosts: {...nothingRead.hosts, here: 'bastion-2'}}).running[0]?.silentSeconds, null);
});

test('M2 After the lease of a silent host, running again says that its attempt is lost', () => {
	const night = begun();
	night.does('21:30', carolOfQa, on('T-30', 'bastion-2'), beside(0));
	const events = night.does('21:31', carolOfQa, run('T-30'), beside(42));
	assert.deepEqual(typesOf(events), ['ended', 'started']);
	assert.deepEqual(
		[the(events, 'ended').outcome, the(events, 'ended').reason, the(events, 'started').host],
		['lost', 'bastion-2 has been silent for 00:42', 'bastion-1'],
	);
	assert.equal(night.refuses('21:32', runner, end('T-30', 1, 'pass'), {observed: beside(0)}).code, 'attempt-ended');
});

test('M2 Of an attempt whose process is gone NEXT says so, and the other attempts of that host run', () => {
	const night = begun();
	night.does('21:00', dave, run('T-60'), beside(0));
	night.does('21:30', carolOfQa, run('T-30'), beside(0));
	const {hosts} = beside(0);
	assert.ok(hosts);
	const stands = night.stands('21:31', null, {...calm, hosts: {...readAgo(hosts, 12), gone: ['T-30-1']}});
	assert.deepEqual(
		stands.running.map(({silentSeconds, gone}) => [silentSeconds, gone]),
		[
			[null, false],
			[12, true],
		],
	);
	assert.match(stands.next?.text ?? '', /^wait: T-60 runs on bastion-1 /);
	assert.match(stands.waits[1]?.text ?? '', /^T-30 is unknown: its process on bastion-1 is gone; wait until /);
});

test('M2 A gate that was judged on a silent host is judged on another one', () => {
	const night = begun();
	night.does('21:30', carolOfQa, on('G2', 'bastion-2'), beside(0));
	assert.deepEqual(typesOf(night.does('21:31', carolOfQa, run('G2'), beside(42))), ['ended', 'judged', 'started']);
	const stage = begun();
	stage.does('21:30', carolOfQa, on('T-30', 'bastion-2'), beside(0));
	const within = (attempt: number) =>
		({type: 'runWithin', data: {target: {stage: 'T-30'}, attempt, gate: 'G2'}}) as const;
	stage.does('21:30', runner, within(1), beside(0));
	assert.deepEqual(typesOf(stage.does('21:31', carolOfQa, run('T-30'), beside(42))), ['ended', 'judged', 'started']);
	stage.does('21:31', runner, within(2), beside(42));
});

test('M2 A cutover is closed although a host that is silent never said how its attempt ended', () => {
	const night = begun();
	night.does('21:00', dave, on('T-60', 'bastion-2'), beside(0));
	night.does('21:01', alice, abandon('postponed'));
	assert.equal(night.refuses('21:02', alice, close(null), {observed: beside(20)}).code, 'host-silent');
	assert.equal(night.stands('21:03', null, beside(42)).next?.act, 'close');
	assert.deepEqual(typesOf(night.does('21:03', alice, close(null), beside(42))), ['ended', 'closed']);
});

test('M1 Where the host of the settings is silent, whoever runs it is asked for another one', () => {
	const gates = runbook.gates.map(gate => ({...gate, host: 'bastion-2'}));
	const refusal = begun({...runbook, gates}).refuses('21:00', dave, run('G1'), {observed: beside(9)});
	assert.deepEqual([refusal.usageError, refusal.needs.fields], [true, ['on']]);
});

test('M2 After T0 that takes the word MAY RUN TWICE', () => {
	const night = observing();
	night.does('22:10', daveOnCall, on('T+10', 'bastion-2'), beside(0));
	const refusal = night.refuses('22:12', daveOnCall, run('T+10'), {observed: beside(42)});
	assert.deepEqual(refusal.needs.words, ['MAY RUN TWICE']);
	assert.match(refusal.why, /bastion-2 has been silent for 00:42, and what runs there may run twice/);
	assert.deepEqual(typesOf(night.does('22:12', daveOnCall, run('T+10'), beside(42))), ['ended', 'started']);
});

test('M2 Row 1 does not say that T0 runs while its host is silent', () => {
	const night = gone(played);
	night.does('22:00', alice, on('T0', 'bastion-2'), beside(0));
	assert.equal(night.stands('22:01', null, beside(0)).headline.word, 'EXECUTING');
	const {headline} = night.stands('22:01', null, beside(12));
	assert.deepEqual([headline.word, headline.text], ['T0 UNKNOWN', 'bastion-2 silent for 00:12']);
});

test('M3 A failover that may lose entries is warned of before, and so are acts that will wait', () => {
	const saying = (replication: Replication) => {
		const {hosts} = beside(0);
		assert.ok(hosts);
		return begun().stands('21:00', null, {...calm, hosts: {...hosts, replication}}).durability;
	};
	assert.equal(saying('synchronous'), null);
	assert.equal(saying('single'), null);
	assert.deepEqual(saying('behind'), {kind: 'behind', text: 'NOT SYNCHRONOUS: a failover may lose entries'});
	assert.equal(saying('blocked')?.kind, 'blocked');
	assert.equal(begun().stands('21:00').durability, null);
});

test('M3 Who approved settings that attest durability is named where no synchronous standby is seen', () => {
	const saying = (replication: Replication) => {
		const {hosts} = beside(0);
		assert.ok(hosts);
		return (
			begun({...runbook, durability: 'attested'}).stands('21:00', null, {...calm, hosts: {...hosts, replication}})
				.durability?.text ?? null
		);
	};
	assert.equal(saying('behind'), 'durability attested by alice');
	assert.equal(saying('single'), 'durability attested by alice');
	assert.equal(saying('synchronous'), null);
	assert.match(saying('blocked') ?? '', /^NO SYNCHRONOUS STANDBY/);
	const attested = {...runbook, durability: 'attested'} as const;
	const next = {...approved, 'docs/switch.md': 'sha256:00'};
	const observed: Observation = {...beside(0), approved: next};
	const night = begun();
	night.does('21:01', carolOfOps, {type: 'approve', data: {runbook: attested, approved: next}}, observed);
	const {hosts} = beside(0);
	const stands = night.stands('21:02', null, {...observed, ...(hosts && {hosts: {...hosts, replication: 'behind'}})});
	assert.equal(stands.durability?.text, 'durability attested by carol', 'and not who began without it');
});

test('M1 A path of the rollback runs where the rollback was asked for, and the next path where the first one ended', () => {
	const seenFrom = (here: string): Observation => {
		const {hosts} = beside(0);
		assert.ok(hosts);
		return {...calm, hosts: {...hosts, here}};
	};
	const night = observing(twoScripts);
	const [first] = [the(night.does('22:10', alice, rollback(), seenFrom('bastion-2')), 'started')];
	assert.deepEqual([first.target, first.host], [{path: 'preferred'}, 'bastion-2']);
	const next = the(night.does('22:12', runner, end('preferred', 1, 'fail'), seenFrom('bastion-2')), 'started');
	assert.deepEqual([next.target, next.host], [{path: 'fallback'}, 'bastion-2']);
});

test('M2 A rollback goes on from another host once the one that ran its path is silent, with both words', () => {
	const night = observing(twoScripts);
	const {hosts} = beside(0);
	assert.ok(hosts);
	night.does('22:10', alice, rollback(), {...calm, hosts: {...hosts, here: 'bastion-2'}});
	assert.equal(night.refuses('22:11', alice, rollback(), {observed: beside(12)}).code, 'host-silent');
	const no = night.refuses('22:12', alice, rollback(), {observed: beside(42), confirm: ['ROLLBACK']});
	assert.deepEqual(no.needs.words, ['ROLLBACK', 'MAY RUN TWICE']);
	const events = night.does('22:12', alice, rollback(), beside(42));
	assert.equal(the(events, 'ended').outcome, 'lost');
	assert.deepEqual([the(events, 'started').target, the(events, 'started').host], [{path: 'fallback'}, 'bastion-1']);
});

test('M2 What a silent host did meanwhile is recorded as late, and changes nothing', () => {
	const night = observing();
	night.does('22:10', daveOnCall, on('T+10', 'bastion-2'), beside(0));
	night.does('22:12', daveOnCall, run('T+10'), beside(42));
	const before = night.state().stages['T+10'];
	const late = {
		target: {stage: 'T+10'},
		attempt: 1,
		what: 'step',
		step: 'logs',
		outcome: 'pass',
		happened: stamp(at('22:11')),
	};
	assert.deepEqual(typesOf(night.does('22:13', runner, {type: 'recordLate', data: late})), ['arrivedLate']);
	assert.deepEqual(night.state().stages['T+10'], before);
});
