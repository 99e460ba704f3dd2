/** Who holds which role by the settings. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {people} from './bad-settings.ts';
import {placeOf, read, sample} from './sample.ts';

test('settings-role-unbound: once anybody is bound, every role that acts must be', () => {
	const {problems} = read(sample, {settings: `cutover: 1\nroles: {${people}}\n`});
	const unbound = problems.filter(({code}) => code === 'settings-role-unbound');
	assert.deepEqual(
		unbound.map(({line}) => line),
		[placeOf('| G4', sample).line],
	);
	assert.match(unbound[0]?.message ?? '', /Gate G4 is owned by L3/);
});

test('a role may be called what every object has', () => {
	const text = sample.replaceAll('<release-manager>', '<constructor>');
	const {seen, problems} = read(text, {settings: 'cutover: 1\nroles: {operator: [ana]}\n'});
	assert.deepEqual(seen?.stages.find(({kind}) => kind === 'decision')?.owners, ['Constructor', 'ops-lead']);
	assert.ok(problems.some(({message}) => /owned by Constructor/.test(message)));
});

test('settings-two-people: each role of a vote can have a person of its own, a deputy among them', () => {
	const warned = (manager: string, deputies = ''): boolean => {
		const roles = `${people.replace('release-manager: [ana]', `release-manager: [${manager}]`)}, L3: [ana]`;
		const {problems} = read(sample, {settings: `cutover: 1\n${deputies}roles: {${roles}}\n`});
		return problems.some(({code}) => code === 'settings-two-people');
	};
	assert.equal(warned('ANA'), true);
	assert.equal(warned('ana, ben'), false);
	assert.equal(warned('ana', 'deputies: {release-manager: [ben]}\n'), false);
});
