/* Looking around: the output of an attempt, the first opening, what changed since the approval. */

import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {needWords} from '../../source/cutover/decide/refusal.ts';
import {type Opening, StoreFault} from '../../source/cutover/ports.ts';
import {reduceIn} from '../../source/screen/state/model.ts';
import {backNight} from '../scenarios/night.ts';
import {readable} from '../scenarios/opening.ts';
import {alice, carolOfQa} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';
import {clockAt, cutoverOf, Stage} from './stage.tsx';

const log = Array.from({length: 500}, (_, index) => (index === 40 ? 'ERROR the cache is warm' : `line ${index}`));

const running = () => Stage.open({acts: backNight, now: '21:40:30', you: carolOfQa, log});

test('an output is scrolled away from its end, and followed again', async () => {
	const stage = await running();
	await stage.keys('enter');
	assert.equal(stage.view.screen, 'run');
	assert.equal(stage.view.follow, true);
	await stage.keys('up');
	assert.equal(stage.view.follow, false);
	const from = stage.view.scroll;
	await stage.keys('page-up');
	assert.ok(stage.view.scroll < from);
	await stage.keys('end');
	assert.equal(stage.view.follow, true);
	await stage.keys('home');
	assert.deepEqual([stage.view.scroll, stage.view.follow], [0, false]);
	await stage.keys('f');
	assert.equal(stage.view.follow, true);
});

/** `5-19 of 87`: the first line shown, the last, and how many there are. */
const place = (shown: string): readonly number[] => (/(\d+)-(\d+) of (\d+)/.exec(shown) ?? []).slice(1).map(Number);

test('End shows the last line of a text, and ↑ from there the one before', async () => {
	const summary = Array.from({length: 30}, (_, index) => `  ${index} ${'a long line '.repeat(9)}`);
	const texts: readonly (readonly [Stage, readonly string[]])[] = [
		[await Stage.open({acts: [], now: '20:00:00', you: alice, opening: {...readable, summary}}), []],
		[await running(), ['?']],
	];
	for (const [stage, keys] of texts) {
		const shown = await stage.press(...keys, 'end');
		const [from = 0, to, all] = place(shown);
		assert.ok(from > 1, shown);
		assert.equal(to, all);
		assert.deepEqual(place(await stage.press('up')), [from - 1, (to ?? 0) - 1, all]);
	}
});

test('a search finds the newest line above that holds the text, whatever its case', async () => {
	const stage = await running();
	await stage.keys('enter', '/');
	await stage.type('error the cache');
	await stage.keys('enter');
	assert.deepEqual([stage.view.search?.line, stage.view.follow], [40, false]);
	await stage.keys('/');
	await stage.type('no such line');
	assert.match(await stage.press('enter'), /No line holds "no such line"/);
});

test('n and N go from hit to hit and round the ends, and the count says where', async () => {
	const stage = await running();
	await stage.keys('enter', '/');
	await stage.type('line 49');
	assert.match(await stage.press('enter'), /\/line 49 {2}11 of 11/);
	assert.match(await stage.press('N'), /10 of 11/);
	assert.match(await stage.press('n'), /11 of 11/);
	assert.match(await stage.press('n'), /1 of 11/);
	await stage.press('esc');
	assert.equal(stage.view.search, null);
	assert.equal(stage.view.screen, 'run');
	assert.match(await stage.press('n'), /note/i);
});

test('e goes to the first line that reads like a failure', async () => {
	const stage = await running();
	assert.match(await stage.press('enter', 'e'), /failures {2}1 of 1/);
	assert.equal(stage.view.search?.line, 40);
});

test('the visible part of an output is copied as it is read, once there is one', async () => {
	const stage = await running();
	assert.match(await stage.press('enter', 'y'), /There is no output to copy/);
	const shows = (...lines: readonly string[]): string => {
		const tail = {target: {stage: 'T-30'}, attempt: 2, lines, bytes: 9, from: null, total: lines.length};
		stage.model = {...stage.model, view: {...stage.view, tail}};
		return stage.text();
	};
	shows('2031-01-14T20:41:02.000Z \u001b[32mok\u001b[0m');
	await stage.press('y');
	assert.deepEqual(stage.done.slice(-1), ['copy ok']);
	const shown = shows(...log).match(/^ line \d+/gm) ?? [];
	await stage.press('y');
	assert.deepEqual(stage.done.slice(-1), [`copy ${shown.map(line => line.trim()).join('\n')}`]);
});

