/* Several people at one keyboard: words passed on, confirmed by who said them, roles that change hands. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {backNight} from '../scenarios/night.ts';
import {alice, dave, lena} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

/** `dave` passes on that L3 said yes to G4. */
const passedOn = async (): Promise<Stage> => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: {...dave, role: null}});
	await stage.keys('shift-tab', 'down');
	const asked = await stage.press('a');
	assert.match(asked, /speaking for +\( \) myself +\(\*\) someone else/);
	assert.match(asked, />\s+who said it/);
	await stage.type('omar');
	await stage.keys('enter');
	await stage.type('bridge 4821');
	await stage.keys('enter');
	await stage.type('yes, both are read');
	await stage.keys('enter');
	return stage;
};

test("an acknowledgement relayed by phone is recorded as the speaker's", async () => {
	const stage = await passedOn();
	await stage.keys('y', 'enter');
	const word = stage.journal.state().gates['G4']?.words['L3'];
	assert.equal(word?.by.name, 'omar');
	assert.deepEqual(word?.by.relay?.by, 'dave');
	assert.equal(word?.by.relay?.channel, 'bridge 4821');
	assert.equal(word?.by.relay?.words, 'yes, both are read');
});

test('nothing is passed on without saying whose words they are', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: {...dave, role: null}});
	await stage.keys('shift-tab', 'down', 'a', 'tab', 'tab', 'tab', 'y', 'enter', 'enter');
	assert.match(stage.text(), /! who said it: type it/);
	assert.equal(stage.journal.state().gates['G4']?.words['L3'], undefined);
});

test('going back to "myself" drops the questions about the speaker', async () => {
	const stage = await passedOn();
	const shown = await stage.press('up', 'up', 'up', 'up', 'left');
	assert.match(shown, /\(\*\) myself/);
	assert.doesNotMatch(shown, /who said it/);
});

test('what its owner could not do now is not passed on either', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:30:00', you: {...dave, role: null}});
	await stage.keys('shift-tab', 'a');
	assert.equal(stage.view.dialog, null);
	assert.match(stage.text(), /T0 has started/);
});

test('only the speaker confirms a relayed acknowledgement', async () => {
	const stage = await passedOn();
	await stage.keys('y', 'enter');
	const [relay] = Object.values(stage.journal.state().relays);
	assert.equal(relay?.confirmed, null);
	stage.model = {...stage.model, view: {...stage.view, person: {...dave, name: 'omar', role: null}}};
	await stage.keys(':');
	await stage.type('confirm what');
	assert.match(await stage.press('enter'), /omar, relayed by dave/);
	await stage.keys('y');
	const [confirmed] = Object.values(stage.journal.state().relays);
	assert.equal(confirmed?.confirmed?.by.name, 'omar');
});

test('a role is handed over by name', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:20:00', you: alice});
	await stage.keys(':');
	await stage.type('hand a role');
	await stage.keys('enter');
	const rows = stage.view.dialog?.kind === 'menu' ? stage.view.dialog.rows.map(({on}) => on) : [];
	for (let at = 0; at < rows.indexOf('release-manager'); at++) await stage.keys('down');
	assert.match(await stage.press('enter'), /HAND A ROLE OVER: RELEASE-MANAGER/);
	await stage.type(lena.name);
	assert.match(await stage.press('enter'), /release-manager goes from alice to lena/);
	assert.deepEqual(stage.journal.state().people?.['release-manager'], ['lena']);
});
