/* Health, a workflow and its rollback by keyboard: what `t` offers, what is shown before the word, and the keys of the rollback. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {type Act, at, does} from '../given.ts';
import {type Stories, sees} from '../scenarios/health.ts';
import {
	automaticNight,
	blindNight,
	measuredNight,
	readyAt,
	reported,
	unknownNight,
	unseen,
	workflowNight,
} from '../scenarios/measured-night.ts';
import {backNight} from '../scenarios/night.ts';
import {alice, ben, daveOnCall, omar} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const opened = (acts: readonly Act[], now: string, you: Person, stories: Stories, change: Partial<Observation> = {}) =>
	Stage.open({acts, now, you, observed: (state: State) => sees(state, now, stories, {...readyAt(at(now)), ...change})});

const newest = (stage: Stage) => {
	const entry = stage.journal.entries().findLast(({cause}) => cause !== 'time');
	return {type: entry?.type, data: entry?.data as Readonly<Record<string, unknown>> | undefined};
};

test('where health is measured t offers no clock by hand, and says that the samples answer', async () => {
	const stage = await opened(measuredNight, '22:30:20', daveOnCall, reported);
	assert.match(stage.text(), /^>02:15/m);
	assert.match(await stage.press('t'), /api is seen, and down\. Nothing to do: the samples answer/);
	assert.equal(stage.view.dialog, null);
});

test('for an endpoint without samples t asks down or up, and takes neither by Enter alone', async () => {
	const stage = await opened(blindNight, '22:33:00', omar, unseen);
	const asked = await stage.press('t');
	assert.match(asked, /ANSWER FOR AN ENDPOINT WITHOUT SAMPLES: 1/);
	assert.match(asked, /dave: auth is up/);
	assert.match(asked, /\( \) down {3}\( \) up/, 'the safe answer is first, and none stands');
	await stage.keys('enter', 'enter', 'enter');
	assert.equal(newest(stage).type, 'endpointAttested');
	assert.equal(stage.journal.state().triggers['1']?.observed.length, 1, 'only the word that was there');
});

test('a second person answers for a blind endpoint, and it stays UNKNOWN', async () => {
	const stage = await opened(blindNight, '22:33:00', omar, unseen);
	await stage.keys('t', 'u');
	await stage.type('the gateway serves logins');
	const shown = await stage.press('enter');
	assert.deepEqual(newest(stage), {
		type: 'endpointAttested',
		data: {trigger: '1', endpoint: 'auth', up: true, reason: 'the gateway serves logins'},
	});
	assert.match(shown, /\? auth UNKNOWN .* dave and omar say up/);
	assert.doesNotMatch(shown, /BLIND {2}nobody/);
});

test('answering for an endpoint is in the palette', async () => {
	const stage = await opened(blindNight, '22:33:00', omar, unseen);
	await stage.keys(':');
	await stage.type('without samples');
	assert.match(await stage.press('enter'), /ANSWER FOR AN ENDPOINT|it is/);
});

test('t stands down a fired trigger once everything is up, and Enter alone does not', async () => {
	const back: Stories = {...reported, api: {...reported['api'], down: [['22:28:05', '22:38:50']]}};
	const stage = await opened(measuredNight, '22:39:40', alice, back);
	assert.match(stage.text(), /1 HEALTH .* FIRED/);
	assert.match(await stage.press('tab', 't'), /STAND A FIRED TRIGGER DOWN: 1/);
	await stage.keys('enter', 'enter', 'enter');
	assert.equal(stage.journal.state().triggers['1']?.standDown.length, 0);
	await stage.type('it is back');
	const shown = await stage.press('enter');
	assert.equal(newest(stage).type, 'stoodDown');
	assert.match(shown, /alice stands trigger 1 down: it is back/);
});

test('health shows endpoints first, scrolls by the arrows, and Tab goes to the triggers and back', async () => {
	const stage = await opened(measuredNight, '22:36:10', daveOnCall, reported);
	const first = await stage.press('w');
	assert.match(first, /✖ api {2}DOWN/);
	assert.match(first, /1-15 of \d+/);
	assert.match(await stage.press('down', 'down'), /3-17 of/);
	assert.match(await stage.press('end'), /OUTAGES {2}since the cutover began/);
	assert.match(await stage.press('tab'), /^>! 1 WARNING/m);
	assert.match(await stage.press('down'), /^>! 2 PARTLY CONFIRMED/m);
	await stage.press('tab');
	assert.equal(stage.view.pane, 'text');
});

/** Only the first trigger, or none. */
const withTriggers = (acts: readonly Act[], count: number): readonly Act[] =>
	acts.map(({command, ...act}) => {
		if (command.type !== 'begin') return {...act, command};
		const {runbook} = command.data;
		return {
			...act,
			command: {...command, data: {...command.data, runbook: {...runbook, triggers: runbook.triggers.slice(0, count)}}},
		};
	});

