/* Who signs, in the forms that runbooks have for it; and what of triggers is none. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {night, signers} from './night.ts';
import {read} from './sample.ts';

const roles = ['launch-lead', 'search-on-call', 'director'];

test('a list says who signs before a dash, with a name in brackets, behind "signed by", or alone', () => {
	const list = (item: (role: string) => string) => signers(...['Launch lead', 'Search on call', 'Director'].map(item));
	assert.deepEqual(
		list(role => `1. ${role} – it is complete`),
		roles,
	);
	assert.deepEqual(
		list(role => `* **${role}** (Vera Wolf): it is complete`),
		roles,
	);
	assert.deepEqual(
		list(role => `- [ ] Signed by the ${role.toLowerCase()}`),
		roles,
	);
	const alone = read(`${night}\n## Who signs off\n\n- Launch lead\n- Search on call\n- Director\n`);
	assert.deepEqual(
		alone.runbook?.signOffs.map(({role}) => role),
		roles,
	);
});

test('a role that heads boxes signs them, and another heading leaves them to who closes', () => {
	assert.deepEqual(signers('### Launch lead', '- [ ] Lists are complete', '### Director', '- [ ] Accepted'), [
		'launch-lead',
		'director',
	]);
	assert.deepEqual(signers('### Before closing', '- [ ] Lists are complete'), ['lead']);
});

test('what follows a rollback, and who decides on it, is no trigger', () => {
	const text = `${night}\n## Back-out criteria\n\n**Back out if:**\n\n* Orders are lost\n\n`;
	for (const lead of ['After the back-out', 'Afterwards', 'Who decides'])
		assert.deepEqual(
			read(`${text}**${lead}:**\n\n* Write the report\n`).runbook?.triggers.map(one => one.text),
			['Orders are lost'],
		);
});
