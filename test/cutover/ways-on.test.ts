/** What NEXT names is what the rules take, and no cutover is left without a way on (RULES S5). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dueEvents} from '../../source/cutover/due/due-events.ts';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Runbook, Stage} from '../../source/cutover/model/runbook.ts';
import {wallShort} from '../../source/text/time.ts';
import {at, calm} from '../given.ts';
import {endpoint, measured, sees} from '../scenarios/health.ts';
import {alice, ben, bob, carolOfOps, carolOfQa, dave, daveOnCall, lena, omar, runner} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {answers, byHand, close, end, report, rollback, run, says, t0, vote} from './commands.ts';
import {
	begun,
	executing,
	gone,
	judges,
	kept,
	type Night,
	observing,
	ready,
	typesOf,
	verified,
	withBook,
} from './night.ts';

const [checks] = runbook.stages;

/** The runbook with one more stage that people do by hand. */
const withManual = (id: string, minutes: number): Runbook => {
	assert.ok(checks);
	const manual: Stage = {...checks, id, kind: 'manual', offsetSeconds: minutes * 60, gates: [], owners: ['qa-owner']};
	const stages = [...runbook.stages, manual].toSorted((a, b) => a.offsetSeconds - b.offsetSeconds);
	return withBook({stages});
};

const waits = (night: Night, time: string) => night.stands(time).waits;
const waitOn = (night: Night, time: string, id: string) => waits(night, time).find(({target}) => target?.id === id);

test('S5 What people do by hand beside T0 waits once T0 has passed', () => {
	assert.match(waitOn(observing(withManual('switch', 0)), '22:03', 'switch')?.text ?? '', /^do switch now/);
});

test('S5 A stage that failed for want of an answer waits for the answer, and not for another run', () => {
	const [first, ...others] = runbook.stages;
	assert.ok(first);
	const night = begun(withBook({stages: [{...first, gates: ['G1', 'G4']}, ...others]}));
	night.does('21:00', dave, run('T-60'));
	night.does('21:01', runner, end('T-60', 1, 'fail'));
	assert.equal(waits(night, '21:01')[0]?.text, 'T-60 failed: run it again', 'G1 was not judged');
	judges(night, '21:02', dave, 'G1');
	assert.deepEqual(
		waits(night, '21:03')
			.slice(0, 2)
			.map(({text}) => text),
		['answer G4', 'T-60 failed: run it again once G4 passes'],
	);
	night.does('21:04', ben, says('G4', 'L1'));
	night.does('21:04', lena, says('G4', 'L2'));
	night.does('21:04', omar, says('G4', 'L3'));
	assert.equal(waitOn(night, '21:05', 'T-60'), undefined, 'its gates pass now');
});

test('S5 What people do by hand after an early T0 waits', () => {
	const night = gone(withManual('T+5', 5));
	night.does('21:54', alice, run('T0', {early: true, reason: 'all are here'}));
	night.does('21:54', alice, report('T0', 'pass'));
	const waiting = waitOn(night, '21:55', 'T+5');
	assert.deepEqual([waiting?.act, waiting?.text], ['report', `do T+5 at ${wallShort(at('21:59'))}`]);
});

test('S5 A stage before T0 waits for nobody once T0 has passed, also where T0 was moved to an earlier time', () => {
	const night = ready(withManual('T-2', -2));
	night.does('21:45', carolOfQa, run('T-2', {early: true, reason: 'now'}));
	night.does('21:45', runner, end('T-2', 1, 'fail'));
	night.does('21:46', alice, t0('21:57', 'earlier'));
	assert.equal(waitOn(night, '21:46', 'T-2')?.act, 'report', 'it can still be done before T0');
	night.does('21:47', alice, vote('go'));
	night.does('21:47', carolOfOps, vote('go'));
	night.does('21:57', alice, run('T0'));
	night.does('21:58', alice, report('T0', 'pass'));
	assert.equal(waitOn(night, '21:58', 'T-2'), undefined);
});

test('S5 A stage that people do by hand before T0 waits for its result once it was shown', () => {
	const night = ready(withManual('T-5', -5));
	assert.equal(waitOn(night, '21:45', 'T-5')?.text, `do T-5 at ${wallShort(at('21:55'))}`);
	night.does('21:54', carolOfQa, run('T-5'));
	night.does('21:54', runner, end('T-5', 1, 'pass'));
	const open = waitOn(night, '21:55', 'T-5');
	assert.deepEqual([open?.act, open?.text], ['report', 'answer T-5 now']);
	night.does('21:55', carolOfQa, report('T-5', 'pass'));
	assert.equal(waitOn(night, '21:55', 'T-5'), undefined);
});