test('what begins by itself is objected to by t from the board, also while the service is down', async () => {
	const stage = await opened(withTriggers(automaticNight, 1), '22:33:40', alice, reported);
	assert.match(stage.text(), /rolls back in 00:\d\d/);
	assert.match(await stage.press('t'), /STAND A FIRED TRIGGER DOWN: 1/);
	await stage.keys('enter', 'enter');
	await stage.type('it is the probe');
	await stage.press('enter');
	assert.equal(newest(stage).type, 'stoodDown');
	assert.doesNotMatch(stage.text(), /rolls back by itself/);
});

test('without any trigger t says so', async () => {
	const stage = await opened(withTriggers(automaticNight, 0), '22:33:40', alice, reported);
	assert.match(await stage.press('t'), /The runbook has no trigger/);
	assert.equal(stage.view.dialog, null);
});

test('health without endpoints is a list of triggers, and Tab stays there', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:33:00', you: daveOnCall});
	assert.match(await stage.press('w'), /^>\? not measured/m);
	await stage.press('tab');
	assert.equal(stage.view.pane, 'triggers');
	const low = await Stage.open({acts: backNight, now: '22:33:00', you: daveOnCall, size: {columns: 60, rows: 20}});
	assert.doesNotMatch(await low.press('w'), /said by dave/);
	assert.match(await low.press('tab', 'end'), /said by dave/);
});

test('before the word a rollback shows where the workflow is sent, with what, and who will have to approve', async () => {
	const stage = await opened(measuredNight, '22:38:40', alice, reported);
	const asked = await stage.press('B');
	for (const sign of [
		/preferred {2}dispatch \.github\/workflows\/rollback\.yml example\/orders@main/,
		/action=back stack=ops\/stack\.yml drop_volumes=0/,
		/GITHUB_TOKEN is here; looked at 1\d s ago: READY/,
		/! it will wait for omar or petra to approve "production"/,
		/fallback {2}ACTION=back STACK=ops\/stack\.yml DROP_VOLUMES=0 bash\s+ops\/rollback\.sh/,
		/ops\/rollback\.sh {2}sha256:3f9c.*… {2}approved copy/,
		/as cutover@bastion-1 in \/srv\/orders; at most one path runs/,
	])
		assert.match(asked, sign);
	assert.doesNotMatch(asked, /more lines/, 'all of it is to be seen at 80x24');
	await stage.press('p', 'enter');
	await stage.type('api is down');
	assert.match(await stage.press('enter'), /type ROLLBACK to confirm/);
});

test('a rehearsal says before the typed word that the workflow goes to the rehearsal target', async () => {
	const rehearsalTargets = {service: 'http://127.0.0.1:4000', api: 'http://127.0.0.1:4001', token: 'of-nobody'};
	const rehearsed = measuredNight.map(({command, ...act}) => ({
		...act,
		command:
			command.type === 'begin'
				? {...command, data: {...command.data, rehearsal: {speed: 10, rehearsalTargets}}}
				: command,
	}));
	const stage = await opened(rehearsed, '22:38:40', alice, reported);
	assert.match(await stage.press('B'), /example\/orders@main[\s\S]* at http:\/\/127\.0\.0\.1:4001/);
});

test('without the token here, with changed bytes, or with a workflow that is not ready the dialogue says so', async () => {
	const {path: _, ...noPath} = readyAt(at('22:38:40'));
	const without = await opened(measuredNight, '22:38:40', alice, reported, {token: false});
	assert.match(await without.press('B'), /! no GITHUB_TOKEN here: it cannot be sent from this screen/);
	const changed = await opened(measuredNight, '22:38:40', alice, reported, {
		approved: {...noPath.approved, 'ops/rollback.sh': 'sha256:00'},
	});
	assert.match(await changed.press('B'), /! ops\/rollback\.sh CHANGED since the approval: the approved\s+version runs/);
	const {path} = readyAt(at('22:38:40'), {ready: false, why: 'the workflow is disabled'});
	const notReady = await opened(measuredNight, '22:38:40', alice, reported, path ? {path} : {});
	assert.match(await notReady.press('B'), /looked at 1\d s ago: NOT READY, the workflow is\s+disabled/);
});