test('why an attempt failed is whole above its output', async () => {
	const said = JSON.stringify('make build && make test ended with 2');
	const why = `${'a reason of many words '.repeat(6)}and its end`;
	const acts: typeof backNight = JSON.parse(JSON.stringify(backNight).replaceAll(said, JSON.stringify(why)));
	const stage = await Stage.open({acts, now: '21:38:00', you: alice});
	assert.match(await stage.press('enter'), /✖ a reason of many words[\s\S]*and its\s+end/);
});

test('the attempts of a stage are gone through with the brackets', async () => {
	const stage = await running();
	await stage.keys('enter', '[', '[');
	assert.equal(stage.view.attempt, 1);
	await stage.keys(']');
	assert.equal(stage.view.attempt, 2);
});

test('what changed since the approval is shown before it is approved', async () => {
	const changes = ['ops/rollback.sh', '- sleep 1', '+ sleep 2'];
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, changes});
	await stage.keys(':');
	await stage.type('approve');
	const asked = await stage.press('enter');
	assert.match(asked, /\+ sleep 2/);
	assert.match(asked, /Approve this\? +\( \) yes/);
	await stage.keys('n');
	assert.equal(stage.done.includes('approve'), false);
	await stage.keys(':');
	await stage.type('approve');
	await stage.keys('enter', 'y', 'enter');
	assert.ok(stage.done.includes('approve'));
});

test('nothing that differs is nothing to approve', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.keys(':');
	await stage.type('approve');
	assert.match(await stage.press('enter'), /Nothing differs from what was approved/);
});

const first = (begun: (t0: number) => void): Opening => ({
	path: runbook.path,
	runbook,
	source: [],
	problems: [],
	summary: ['Orders moves'],
	isAdoptable: false,
	willRun: [{of: 'G1', target: {gate: 'G1'}, verbatim: 'bash ops/before-switch.sh', files: []}],
	workspace: '/srv/orders',
	isBegun: async () => false,
	begin: async ({t0, confirm}) => {
		const missing = needWords(confirm, ['BEGIN'], 'This begins the cutover with exactly what was shown');
		if (missing) return missing;
		begun(t0);
		return cutoverOf({acts: backNight, now: '20:50:00'}, clockAt('20:50:00'), []);
	},
});

test('a cutover begins with its T0 and the word BEGIN, and its board is shown', async () => {
	const begun: number[] = [];
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening: first(t0 => begun.push(t0))});
	assert.match(stage.text(), /NOT BEGUN/);
	assert.match(await stage.press('enter'), /BEGIN THE CUTOVER/);
	await stage.keys('enter', 'enter');
	assert.match(await stage.press('enter'), /T0: type it/);
	await stage.type('22:00');
	await stage.keys('enter', 'enter', 'enter');
	assert.match(stage.text(), /type BEGIN to confirm/);
	await stage.type('begin');
	await stage.keys('enter');
	assert.deepEqual(begun, []);
	await stage.keys('ctrl-u');
	await stage.type('BEGIN');
	assert.match(await stage.press('enter'), /PREPARING/);
	assert.equal(begun.length, 1);
	assert.equal(stage.view.screen, 'board');
});

test('a T0 that was typed as a wait is above the word as the time that it means', async () => {
	const begun: number[] = [];
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening: first(t0 => begun.push(t0))});
	await stage.keys('enter');
	await stage.type('+26h');
	assert.match(await stage.press('enter', 'enter', 'enter'), /T0: \d\d-\d\d 22:49:\d\d \(\+26h\)/, 'with its day');
	await stage.keys('esc', 'enter');
	await stage.type('+65m');
	await stage.keys('enter', 'enter', 'enter');
	const [, shown] = /T0: 21:(54:\d\d) \(\+65m\)/.exec(stage.text()) ?? assert.fail(stage.text());
	await stage.type('BEGIN');
	await stage.keys('enter');
	assert.equal(new Date(begun[0] ?? 0).toISOString().slice(14, 19), shown);
});

