/** Which sample of an endpoint counts, where several hosts probe it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Sample} from '../../source/cutover/health/outage/sample.ts';
import {together} from '../../source/watch/sampling.ts';

const own = (verdict: Sample['verdict'], reason = ''): Sample => ({
	endpoint: 'api',
	at: 1_900_000_000_000,
	boot: 'one',
	up: 1000,
	wall: 1_900_000_000_000,
	took: 12,
	verdict,
	reason,
});
const counted = (...[mine, others, quorum]: Parameters<typeof together>): readonly string[] => {
	const {verdict, reason} = together(mine, others, quorum);
	return [verdict, reason];
};

test('a cutover of one host counts what that host sees', () => {
	assert.deepEqual(together(own('fail', 'HTTP 503'), null, 1), own('fail', 'HTTP 503'));
	assert.deepEqual(together(own('fail', 'HTTP 503'), {}, 1), own('fail', 'HTTP 503'));
});

test('an endpoint is down where as many hosts as the quorum see it down', () => {
	assert.deepEqual(counted(own('fail', 'HTTP 503'), {'bastion-2': 'fail', 'bastion-3': 'ok'}, 2), ['fail', 'HTTP 503']);
	assert.deepEqual(counted(own('fail', 'HTTP 503'), {'bastion-2': 'ok'}, 1), ['fail', 'HTTP 503']);
});

test('an outage that fewer hosts see than the quorum is none while another host sees the endpoint up', () => {
	assert.deepEqual(counted(own('fail', 'HTTP 503'), {'bastion-2': 'ok'}, 2), [
		'ok',
		'HTTP 503 (down from 1 of 2 hosts, 2 are needed)',
	]);
});

test('an outage that only this host can see, of the two that the quorum needs, is unknown', () => {
	const seen = ['unknown', 'HTTP 503 (down from 1 of 1 hosts, 2 are needed)'];
	assert.deepEqual(counted(own('fail', 'HTTP 503'), {}, 2), seen);
	assert.deepEqual(counted(own('fail'), {'bastion-2': 'unknown'}, 2), [
		'unknown',
		'down from 1 of 2 hosts, 2 are needed',
	]);
});

test('an outage that the quorum sees counts, whatever the host sees that leads', () => {
	for (const verdict of ['ok', 'unknown'] as const) {
		const sample = together(own(verdict), {'bastion-2': 'fail', 'bastion-3': 'fail'}, 2);
		assert.deepEqual([sample.verdict, sample.reason], ['fail', 'down from 2 of 3 hosts, 2 are needed']);
		assert.deepEqual(sample.others, {'bastion-2': 'fail', 'bastion-3': 'fail'});
	}
});

test('without a quorum the host counts that leads, and what others see is kept', () => {
	assert.deepEqual(together(own('ok'), {'bastion-2': 'fail'}, 1), {...own('ok'), others: {'bastion-2': 'fail'}});
});