test('S5 The result of T0 is asked for while something else still runs', () => {
	const night = gone();
	night.does('21:54', dave, run('T-60'));
	night.does('22:00', alice, run('T0'));
	assert.equal(waitOn(night, '22:01', 'T0')?.act, 'report');
});

test('S5 A rollback asks people for what it needs while a stage still runs', () => {
	const night = observing();
	night.does('22:09', daveOnCall, run('T+10'));
	night.does('22:10', alice, rollback());
	assert.equal(waits(night, '22:11')[0]?.act, null, 'its path runs');
	night.does('22:15', runner, end('fallback', 1, 'pass'));
	assert.equal(waits(night, '22:16')[0]?.act, 'prove');
});

test('S5 Where no path of a rollback can run here, next names the record of one by hand', () => {
	const night = observing(withBook({rollback: null}));
	night.does('22:10', alice, answers('3', null, true));
	assert.deepEqual(
		waits(night, '22:10').map(({act}) => act),
		['byHand'],
	);
	night.does('22:11', alice, byHand('console', 'fail'));
	assert.equal(night.stands('22:12').status, 'rollback-failed');
	assert.equal(waits(night, '22:12')[0]?.act, 'byHand');
	const failed = executing(withBook({rollback: null}));
	failed.does('22:01', alice, report('T0', 'fail'));
	assert.equal(waits(failed, '22:01')[0]?.act, 'byHand');
});

test('S5 A gate that is being judged again is not asked for', () => {
	const night = ready();
	night.does('21:45', alice, t0('23:07', 'the vendor is late'));
	assert.equal(waitOn(night, '22:58', 'G1')?.act, 'run');
	night.does('22:58', dave, run('G1'));
	assert.deepEqual(
		waits(night, '22:58')
			.filter(({target}) => target?.id === 'G1')
			.map(({act}) => act),
		[null],
	);
});

/** Ben and bob answer for api, at 22:31. */
const twoSay = (night: Night, trigger: string, up: boolean, seen: Observation): void => {
	for (const by of [ben, bob])
		night.does(
			'22:31',
			by,
			{type: 'attestEndpoint', data: {trigger, endpoint: 'api', up, reason: up ? 'orders come in' : 'no orders'}},
			seen,
		);
};

test('S5 An endpoint that is down without a clock that runs is what keep waits for', () => {
	const book = measured([endpoint('api')]);
	const night = observing(book);
	const items = ['health endpoints', 'service status', 'critical logs', 'baseline'];
	const blind = {api: {blind: [['22:05', null]] as const}};
	const seen = (time: string) => sees(night.state(), time, blind);
	night.does(
		'22:12',
		daveOnCall,
		report('T+10', 'pass', {items: items.map(name => ({name, result: 'pass', whole: false}))}),
		seen('22:12'),
	);
	twoSay(night, '1', false, seen('22:31'));
	const [first, again] = night.stands('22:32', null, seen('22:32')).waits;
	assert.match(first?.text ?? '', /^api is down: roll back, or wait until it is up$/);
	assert.deepEqual([first?.act, again?.act], ['rollback', 'observed']);
});

test('T4 Two people answer for an endpoint that nobody can see, also where no trigger is an outage', () => {
	const night = verified({...measured([endpoint('api')]), triggers: runbook.triggers.slice(1)});
	const seen = (time: string) => sees(night.state(), time, {api: {blind: [['22:15', null]]}});
	const [first] = night.stands('22:31', null, seen('22:31')).waits;
	assert.deepEqual([first?.act, first?.target], ['observed', {kind: 'trigger', id: '2'}]);
	const {needs} = night.refuses('22:31', alice, vote('keep'), {observed: seen('22:31')});
	assert.equal(needs.command?.on, '2');
	twoSay(night, '2', true, seen('22:31'));
	night.does('22:31', alice, vote('keep'), seen('22:31'));
});

test('D4 Whoever holds every role of a vote hands one of them over', () => {
	const night = ready();
	night.does('21:50', alice, {type: 'handRole', data: {role: 'release-manager', to: 'carol'}});
	night.does('21:52', carolOfOps, vote('go'));
	const {fix, needs} = night.refuses('21:52', {...carolOfOps, role: 'release-manager'}, vote('go'));
	assert.match(fix, /^Hand release-manager over/);
	assert.deepEqual([needs.command?.name, needs.command?.on], ['handRole', 'release-manager']);
	const voting = waits(night, '21:53').filter(({act}) => act === 'vote' || act === 'handRole');
	assert.deepEqual(
		voting.map(({act, roles}) => [act, roles]),
		[['handRole', ['release-manager']]],
	);
});

test('E4 A cutover with a fired trigger that nobody answered is not to be closed', () => {
	const night = kept();
	night.does('22:40', alice, answers('3', null, true));
	const left = waits(night, '22:40').map(({act}) => act);
	assert.ok(left.includes('sign') && !left.includes('close'), left.join());
});

