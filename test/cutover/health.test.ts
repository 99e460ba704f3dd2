/** Measured health: outages, firing, endpoints in state unknown, keep and standing down (RULES T1, T2, T4, T5, T6, E3). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wall} from '../../source/text/time.ts';
import {at} from '../given.ts';
import {endpoint, measured, type Story, sees} from '../scenarios/health.ts';
import {alice, bob, daveOnCall, omar} from '../scenarios/people.ts';
import {answers, down, standsDown, vote} from './commands.ts';
import {gone, type Night, observing, the, typesOf, verified} from './night.ts';

type Stories = Readonly<Record<string, Story>>;

const observed = (night: Night, time: string, stories: Stories = {}) => sees(night.state(), time, stories);

const waits = (night: Night, time: string, stories: Stories) => night.waits(time, observed(night, time, stories));

const apiDown: Stories = {api: {down: [['22:04', null]]}};

const triggerOf = (night: Night, time: string, stories: Stories = {}) => {
	const [trigger] = night.stands(time, null, observed(night, time, stories)).triggers;
	assert.ok(trigger);
	return trigger;
};

const answersFor = (name: string, up: boolean, reason = 'the load balancer says so') =>
	({type: 'attestEndpoint', data: {trigger: '1', endpoint: name, up, reason}}) as const;

test('T1 A measured trigger is disarmed before T0 and armed after it, and people cannot run its clock by hand', () => {
	const before = gone(measured());
	assert.equal(triggerOf(before, '21:55').state, 'disarmed');
	const night = observing(measured());
	assert.equal(triggerOf(night, '22:03').state, 'armed');
	const {why, needs} = night.refuses('22:03', daveOnCall, down(), {observed: observed(night, '22:03')});
	assert.match(why, /measured: api and web/);
	assert.deepEqual(needs.command, {name: 'observed', on: '1', fields: []});
});

test('T1 A confirmed outage is shown in the banner, and its end is recorded', () => {
	const night = observing(measured());
	assert.deepEqual(waits(night, '22:04:15', apiDown), []);
	assert.equal(night.stands('22:04:15', null, observed(night, '22:04:15', apiDown)).headline.word, 'OBSERVING');
	const began = the(waits(night, '22:04:30', apiDown), 'outageBegan');
	assert.deepEqual([began.endpoint, began.since], ['api', new Date(at('22:04')).toISOString()]);
	const {headline, next} = night.stands('22:06:15', null, observed(night, '22:06:15', apiDown));
	assert.deepEqual([headline.word, headline.loud], ['OUTAGE', true]);
	assert.equal(headline.text, `api down 02:15 of 10:00 · fires after ${wall(at('22:14'))}`);
	assert.match(next?.text ?? '', /^roll back after \d\d:14:00 if api is still down, or at once$/);
	const both: Stories = {...apiDown, web: {down: [['22:04', null]]}};
	const together = observing(measured()).stands('22:06:15', null, observed(night, '22:06:15', both));
	assert.match(together.headline.text, /^api and web down 02:15 of 10:00/);
	assert.match(together.next?.text ?? '', /if api or web is still down/);
	const over: Stories = {api: {down: [['22:04', '22:07']]}};
	const ended = the(waits(night, '22:07', over), 'outageEnded');
	assert.deepEqual([ended.seconds, ended.atLeastSeconds, ended.atMostSeconds], [180, 165, 195]);
	const {outages, downSeconds, firesAt, state} = triggerOf(night, '22:08', over);
	assert.deepEqual([outages, downSeconds, firesAt, state], [1, 180, null, 'armed']);
	assert.deepEqual(waits(night, '22:09', over), [], 'what was told is not told again');
});

test('T1 Before T0 the evidence speaks of no outage since T0, also while an endpoint is down', () => {
	const night = gone(measured());
	waits(night, '21:53', {api: {down: [['21:50', null]]}});
	assert.equal(night.state().outages.length, 1);
	for (const {field, value} of night.stands('21:54').fields) assert.doesNotMatch(value ?? '', /since T0/, field);
});

test('T1 During an outage the first wait is for the person in command: after when to roll back if the outage goes on, and that a rollback is possible now', () => {
	const night = observing(measured());
	const {waits: all} = night.stands('22:06', alice, observed(night, '22:06', apiDown));
	const [first, second] = all;
	assert.equal(first?.text, `roll back after ${wall(at('22:14'))} if api is still down, or at once`);
	assert.deepEqual([first?.mine, first?.act, first?.due], [true, 'rollback', at('22:14')]);
	assert.deepEqual([second?.who, second?.text], ['dave (oncall-ops)', 'report whether api recovers']);
});

test('T2 The headline of a fired trigger stays after recovery and shows when the endpoint recovered and its total downtime', () => {
	const night = observing(measured());
	const over: Stories = {api: {down: [['22:04', '22:16']]}};
	for (const time of ['22:04:30', '22:14:15', '22:16', '22:16:30']) waits(night, time, over);
	const {headline} = night.stands('22:17', null, observed(night, '22:17', over));
	assert.equal(headline.word, 'FIRED');
	assert.match(headline.text, /^\d\d:14:\d\d · api UP again since \d\d:16:\d\d · down 12:\d\d in all$/);
});

test('T2 The headline of a fired trigger shows for how long the endpoint is down by now', () => {
	const night = observing(measured());
	for (const time of ['22:04:30', '22:14:15']) waits(night, time, apiDown);
	assert.equal(
		night.stands('22:14:15', null, observed(night, '22:14:15', apiDown)).headline.text,
		'trigger 1: api down 10:15',
	);
	assert.equal(
		night.stands('22:20', null, observed(night, '22:20', apiDown)).headline.text,
		'trigger 1: api down 16:00',
	);
});

test('T1 A single failed sample raises no alarm but is recorded', () => {
	const night = observing(measured());
	const blip: Stories = {web: {down: [['22:04', '22:04:15']]}};
	assert.deepEqual(typesOf(waits(night, '22:05', blip)), ['outageEnded']);
	assert.match(night.stands('22:05', null, observed(night, '22:05', blip)).headline.word, /OBSERVING/);
	assert.equal(triggerOf(night, '22:05', blip).downSeconds, 15);
});

test('T1 Overlapping downtime of several endpoints counts once', () => {
	const night = observing(measured());
	const both: Stories = {api: {down: [['22:04', '22:08']]}, web: {down: [['22:06', '22:09']]}};
	waits(night, '22:10', both);
	const {outages, downSeconds} = triggerOf(night, '22:10', both);
	assert.deepEqual([outages, downSeconds], [2, 300]);
});

test('T2 A measured trigger warns, then fires on the first failed sample past the threshold, and records what decided', () => {
	const night = observing(measured());
	const types = typesOf(waits(night, '22:14', apiDown));
	assert.deepEqual(types, ['outageBegan', 'warned', 'warned']);
	assert.equal(triggerOf(night, '22:14', apiDown).state, 'warning');
	const fired = the(waits(night, '22:14:15', apiDown), 'fired');
	assert.deepEqual(fired.facts, ['api down 10:15']);
	assert.equal(fired.measured?.at, new Date(at('22:14:15')).toISOString());
	const snapshot = night.stands('22:14:20', null, observed(night, '22:14:20', apiDown));
	assert.equal(snapshot.triggers[0]?.firedAt, at('22:14:15'));
	assert.match(snapshot.next?.text ?? '', /ROLL BACK: trigger 1 fired/);
});

test('T2 A watcher that runs late records the original firing time', () => {
	const night = observing(measured());
	const fired = the(waits(night, '22:30', apiDown), 'fired');
	assert.equal(fired.measured?.at, new Date(at('22:14:15')).toISOString());
	assert.equal(fired.elapsedSeconds, 615);
});

test('T2 An outage of a non-critical endpoint fires no trigger and is not shown in the banner', () => {
	const night = observing(measured([endpoint('api'), endpoint('queue', {critical: false})]));
	const stories: Stories = {queue: {down: [['22:04', null]]}};
	assert.deepEqual(typesOf(waits(night, '22:30', stories)), ['outageBegan']);
	const {headline, triggers, endpoints} = night.stands('22:30', null, observed(night, '22:30', stories));
	assert.deepEqual([headline.word, triggers[0]?.state], ['OBSERVING', 'armed']);
	assert.deepEqual(
		endpoints.map(({name, state, critical}) => [name, state, critical]),
		[
			['api', 'up', true],
			['queue', 'down', false],
		],
	);
});

test('T4 A critical endpoint without samples is in state unknown, neither up nor down, and the headline is loud after one minute', () => {
	const night = verified(measured());
	const stories: Stories = {api: {blind: [['22:20', null]]}};
	const at30 = observed(night, '22:30', stories);
	const {endpoints, triggers, headline} = night.stands('22:30', null, at30);
	assert.equal(endpoints[0]?.state, 'unknown');
	assert.equal(endpoints[0]?.since, at('22:19:45') + 80);
	assert.deepEqual([triggers[0]?.state, triggers[0]?.blind], ['blind', ['api']]);
	const tooLong = (time: string) => triggerOf(night, time, stories).blindTooLong;
	assert.deepEqual([tooLong('22:29:45'), tooLong('22:29:46')], [false, true], 'as long as an outage that would fire');
	assert.deepEqual([headline.word, headline.loud], ['BLIND', true]);
	assert.match(night.refuses('22:31', alice, vote('keep'), {observed: at30}).why, /Nobody can see api/);
});

test('T4 Every reader detects a dead watcher by its own clock', () => {
	const night = observing(measured());
	const old = observed(night, '22:05');
	assert.equal(night.stands('22:05:20', null, old).endpoints[0]?.state, 'up');
	assert.equal(night.stands('22:05:31', null, old).endpoints[0]?.state, 'unknown');
});

test('T4 Two people each confirm once that an endpoint in state unknown is up, and then keep is accepted', () => {
	const night = verified(measured());
	const blind: Stories = {api: {blind: [['22:20', null]]}};
	const now = (time: string) => observed(night, time, blind);
	assert.match(
		night.refuses('22:25', daveOnCall, answersFor('web', true), {observed: now('22:25')}).why,
		/web is seen/,
	);
	assert.match(
		night.refuses('22:25', daveOnCall, answersFor('apy', true), {observed: now('22:25')}).why,
		/no critical endpoint "apy"/,
	);
	night.does('22:26', daveOnCall, answersFor('api', true), now('22:26'));
	const [api] = night.stands('22:26', null, now('22:26')).endpoints;
	assert.deepEqual([api?.answered, api?.words], [null, [{by: 'dave', at: at('22:26'), up: true}]]);
	assert.match(
		night.refuses('22:27', daveOnCall, answersFor('api', true), {observed: now('22:27')}).fix,
		/second person/,
	);
	assert.match(night.refuses('22:28', alice, vote('keep'), {observed: now('22:28')}).why, /Nobody can see api/);
	night.does('22:28', {...daveOnCall, name: 'Dave'}, answersFor('api', false), now('22:28'));
	night.does('22:28', {...daveOnCall, name: 'DAVE'}, answersFor('api', true), now('22:28'));
	assert.match(night.refuses('22:28', alice, vote('keep'), {observed: now('22:28')}).why, /Nobody can see api/);
	night.does('22:29', omar, answersFor('api', true), now('22:29'));
	night.does('22:30', alice, vote('keep'), now('22:30'));
});

test('T4 New samples take precedence over what two people reported', () => {
	const night = verified(measured());
	const blind: Stories = {api: {blind: [['22:20', null]]}};
	night.does('22:26', daveOnCall, answersFor('api', true), observed(night, '22:26', blind));
	night.does('22:27', omar, answersFor('api', true), observed(night, '22:27', blind));
	const down: Stories = {api: {blind: [['22:20', '22:28']], down: [['22:28', null]]}};
	assert.match(
		night.refuses('22:30', alice, vote('keep'), {observed: observed(night, '22:30', down)}).why,
		/api is down/,
	);
});

test('T4 Two people who report an endpoint down block keep, as samples do', () => {
	const night = verified(measured());
	const blind: Stories = {api: {blind: [['22:20', null]]}};
	night.does('22:26', daveOnCall, answersFor('api', false), observed(night, '22:26', blind));
	night.does('22:27', omar, answersFor('api', false), observed(night, '22:27', blind));
	const {why} = night.refuses('22:30', alice, vote('keep'), {observed: observed(night, '22:30', blind)});
	assert.match(why, /api is down, as two people say/);
});

test('T5 Keep is refused during an outage that started too late to fire, and the fix is to extend the observation', () => {
	const night = verified(measured());
	const late: Stories = {api: {down: [['22:29', null]]}};
	const {why, fix} = night.refuses('22:30', alice, vote('keep'), {observed: observed(night, '22:30', late)});
	assert.equal(why, `api is down since ${wall(at('22:29'))}, 01:00.`);
	assert.ok(fix.includes(`extend the observation until it fires or ends, after ${wall(at('22:39'))}`), fix);
});

test('T6 Two people stand down a fired trigger once every critical endpoint is up, and it is armed again from then', () => {
	const night = observing(measured());
	waits(night, '22:15', apiDown);
	assert.match(
		night.refuses('22:15', alice, standsDown('1'), {observed: observed(night, '22:15', apiDown)}).why,
		/api is down/,
	);
	const up: Stories = {api: {down: [['22:04', '22:16']]}};
	night.does('22:17', alice, standsDown('1'), observed(night, '22:17', up));
	assert.deepEqual(typesOf(night.does('22:18', bob, standsDown('1'), observed(night, '22:18', up))), [
		'stoodDown',
		'rearmed',
	]);
	assert.deepEqual(waits(night, '22:19', up), [], 'the old firing is not told again');
	const again: Stories = {
		api: {
			down: [
				['22:04', '22:16'],
				['22:20', null],
			],
		},
	};
	const fired = the(waits(night, '22:30:15', again), 'fired');
	assert.equal(fired.measured?.at, new Date(at('22:30:15')).toISOString());
	assert.equal(fired.elapsedSeconds, 615);
});

test('T6 A trigger that people fired can be stood down only while the critical endpoints are up', () => {
	const night = observing(measured());
	night.does('22:05', alice, answers('3', 1, true), observed(night, '22:05'));
	const {why} = night.refuses('22:06', alice, standsDown('3'), {observed: observed(night, '22:06', apiDown)});
	assert.match(why, /api is down/);
});

test('E3 Keep votes are withdrawn when a measured outage starts or an endpoint changes to unknown', () => {
	for (const [stories, why] of [
		[{api: {down: [['22:31', null]]}}, /api down/],
		[{web: {blind: [['22:31', null]]}}, /nobody can see web/],
	] as readonly (readonly [Stories, RegExp])[]) {
		const night = verified(measured());
		night.does('22:30:30', alice, vote('keep'), observed(night, '22:30:30'));
		const fell = the(waits(night, '22:31:40', stories), 'keepRevoked');
		assert.match(fell.reason, why);
	}
});
