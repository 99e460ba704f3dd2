/** Notices for people without a screen: from new entries and from the passing of time. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {endedBy, nextUpdate, noticeOf, noticesNow, updateNow} from '../../source/cutover/snapshot/notices.ts';
import {remindersNow} from '../../source/cutover/snapshot/reminders.ts';
import {alice, bob, runner} from '../scenarios/people.ts';
import {asksAbout, end, rollback, vote} from './commands.ts';
import {begun, type Night, observing, ready, withBook} from './night.ts';

const reported = (night: Night): readonly string[] =>
	night
		.entries()
		.map(noticeOf)
		.flatMap(notice => (notice === null ? [] : [`${notice.on}: ${notice.text}`]));

const now = (night: Night, time: string): readonly string[] =>
	noticesNow(night.stands(time), () => false).map(({on, text}) => `${on}: ${text}`);

test('a notice reports a hold with its cause, and no notice reports the steps of runners', () => {
	const night = ready();
	night.does('21:52', bob, {type: 'hold', data: {reason: 'a smell of smoke'}});
	assert.equal(reported(night).at(-1), 'hold: HOLD: a smell of smoke');
	assert.ok(reported(night).every(text => !/G1|step/.test(text)));
});

test('a notice reports the go once, when the last vote completes it', () => {
	const night = ready();
	night.does('21:51', alice, vote('go'));
	assert.ok(!reported(night).some(text => text.startsWith('go: ')));
	assert.match(now(night, '21:51').join('\n'), /awaited: go or not at T-10: ops-lead to vote/);
});

test('a notice reports an overdue stage under a name that stays the same', () => {
	const night = observing();
	const [first, second] = ['22:12', '22:14'].map(time =>
		noticesNow(night.stands(time), () => false).find(({on}) => on === 'overdue'),
	);
	assert.match(first?.text ?? '', /^T\+10 is overdue since \d\d:10: oncall-ops to begin it$/);
	assert.deepEqual(first?.names, second?.names);
	const known = (name: string): boolean => first?.names.includes(name) ?? false;
	assert.ok(!noticesNow(night.stands('22:14'), known).some(({on}) => on === 'overdue'));
});

test('one notice reports all stages of a cutover that is begun late', () => {
	const night = begun();
	const late = noticesNow(night.stands('21:56'), () => false).filter(({on}) => on === 'overdue');
	assert.deepEqual(
		late.map(({text}) => text.replace(/since \d\d/, 'since 21')),
		[
			'T-60, T-30, T-10 are overdue, T-60 since 21:00: release-operator, qa-owner, release-manager, ops-lead to begin them',
		],
	);
	assert.equal(late[0]?.names.length, 3);
	const [first = ''] = late[0]?.names ?? [];
	const others = noticesNow(night.stands('21:56'), name => name === first).filter(({on}) => on === 'overdue');
	assert.match(others[0]?.text ?? '', /^T-30, T-10 are overdue/);
});

test('an update is due at each round time of the clock while the cutover is open, and the newest alone is sent', () => {
	const night = ready();
	const begin = night.state().begun?.at ?? 0;
	const at = (time: string) => updateNow(night.stands(time), 1800, begin);
	const first = at('21:52');
	assert.equal(first?.at, Math.floor((first?.at ?? 0) / 1_800_000) * 1_800_000);
	assert.deepEqual(at('21:59')?.names, first?.names);
	assert.notDeepEqual(at('22:00')?.names, first?.names);
	assert.equal((at('22:31')?.at ?? 0) - (first?.at ?? 0), 3_600_000);
	assert.equal(updateNow(night.stands('21:52'), 1800, night.stands('21:52').now), null);
	assert.equal(nextUpdate(night.stands('21:52'), 1800), (first?.at ?? 0) + 1_800_000);
});

test('a go is the end of the holds before it and of what time brought, and of nothing else', () => {
	const night = ready();
	night.does('21:52', bob, {type: 'hold', data: {reason: 'a smell of smoke'}});
	const entries = night.entries();
	const hold = entries.map(noticeOf).findLast(notice => notice?.on === 'hold');
	assert.ok(hold);
	assert.deepEqual(endedBy(entries, hold, ['overdue T-60 …']), []);
	const go = {...hold, on: 'go', level: 'good', names: [`entry ${(entries.at(-1)?.seq ?? 0) + 1}`]} as const;
	assert.deepEqual(
		endedBy([...entries, {...entries[0], seq: entries.length + 1} as (typeof entries)[0]], go, [
			'overdue T-60 …',
			'update 2031-01-14T20:00:00.000Z',
		]),
		[...hold.names, 'overdue T-60 …'],
	);
});

test("a successful path waits for a person's confirmation if no endpoint measures health", () => {
	const night = observing();
	night.does('22:12', alice, rollback(null));
	const awaits = (time: string) => now(night, time).filter(text => text.includes('impact is over'));
	assert.deepEqual(awaits('22:12'), []);
	night.does('22:14', runner, end('fallback', 1, 'pass'));
	assert.deepEqual(awaits('22:14'), ['awaited: somebody of a role says by name that the impact is over']);
});

const reminded = (night: Night, time: string, known: readonly string[] = []): readonly string[] =>
	remindersNow(night.stands(time), night.state(), name => known.includes(name)).map(({text}) => text);

const polling = (rest: Parameters<typeof withBook>[0] = {}): Night => {
	const night = ready(withBook(rest));
	night.does('21:50', alice, vote('go'));
	return night;
};

test('whoever has not voted is reminded after three minutes, and after six with the deputy, and no number is sent', () => {
	const night = polling({contacts: {carol: '+49 170 1'}, deputies: {'ops-lead': ['dora']}});
	assert.deepEqual(reminded(night, '21:52:54'), []);
	const [first = ''] = reminded(night, '21:53');
	assert.match(first, /^carol \(ops-lead\) still to answer since \d\d:\d\d: go or not at T-10$/);
	const [second = ''] = reminded(night, '21:56');
	assert.doesNotMatch(second, /\+49/);
	assert.ok(second.endsWith(': go or not at T-10; deputy of ops-lead: dora'), second);
	assert.deepEqual(reminded(night, '22:50'), [second]);
	const names = remindersNow(night.stands('22:50'), night.state(), () => false).flatMap(each => each.names);
	assert.deepEqual(reminded(night, '22:51', names), []);
});

test('a reminder says where whoever opened a link can answer', () => {
	const night = polling({serve: {listen: '127.0.0.1:8440', url: 'https://cutover.example.org'}});
	const invite = {name: 'carol', roles: [], sent: 'print', code: true, until: null} as const;
	night.does('21:50', alice, {type: 'invite', data: invite});
	assert.doesNotMatch(reminded(night, '21:57').join(), /can answer/);
	night.does('21:51', runner, {type: 'recordOpened', data: {link: 'I1', from: '192.0.2.7', agent: 'Firefox'}});
	assert.match(reminded(night, '21:57').join(), /; carol can answer at https:\/\/cutover\.example\.org\/i$/);
});

test('an open question of a trigger is reminded of until somebody answers it', () => {
	const night = observing();
	night.does('22:05', alice, asksAbout('2'));
	const [text = ''] = reminded(night, '22:09');
	assert.match(text, /still to answer since \d\d:05: trigger 2, /);
});