test('H2 A hold is not fixed while another gate fails', () => {
	const night = ready();
	judges(night, '21:44', carolOfQa, 'G2', 'fail');
	judges(night, '21:45', dave, 'G1', 'fail');
	judges(night, '21:46', carolOfQa, 'G2', 'pass');
	assert.match(waits(night, '21:47').find(({act}) => act === 't0')?.text ?? '', /^release the hold once fixed/);
});

test('S5 Where anybody may decide, next asks for the vote', () => {
	const stages = runbook.stages.map(stage => ({...stage, owners: []}));
	const night = ready(withBook({stages}));
	const voting = waits(night, '21:52').find(({act}) => act === 'vote');
	assert.deepEqual([voting?.who, voting?.roles], ['anyone', []]);
});

test('E4 A cutover without a closing stage is closed once T0 has passed', () => {
	const stages = runbook.stages.filter(({offsetSeconds}) => offsetSeconds <= 0);
	const night = observing(withBook({stages}));
	assert.equal(night.refuses('22:03', alice, vote('keep')).needs.command?.name, 'close');
	assert.match(waits(night, '22:03').at(-1)?.text ?? '', /^close the cutover/);
	assert.deepEqual(typesOf(night.does('22:03', alice, close('done'))), ['closed']);
	assert.match(verified().refuses('22:20', alice, close('done')).code, /^not-decided$/);
});

test('T3 At the time limit the release manager fires it by the yes that was given before', () => {
	const night = observing(
		withBook({
			triggers: runbook.triggers.map(row =>
				row.id === '2' && row.kind === 'confirmation'
					? {...row, roles: ['release-manager', 'L1'], need: 'all' as const}
					: row,
			),
		}),
	);
	night.does('22:10', alice, answers('2', null, true));
	assert.equal(night.refuses('22:14', alice, answers('2', null, true)).code, 'already-answered');
	assert.equal(waits(night, '22:15')[0]?.act, 'answer');
	assert.ok(typesOf(night.does('22:15', alice, answers('2', null, true))).includes('fired'));
});

test('D2 A go/no-go that is held again at another T0 is neither late nor early by the first one', () => {
	const night = ready();
	night.does('21:52', alice, vote('go'));
	night.does('21:55', alice, t0('23:00', 'the vendor is late'));
	const decision = night.stands('22:00').stages.find(({kind}) => kind === 'decision');
	assert.deepEqual([decision?.state, decision?.slippageSeconds, decision?.started], ['waiting', null, null]);
});

test('H2 A gate that somebody denied is fixed by their yes', () => {
	const night = ready();
	night.does('21:45', ben, {type: 'acknowledge', data: {gate: 'G4', group: 'L1', yes: false, reason: 'not read'}});
	const {fix, needs} = night.refuses('21:46', alice, t0('22:00', 'fixed'));
	assert.match(fix, /L1/);
	assert.deepEqual([needs.command?.name, needs.command?.on], ['acknowledge', 'G4']);
});

test('S4 A decision cannot be marked done; the refusal names the vote to take', () => {
	const done = (stage: string) => ({type: 'done', data: {stage, reason: 'so', evidence: null}}) as const;
	assert.equal(observing().refuses('22:10', alice, done('T+30')).needs.command?.name, 'keep');
	assert.equal(ready().refuses('21:50', alice, done('T-10')).needs.command?.name, 'vote');
});

test('E3 An extension ends later than now', () => {
	const night = verified();
	const extend = (until: string) => ({type: 'extend', data: {until, reason: 'more time'}}) as const;
	assert.equal(night.refuses('23:00', alice, extend('2031-01-14T21:45:00Z')).code, 'bad-extension');
	night.does('23:00', alice, extend('2031-01-14T22:15:00Z'));
});

test('E3 Two triggers that fire at once withdraw the keep votes once', () => {
	const [first] = runbook.triggers;
	assert.ok(first?.kind === 'outage');
	const book = withBook({triggers: [first, {...first, id: '4', strict: false}, ...runbook.triggers.slice(1)]});
	const night = verified(book);
	night.does('22:31', bob, vote('keep'));
	const state = night.state();
	const down = {since: Date.parse('2031-01-14T21:20:00Z'), by: dave, reason: null};
	const both = Object.fromEntries(Object.entries(state.triggers).map(([id, was]) => [id, {...was, down}]));
	assert.deepEqual(
		typesOf(
			dueEvents({...state, triggers: both}, {at: Date.parse('2031-01-14T21:40:00Z'), by: runner, observed: calm}),
		),
		['fired', 'keepRevoked', 'fired'],
	);
});
