/** Notices for people without a screen: from new entries and from the passing of time. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noticeOf, noticesNow} from '../../source/cutover/snapshot/notices.ts';
import {alice, bob, runner} from '../scenarios/people.ts';
import {end, rollback, vote} from './commands.ts';
import {type Night, observing, ready} from './night.ts';

const reported = (night: Night): readonly string[] =>
	night
		.entries()
		.map(noticeOf)
		.flatMap(notice => (notice === null ? [] : [`${notice.on}: ${notice.text}`]));

const now = (night: Night, time: string): readonly string[] =>
	noticesNow(night.stands(time)).map(({on, text}) => `${on}: ${text}`);

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
		noticesNow(night.stands(time)).find(({on}) => on === 'overdue'),
	);
	assert.match(first?.text ?? '', /^T\+10 is overdue since \d\d:10: oncall-ops to begin it$/);
	assert.equal(first?.name, second?.name);
});

test("a successful path waits for a person's confirmation if no endpoint measures health", () => {
	const night = observing();
	night.does('22:12', alice, rollback(null));
	const awaits = (time: string) => now(night, time).filter(text => text.includes('impact is over'));
	assert.deepEqual(awaits('22:12'), []);
	night.does('22:14', runner, end('fallback', 1, 'pass'));
	assert.deepEqual(awaits('22:14'), ['awaited: somebody of a role says by name that the impact is over']);
});
