/* Enter opens and goes on; alone it confirms nothing on any screen, and neither does a paste. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Person} from '../../source/cutover/model/person.ts';
import {actNames, acts} from '../../source/screen/acts/acts.ts';
import {type Pane, panes, type ScreenName} from '../../source/screen/state/view.ts';
import {type Act, at} from '../given.ts';
import {type Stories, sees} from '../scenarios/health.ts';
import {blindNight, measuredNight, readyAt, reported, unseen, workflowNight} from '../scenarios/measured-night.ts';
import {backNight, keptNight, lateNight} from '../scenarios/night.ts';
import {alice, bob, carolOfOps, carolOfQa, daveOnCall} from '../scenarios/people.ts';
import {Stage, type Staged} from './stage.tsx';

const measured = (acts: readonly Act[], now: string, you: Person, stories: Stories): Staged => ({
	acts,
	now,
	you,
	observed: state => sees(state, now, stories, readyAt(at(now))),
});

const moments: readonly Staged[] = [
	{acts: backNight, now: '20:51:00', you: alice},
	{acts: backNight, now: '21:31:00', you: carolOfQa},
	{acts: backNight, now: '21:47:19', you: alice},
	{acts: backNight, now: '22:16:48', you: carolOfOps},
	{acts: backNight, now: '22:19:00', you: alice},
	{acts: lateNight, now: '22:27:10', you: alice},
	{acts: backNight, now: '22:26:00', you: alice},
	{acts: backNight, now: '22:30:20', you: daveOnCall},
	{acts: backNight, now: '22:35:00', you: alice},
	{acts: backNight, now: '22:40:00', you: alice},
	{acts: keptNight, now: '22:55:40', you: bob},
	{acts: keptNight, now: '23:02:00', you: carolOfOps},
	measured(measuredNight, '22:38:40', alice, reported),
	measured(blindNight, '22:33:00', daveOnCall, unseen),
	measured(workflowNight, '22:42:10', alice, reported),
];

const enters = Array.from({length: 10}, () => 'enter');
const screens = (Object.keys(panes) as ScreenName[]).filter(name => name !== 'opening');

/** What the journal got beyond what time alone brings. */
const acted = (stage: Stage, before: number): readonly string[] =>
	stage.journal
		.entries()
		.slice(before)
		.filter(({cause}) => cause !== 'time')
		.map(({type}) => type);

test('ten Enters on any pane of any screen start nothing', async () => {
	for (const moment of moments)
		for (const screen of screens)
			for (const pane of panes[screen] as readonly Pane[]) {
				const stage = await Stage.open({...moment, screen});
				const before = stage.journal.entries().length;
				stage.model = {...stage.model, view: {...stage.view, pane}};
				await stage.keys(...enters);
				const where = `${moment.now} ${screen} ${pane}`;
				assert.deepEqual(acted(stage, before), [], where);
				assert.deepEqual(
					stage.done.filter(done => done !== 'ring'),
					[],
					where,
				);
			}
});

test('ten Enters after the key of any act start nothing', async () => {
	const keys = ['r', 'a', 'g', 't', 'B', 's', 'n', '!', '0', 'u', 'e'];
	for (const moment of moments)
		for (const key of keys) {
			const stage = await Stage.open(moment);
			const before = stage.journal.entries().length;
			await stage.keys(key, ...enters);
			assert.deepEqual(acted(stage, before), [], `${moment.now} ${key}`);
		}
});

test('ten Enters in the palette, on whichever act, start nothing in the cutover', async () => {
	const at = {acts: backNight, now: '22:35:00', you: alice};
	for (const name of actNames.filter(act => act !== 'begin')) {
		const stage = await Stage.open(at);
		const before = stage.journal.entries().length;
		await stage.keys(':', ...acts[name].title);
		await stage.keys(...enters);
		assert.deepEqual(acted(stage, before), [], name);
	}
});

const atTheWord = async (): Promise<Stage> => {
	const stage = await Stage.open({acts: backNight, now: '22:24:00', you: alice});
	await stage.keys('r', 'enter', 'enter');
	assert.equal(stage.view.dialog?.kind, 'words');
	return stage;
};

const isBegun = (stage: Stage): boolean => stage.journal.state().t0Started !== null;

test('T0 is begun by its word, letter by letter, and an Enter a moment later', async () => {
	const stage = await atTheWord();
	assert.match(stage.text(), /type T0 to confirm/);
	await stage.type('T0');
	assert.equal(isBegun(stage), false);
	const after = await stage.press('enter');
	assert.equal(isBegun(stage), true);
	assert.equal(stage.view.dialog, null);
	assert.match(after, /T\+00:00:0/);
	assert.ok(stage.done.includes('reconcile'));
});

test('a pasted T0 confirms nothing', async () => {
	const stage = await atTheWord();
	assert.match(await stage.paste('T0\n'), /A paste confirms nothing/);
	assert.match(await stage.press('enter'), /a paste does not count/);
	await stage.press('enter');
	assert.equal(isBegun(stage), false);
	await stage.type('T');
	assert.doesNotMatch(await stage.press('enter'), /paste/);
});

test('T0 and Enter in one chunk ask for Enter again', async () => {
	const stage = await atTheWord();
	assert.match(await stage.chunk('T', '0', 'enter'), /press Enter again/);
	assert.equal(isBegun(stage), false);
	await stage.press('enter');
	assert.equal(isBegun(stage), true);
});

test('an Enter sooner than 150 ms after the last letter asks for Enter again', async () => {
	const stage = await atTheWord();
	await stage.type('T0');
	stage.wait(149);
	assert.match(await stage.atOnce('enter'), /press Enter again/);
	assert.equal(isBegun(stage), false);
	stage.wait(1);
	await stage.atOnce('enter');
	assert.equal(isBegun(stage), true);
});

test('another word, or the word in small letters, is not the word', async () => {
	const stage = await atTheWord();
	await stage.type('t0');
	assert.match(await stage.press('enter'), /Type T0 to confirm, or Esc/);
	await stage.press('backspace', 'backspace');
	await stage.type('T00');
	await stage.press('enter');
	assert.equal(isBegun(stage), false);
});

test('Esc forgets the word and everything before it', async () => {
	const stage = await atTheWord();
	await stage.type('T');
	assert.match(await stage.press('esc'), /Nothing was recorded/);
	assert.equal(stage.view.dialog, null);
	assert.equal(isBegun(stage), false);
});

test('pasted text on a board presses no key', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:19:00', you: alice});
	assert.match(await stage.paste('!reason\r'), /Pasted text is not taken here/);
	assert.equal(stage.view.dialog, null);
});

test('T0 before its time asks for the reason and for its word, and for no other yes', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:19:00', you: alice});
	const form = await stage.press('r');
	assert.match(form, /START T0/);
	assert.match(form, /> +reason/);
	assert.doesNotMatch(form, /Run it\?/);
	assert.match(form, /Nothing is run: people do this\./);
	assert.doesNotMatch(form, /as cutover@bastion-1/);
	await stage.type('all are here');
	assert.match(await stage.press('enter'), /type T0 to confirm/);
});

test('a vote before its time says why it asks for a reason', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:05:00', you: alice, screen: 'poll'});
	assert.match(await stage.press('g'), /> +reason +_ +it is before its time/);
	assert.doesNotMatch(await stage.press('esc', '!'), /before its time/);
});