test('a T0 in the past begins nothing', async () => {
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening: first(() => assert.fail())});
	await stage.keys('enter');
	await stage.type('2031-01-14T20:00:00+01:00');
	assert.match(await stage.press('enter', 'enter', 'enter'), /is in the past/);
});

test('a store that does not answer is named where the cutover was to begin, and what was typed stays', async () => {
	const away = async () => {
		throw new StoreFault('unreachable', 'The database cannot be reached.', 'Try again.');
	};
	const opening = {...first(() => assert.fail()), begin: away};
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening});
	await stage.keys('enter');
	await stage.type('22:00');
	await stage.keys('enter', 'enter', 'enter');
	assert.match(stage.text(), /! The database cannot be reached\. Try again\./);
	assert.match(stage.text(), /T0 +22:00/);
});

test('a file that cannot be written is named where the cutover was to begin', async () => {
	const full = async () => writeFileSync('/dev/full', 'x') as never;
	const opening = {...first(() => assert.fail()), begin: full};
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening});
	await stage.keys('enter');
	await stage.type('22:00');
	await stage.keys('enter', 'enter', 'enter');
	assert.match(stage.text(), /! No space left.*\(ENOSPC\)\. Nothing was recorded/);
});

test('a runbook with errors is not begun', async () => {
	const broken = {...first(() => assert.fail()), runbook: null};
	const stage = await Stage.open({acts: [], now: '20:49:00', you: alice, opening: broken});
	await stage.keys('enter');
	assert.equal(stage.view.dialog, null);
	assert.match(stage.text(), /The runbook has errors/);
});

test('an output that was scrolled follows the next attempt from its start', async () => {
	const stage = await running();
	await stage.keys('enter', '/');
	await stage.type('cache');
	await stage.keys('enter');
	assert.deepEqual([stage.view.follow, stage.view.scroll > 0], [false, true]);
	const tail = {target: {stage: 'T-30'}, attempt: 3, lines: [], bytes: 0, from: stage.view.scroll, total: 0};
	stage.model = reduceIn(stage.world)(stage.model, {kind: 'tailed', tail});
	assert.deepEqual([stage.view.follow, stage.view.scroll, stage.view.search], [true, 0, null]);
});

test('every line of an output can be scrolled to where long lines are wrapped', async () => {
	const stage = await running();
	await stage.press('enter', 'z', 'home');
	await stage.keys(...Array.from({length: 90}, () => 'page-down'));
	assert.equal(stage.view.follow, true);
	await stage.keys('home', 'f', 'up');
	for (let at = stage.view.scroll; at < log.length - 1; at++) {
		assert.equal(stage.view.scroll, at);
		await stage.keys('down');
	}
	assert.equal(stage.view.follow, true);
});

test('a stage that is done by hand says by whom, and nothing of where and as whom it would run', async () => {
	const stage = await Stage.open({acts: backNight, now: '22:20:00', you: alice, size: {columns: 120, rows: 40}});
	stage.model = {...stage.model, view: {...stage.model.view, chosen: {...stage.model.view.chosen, stages: 'T0'}}};
	assert.match(stage.text(), /nothing: it is done by hand, by alice/);
	assert.doesNotMatch(stage.text(), /approved by/);
});

test('a hit is in the first row where long lines are wrapped, and in the middle where they are cut', async () => {
	const long = log.map((line, index) => (index === 400 ? 'ERROR the disk is full' : `${line} ${'x'.repeat(300)}`));
	const stage = await Stage.open({acts: backNight, now: '21:40:30', you: carolOfQa, log: long});
	await stage.keys('enter', 'z', 'e', 'e');
	const shows = (rows: number): string => {
		const {view} = stage;
		const tail = {target: {stage: 'T-30'}, attempt: 2, bytes: 0, from: view.scroll, total: long.length};
		stage.model = {
			...stage.model,
			view: {...view, tail: {...tail, lines: long.slice(view.scroll, view.scroll + rows)}},
		};
		return stage.text();
	};
	assert.match(shows(24), /^>ERROR the disk is full/m);
	await stage.keys('z');
	assert.equal(stage.view.scroll, 394);
	assert.match(shows(24), /^>ERROR the disk is full/m);
});
