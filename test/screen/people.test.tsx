/* Who acts: asked when an act needs it, and changed by who sits here. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Act, begins} from '../given.ts';
import {backNight} from '../scenarios/night.ts';
import {alice} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

/** The first act of the night, with nobody bound to a role. */
const unbound = (): Act => {
	const act = begins('20:50:00', alice, '22:00:00');
	const {command} = act;
	assert.ok(command.type === 'begin');
	return {...act, command: {...command, data: {...command.data, runbook: {...command.data.runbook, people: null}}}};
};

test('with several owners the form says in which role it acts, and another one can be taken', async () => {
	const nobody = {...alice, role: null};
	const stage = await Stage.open({acts: [unbound()], now: '20:51:00', you: nobody});
	assert.match(await stage.press('0'), /as +\(\*\) release-manager +\( \) ops-lead/);
	await stage.type('22:30');
	await stage.press('enter');
	await stage.type('later');
	await stage.press('enter');
	assert.equal(stage.journal.entries().at(-1)?.by.role, 'release-manager');
	await stage.press('0');
	await stage.type('22:40');
	await stage.press('enter');
	await stage.type('later still');
	await stage.press('up', 'up', 'o', 'enter');
	assert.equal(stage.view.dialog, null);
	assert.equal(stage.journal.entries().at(-1)?.by.role, 'ops-lead');
	assert.equal(stage.journal.state().t0Before.length, 2);
});

test('what will run is shown above the word, and the role that it is begun in', async () => {
	const acts = [unbound(), ...backNight.slice(1).filter(({command}) => command.type !== 'rollback')];
	const stage = await Stage.open({acts, now: '22:33:00', you: {...alice, role: null}});
	await stage.keys('B');
	await stage.type('users are hurt');
	const asked = await stage.press('enter');
	assert.match(asked, /as: release-manager/);
	assert.match(asked, /type ROLLBACK to confirm/);
	assert.match(asked, /fallback {2}ACTION=back .*bash\s+ops\/rollback\.sh/);
	assert.match(asked, /as cutover@bastion-1 in \/srv\/orders/);
});

test('the words behind a rollback script are shown with it, on the form and above the word', async () => {
	const {command} = backNight[0] as Act;
	assert.ok(command.type === 'begin');
	const {runbook} = command.data;
	const fallback = {kind: 'script', script: 'ops/rollback.sh', args: ['--to', 'old-dc'], reference: null} as const;
	const rollback = runbook.rollback && {...runbook.rollback, fallback};
	const begun: Act = {
		...(backNight[0] as Act),
		command: {...command, data: {...command.data, runbook: {...runbook, rollback}}},
	};
	const acts = [begun, ...backNight.slice(1).filter(({command: {type}}) => type !== 'rollback')];
	const stage = await Stage.open({acts, now: '22:33:00', you: alice});
	assert.match(await stage.press('B'), /fallback {2}ACTION=back .*bash\s+ops\/rollback\.sh --to old-dc/);
	await stage.keys('p', 'enter');
	await stage.type('users are hurt');
	const asked = await stage.press('enter');
	assert.match(asked, /type ROLLBACK to confirm/);
	assert.match(asked, /fallback {2}ACTION=back .*bash\s+ops\/rollback\.sh --to old-dc/);
});

test('a person without a role is shown the key for saying who they are', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: {...alice, name: 'root', role: null}});
	assert.match((await stage.press('0')).replaceAll(/\s+/g, ' '), /root has no role.*Press u to say who you are/);
});

test('saying who you are changes the name and says that it is only declared', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.press('u', 'enter', 'enter');
	assert.equal(stage.view.person.name, 'alice', 'left empty, it stays');
	await stage.press('u');
	await stage.type('petra');
	await stage.press('enter', 'o', 'enter');
	assert.equal(stage.view.person.name, 'petra');
	assert.equal(stage.view.person.strength, 'stated');
	assert.match(stage.text(), /you petra/);
	assert.deepEqual(stage.done.at(-1), 'named petra');
});
