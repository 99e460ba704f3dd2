import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Answered, verdictOf} from '../../../source/cutover/health/outage/verdict.ts';
import {casesIn} from './recorded.ts';

type Given = {readonly name: string; readonly answer: Answered; readonly verdict: string; readonly reason: string};

test('every recorded answer is judged as worked out by hand', () => {
	const cases = casesIn<Given>('verdicts.json');
	assert.equal(cases.length, 9);
	for (const {name, answer, verdict, reason} of cases) assert.deepEqual(verdictOf(answer), {verdict, reason}, name);
});

test('only what lies with us is unknown: with the control address silent, a refusal and a time-out still count as down', () => {
	for (const error of ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'CERT_HAS_EXPIRED'])
		assert.equal(verdictOf({error, control: 'fail'}).verdict, 'fail', error);
	for (const error of ['ENETUNREACH', 'EHOSTUNREACH', 'EAI_AGAIN', 'ENOTFOUND'])
		assert.equal(verdictOf({error, control: 'fail'}).verdict, 'unknown', error);
	for (const error of ['ENETUNREACH', 'EAI_AGAIN']) assert.equal(verdictOf({error}).verdict, 'fail', error);
	for (const error of ['EMFILE', 'ENOMEM'])
		assert.deepEqual(
			verdictOf({error, control: 'ok'}),
			{verdict: 'unknown', reason: 'the watcher could not ask'},
			error,
		);
});

test('a status outside 200 to 299 is down, a redirect too, unless it is the one expected', () => {
	for (const status of [199, 300, 301, 404, 500]) assert.equal(verdictOf({status}).verdict, 'fail', String(status));
	for (const status of [200, 204, 299]) assert.equal(verdictOf({status}).verdict, 'ok', String(status));
	assert.equal(verdictOf({status: 401, expect: {status: 401}}).verdict, 'ok');
	assert.equal(verdictOf({status: 200, expect: {status: 401}}).verdict, 'fail');
	assert.equal(verdictOf({status: 200, ms: 5001, timeoutMs: 5000}).reason, 'no answer in 5s');
});

test('a connection that was taken is up, and one that was asked for nothing else needs no status', () => {
	assert.deepEqual(verdictOf({connected: true, ms: 3, timeoutMs: 5000}), {verdict: 'ok', reason: ''});
	assert.equal(verdictOf({}).verdict, 'fail');
});

test('a script is up with exit 0, down with another, and unknown where a shell says that it was not run to its end', () => {
	assert.deepEqual(verdictOf({exit: 0, said: 'all is well'}), {verdict: 'ok', reason: ''});
	assert.deepEqual(verdictOf({exit: 0, ms: 4500, timeoutMs: 5000}), {verdict: 'ok', reason: 'slow'});
	assert.deepEqual(verdictOf({exit: 3}), {verdict: 'fail', reason: 'exit 3'});
	assert.deepEqual(verdictOf({exit: 2, said: 'lag is 40 s'}), {verdict: 'fail', reason: 'exit 2: lag is 40 s'});
	for (const exit of [126, 127, 130, 137, 143]) assert.equal(verdictOf({exit}).verdict, 'unknown', String(exit));
});

test('what kept us from asking is unknown, in its own words', () => {
	const fault = 'script not started: EACCES';
	assert.deepEqual(verdictOf({fault}), {verdict: 'unknown', reason: fault});
});