test('y copies the link of the run, on the rollback screen and on the board', async () => {
	const stage = await opened(workflowNight, '22:42:10', alice, reported);
	const link = 'copy https://github.example.org/orders/runs/8123456';
	assert.match(await stage.press('y'), /Copied to the clipboard/);
	await stage.press('B', 'y');
	assert.deepEqual(
		stage.done.filter(done => done.startsWith('copy')),
		[link, link],
	);
	const early = await opened(measuredNight, '22:38:40', alice, reported);
	assert.match(await early.press('y'), /No run of a workflow is known: there is no link to copy/);
});

test('when the dispatched run is unknown a person names its number, and that run is followed', async () => {
	const stage = await opened(unknownNight, '22:41:30', alice, reported);
	await stage.press('B', 'B');
	assert.match(stage.text(), /Name the run that was dispatched/);
	await stage.keys('esc', ':');
	await stage.type('name the run');
	await stage.keys('enter');
	await stage.type('the newest');
	assert.match(await stage.press('enter'), /"the newest" is not a run/);
	await stage.keys('ctrl-u');
	await stage.type('8123457');
	const shown = await stage.press('enter');
	assert.deepEqual(newest(stage).data?.['resume'], true, 'it is looked after, and nothing is sent again');
	assert.match(shown, /✔ FOUND {6}22:42:\d\d {2}run 8123457/);
	assert.match(shown, /! AGAIN .* nothing is sent again/);
});

test('the observation is extended by what would decide it: past the firing of the clock that runs', async () => {
	const stage = await opened(measuredNight, '22:30:20', alice, reported);
	await stage.press(':');
	await stage.type('extend the obs');
	await stage.keys('enter');
	assert.match(stage.text(), /trigger 1 fires after 22:38:05, unless all is up before/);
	assert.match(stage.text(), /until +22:39\b/);
});

test('c cancels the run with its word, and the screen says that it is being cancelled', async () => {
	const stage = await opened(workflowNight, '22:42:10', alice, reported);
	assert.match(await stage.press('B', 'c'), /type CANCEL to confirm/);
	await stage.keys('tab');
	await stage.type('nobody answers');
	assert.match(await stage.press('enter'), /type CANCEL to confirm/);
	await stage.type('CANCEL');
	const shown = await stage.press('enter');
	assert.match(shown, /ROLLING BACK {2}preferred is being cancelled/);
	assert.match(shown, /! CANCELLING 22:4\d:\d\d {2}by alice: nobody answers/);
	assert.match(shown, /2 FALLBACK {2}script · LOCKED/);
});

test('v says that the impact is over, which alone is no proof', async () => {
	const stage = await opened(workflowNight, '22:46:30', ben, reported);
	await stage.press('B', 'v');
	await stage.type('orders go through');
	const shown = await stage.press('enter', 'y');
	assert.match(shown, /✔ impact over, says ben/);
	assert.equal(stage.journal.state().status, 'rolling-back');
	assert.match(shown, /NEXT {2}.*wait for proof by 22:55/);
});

test('once a cutover is abandoned nobody asks: its endpoints are as they were, and no screen asks for a vote or a rollback', async () => {
	const before = measuredNight.filter(act => act.at < at('21:18:40'));
	const abandoned = does('21:18:40', alice, 'abandon', {reason: 'the vendor is not ready'}, readyAt(at('21:18:40')));
	// The samples end with the watcher.
	const stage = await Stage.open({
		acts: [...before, abandoned],
		now: '21:30:00',
		you: alice,
		observed: state => sees(state, '21:18:40', reported, readyAt(at('21:18:40'))),
	});
	assert.match(stage.text(), /nobody asks since 21:18:40/);
	assert.doesNotMatch(stage.text(), /NO WATCHER|UNKNOWN/);
	assert.match(await stage.press('w'), /HEALTH {2}nobody asks since it was abandoned at 21:18:40/);
	assert.match(await stage.press('esc', 'B'), /The cutover was abandoned: the vendor is not ready\. Close it, or/);
	assert.match(await stage.press('g'), /^ ABANDONED {2}the vendor is not ready/);
});
