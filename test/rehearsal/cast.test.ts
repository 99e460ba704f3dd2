import assert from 'node:assert/strict';
import {test} from 'node:test';
import {thisMachine} from '../../source/cli/person.ts';
import {playersOf} from '../../source/rehearsal/players.ts';

const sources = thisMachine({LOGNAME: 'nightshift'});
const roles = ['release-manager', 'qa-owner', 'L1'];

test('each role is played by a person of its own, shown as stated', () => {
	const players = playersOf({roles, people: null}, sources);
	const names = roles.map(role => players(role).name);
	assert.equal(new Set(names).size, 3);
	assert.equal(players('qa-owner').name, names[1]);
	assert.equal(players('qa-owner').role, 'qa-owner');
	assert.equal(players('qa-owner').strength, 'stated');
	assert.equal(players(null).role, null);
});

test('where the settings bind people, they play their own roles', () => {
	const players = playersOf({roles, people: {'qa-owner': ['Carol', 'Dave']}}, sources);
	assert.equal(players('qa-owner').name, 'Carol');
});

test('a runbook of many roles does not run out of names', () => {
	const many = Array.from({length: 40}, (_, index) => `role-${index}`);
	const players = playersOf({roles: many, people: null}, sources);
	assert.equal(new Set(many.map(role => players(role).name)).size, 40);
});
