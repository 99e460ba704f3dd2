/** A rehearsal asks its rehearsal targets and nothing else. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RehearsalTargets} from '../../source/cutover/model/event.ts';
import {endpointsAsked, remoteAsked, tokenFor} from '../../source/cutover/model/rehearsal-targets.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {endpoint, measured} from '../scenarios/health.ts';
import {observing} from './night.ts';

const remote = {repository: 'example/orders', ref: 'main', token: 'ORDERS_TOKEN', api: 'https://api.github.com'};
const rehearsalTargets: RehearsalTargets = {
	service: 'http://127.0.0.1:4000',
	api: 'http://127.0.0.1:4001',
	token: 'of the rehearsal target',
};
const env = {ORDERS_TOKEN: 'of the night\n'};

const state = (rehearsal: State['rehearsal']): State => {
	const book = measured([endpoint('api')]);
	const night = observing({...book, rollback: book.rollback && {...book.rollback, remote}}).state();
	return {...night, rehearsal};
};

const asked = (rehearsal: State['rehearsal']) => {
	const now = state(rehearsal);
	const [first] = endpointsAsked(now);
	return [first?.url === undefined ? null : new URL(first.url).origin, remoteAsked(now)?.api, tokenFor(now, env)];
};

test('a real cutover asks its endpoints and GitHub, with the token of the environment', () => {
	const [service, ...rest] = asked(null);
	assert.match(service ?? '', /example\.org/);
	assert.deepEqual(rest, ['https://api.github.com', 'of the night']);
});

test('a rehearsal asks its rehearsal targets, with a token that is valid nowhere else', () => {
	assert.deepEqual(asked({speed: 10, rehearsalTargets}), [
		rehearsalTargets.service,
		rehearsalTargets.api,
		rehearsalTargets.token,
	]);
});

test('a rehearsal without rehearsal targets asks nothing, even if an endpoint or a workflow is approved while it runs', () => {
	assert.deepEqual(asked({speed: 10}), [null, undefined, '']);
	assert.deepEqual(asked({speed: 10, rehearsalTargets: {...rehearsalTargets, api: null, token: null}}).slice(1), [
		undefined,
		'',
	]);
});
