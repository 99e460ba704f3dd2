import assert from 'node:assert/strict';
import {test} from 'node:test';
import {thisMachine} from '../../../source/cli/person.ts';
import {castOf} from '../../../source/cli/rehearse/cast.ts';

const sources = thisMachine({LOGNAME: 'nightshift'});
const roles = ['release-manager', 'qa-owner', 'L1'];

test('each role is played by somebody of an own name, who is said to be declared', () => {
	const cast = castOf({roles, people: null}, sources);
	const names = roles.map(role => cast(role).name);
	assert.equal(new Set(names).size, 3);
	assert.equal(cast('qa-owner').name, names[1]);
	assert.equal(cast('qa-owner').role, 'qa-owner');
	assert.equal(cast('qa-owner').strength, 'declared');
	assert.equal(cast(null).role, null);
});

test('where the settings bind people, they play their own roles', () => {
	const cast = castOf({roles, people: {'qa-owner': ['Carol', 'Dave']}}, sources);
	assert.equal(cast('qa-owner').name, 'Carol');
});

test('a runbook of many roles does not run out of names', () => {
	const many = Array.from({length: 40}, (_, index) => `role-${index}`);
	const cast = castOf({roles: many, people: null}, sources);
	assert.equal(new Set(many.map(role => cast(role).name)).size, 40);
});
