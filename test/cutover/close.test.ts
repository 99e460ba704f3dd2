/** Keep and close (RULES E3, E4). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {at} from '../given.ts';
import {measured, sees} from '../scenarios/health.ts';
import {alice, bob, dave, daveOnCall, omar, runner} from '../scenarios/people.ts';
import {abandon, close, down, end, note, prove, report, skip, vote} from './commands.ts';
import {begun, executing, kept, observing, played, proofAwaited, rollingBack, the, typesOf, verified} from './night.ts';

test('E3 Every owner of the closing stage votes keep by name, in any order', () => {
	const night = verified();
	assert.match(night.refuses('22:31', dave, vote('keep')).fix, /Ask alice .* or bob/);
	assert.deepEqual(night.refuses('22:31', bob, vote('keep')).needs.words, ['KEEP']);
	assert.deepEqual(typesOf(night.does('22:31', bob, vote('keep'))), ['voted']);
	assert.match(night.refuses('22:31', bob, vote('keep')).why, /bob voted keep/);
	assert.deepEqual(typesOf(night.does('22:32', alice, vote('keep'))), ['voted', 'kept']);
	assert.equal(night.state().status, 'kept');
	assert.equal(night.refuses('22:33', alice, vote('keep')).code, 'poll-closed');
});

test('E3 Keep is refused until T0 has passed and before its time, unless early is set with a reason', () => {
	assert.match(executing().refuses('22:30', alice, vote('keep')).fix, /result of T0/);
	const night = verified();
	assert.deepEqual(night.refuses('22:27:59', alice, vote('keep')).needs.fields, ['early', 'reason']);
	assert.equal(the(night.does('22:20', alice, vote('keep', 'all is calm', true)), 'voted').early, 'all is calm');
});

test('E3 Keep needs every verification stage done, or a reason for each one that failed or was skipped', () => {
	const night = observing();
	assert.match(night.refuses('22:31', alice, vote('keep')).why, /T\+10 is not done/);
	night.does('22:31', daveOnCall, report('T+10', 'fail', {note: 'one pod restarts'}));
	assert.match(night.refuses('22:32', alice, vote('keep')).why, /T\+10 failed/);
	night.does('22:32', alice, vote('keep', 'the pod is not ours'));
	const skipped = observing();
	skipped.does('22:31', daveOnCall, skip('T+10', 'nobody is on call'));
	assert.match(skipped.refuses('22:32', alice, vote('keep')).why, /T\+10 skipped/);
	skipped.does('22:32', alice, vote('keep', 'seen by alice'));
});

test('E3 Keep votes are withdrawn when an outage starts or a trigger fires', () => {
	const night = verified();
	night.does('22:31', alice, vote('keep'));
	assert.deepEqual(typesOf(night.does('22:32', daveOnCall, down())), ['clockDown', 'keepRevoked']);
	assert.equal(night.stands('22:32').poll?.votes[0]?.vote, null);
	const fired = verified();
	fired.does('22:31', alice, vote('keep'));
	const answer = {type: 'answerTrigger', data: {trigger: '3', fact: null, yes: true, reason: null}} as const;
	assert.deepEqual(typesOf(fired.does('22:32', alice, answer)), ['factAnswered', 'fired', 'keepRevoked']);
});

test('E4 Close requires its typed word from an owner of the closing stage and seals the journal', () => {
	const night = kept();
	assert.deepEqual(night.refuses('22:40', alice, close('done')).needs.words, ['CLOSE']);
	assert.match(night.refuses('22:40', dave, close('done')).fix, /Ask alice .* or bob/);
	night.does('22:40', bob, close('done'));
	assert.equal(night.state().status, 'closed');
	for (const draft of [note('late'), close('again'), vote('keep')])
		assert.equal(night.refuses('22:41', alice, draft).code, 'closed');
	assert.deepEqual(night.waits('23:59'), []);
});

test('E4 Close is refused before a final decision and while an attempt runs', () => {
	assert.match(begun().refuses('21:00', alice, close('x')).fix, /abandon/);
	assert.match(observing().refuses('22:10', alice, close('x')).fix, /Keep the release, extend/);
	assert.match(rollingBack().refuses('22:11', alice, close('x')).why, /ROLLING BACK/);
	assert.equal(rollingBack().refuses('22:11', alice, close('x')).fix, 'Wait until the rollback is proved.');
	const night = executing(played);
	night.does('22:05', alice, {type: 'rollbackByHand', data: {path: 'console', result: 'pass', reference: 'OPS-7'}});
	night.does('22:06', omar, prove());
	assert.match(night.refuses('22:07', alice, close('x')).why, /T0-1 runs/);
	night.does('22:08', runner, end('T0', 1, 'stopped'));
	night.does('22:09', alice, close('x'));
});

test('E4 Each missing sign-off and blank field is closed as not recorded, with its own reason or that of close', () => {
	const night = kept();
	night.does('22:33', bob, {type: 'setNotRecorded', data: {what: 'S5', reason: 'the report follows'}});
	assert.match(night.refuses('22:40', alice, close(null), {confirm: ['CLOSE']}).why, /S1, S2.*not recorded/);
	const {notRecorded} = the(night.does('22:40', alice, close('kept; the rest follows')), 'closed');
	assert.equal(
		notRecorded.some(({what}) => what === 'S5'),
		false,
	);
	assert.ok(notRecorded.some(({what, reason}) => what === 'S1' && reason === 'kept; the rest follows'));
	assert.equal(night.state().notRecorded['S5'], 'the report follows');
});

test('row 1 of a closed cutover shows once how it ended', () => {
	const stands = (night: ReturnType<typeof begun>) => {
		const {word, text} = night.stands('23:00').headline;
		return `${word} ${text}`;
	};
	const done = kept();
	done.does('22:40', bob, close('the report follows'));
	assert.equal(stands(done), 'CLOSED kept · the report follows');
	const short = kept();
	short.does('22:40', bob, close('Kept; the report follows'));
	assert.equal(stands(short), 'CLOSED Kept; the report follows');
	const never = begun();
	never.does('21:00', alice, abandon('the vendor is not ready'));
	never.does('21:01', alice, close(null));
	assert.equal(stands(never), 'CLOSED abandoned · the vendor is not ready');
	const back = executing(played);
	back.does('22:05', alice, {type: 'rollbackByHand', data: {path: 'console', result: 'pass', reference: 'OPS-7'}});
	back.does('22:06', omar, prove());
	back.does('22:08', runner, end('T0', 1, 'stopped'));
	back.does('22:09', alice, close('all is as before'));
	assert.equal(stands(back), 'CLOSED rolled back · all is as before');
});

test('E4 The reason of an abandonment applies to everything that is not recorded', () => {
	const night = begun();
	night.does('21:00', alice, abandon('the vendor is not ready'));
	const {notRecorded} = the(night.does('21:01', alice, close(null)), 'closed');
	assert.ok(notRecorded.length > 0);
	assert.ok(notRecorded.every(({reason}) => reason === 'the vendor is not ready'));
});

test('E4 A closed cutover shows the health of its close', () => {
	const night = begun(measured());
	night.does('21:40', alice, abandon('not tonight'));
	night.does('21:41', alice, close('not tonight'));
	const {endpoints, now} = night.stands('23:00', null, sees(night.state(), '21:41'));
	assert.deepEqual([endpoints.map(({state}) => state), now], [['up', 'up'], at('23:00')]);
});

test('E4 A failed rollback is closed with a reason and shows NOT RESTORED', () => {
	const night = proofAwaited();
	night.waits('22:25:01');
	assert.equal(night.state().status, 'rollback-failed');
	const no = night.refuses('22:30', alice, close('restored by hand tomorrow'));
	assert.match(no.why, /NOT RESTORED/);
	night.does('22:30', alice, close('restored by hand tomorrow'));
	assert.match(night.stands('22:31').fields.at(-1)?.value ?? '', /NOT RESTORED/);
	assert.equal(night.stands('22:31').headline.text, 'NOT RESTORED · restored by hand tomorrow');
});
