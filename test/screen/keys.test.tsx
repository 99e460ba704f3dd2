import assert from 'node:assert/strict';
import {test} from 'node:test';
import {actNames, acts} from '../../source/screen/acts/acts.ts';
import {bindingOf, bindings} from '../../source/screen/keys/keys.ts';
import {panes, type ScreenName} from '../../source/screen/state/view.ts';
import {at, does} from '../given.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {readable} from '../scenarios/opening.ts';
import {alice, ben, carolOfQa} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const screens = Object.keys(panes).map(name => name as ScreenName);
const letters = bindings
	.filter(({acts}) => acts.length > 0)
	.flatMap(({keys}) => keys)
	.filter(key => key.length === 1);

test('no act sits on a letter whose other case does something else', () => {
	// s signs one item and S all of them, after a list and a question.
	const bound = new Set(letters.filter(key => key !== 's' && key !== 'S'));
	const swapped = (key: string) => (key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase());
	assert.deepEqual(
		letters.filter(key => swapped(key) !== key && bound.has(swapped(key))),
		[],
	);
});

test('a key does one thing on a screen', () => {
	const keys = [...new Set(bindings.flatMap(binding => binding.keys))];
	const doubles = screens.flatMap(screen =>
		keys.filter(key => {
			const first = bindingOf(screen, key);
			const others = bindings.filter(binding => binding !== first && binding.keys.includes(key));
			return (
				first !== undefined &&
				others.some(
					({where}) =>
						where === 'anywhere' || where === first.where || (typeof where !== 'string' && where.includes(screen)),
				)
			);
		}),
	);
	assert.deepEqual(doubles, []);
});

/** Screens that nothing lies under. */
const ends: readonly ScreenName[] = ['opening', 'briefing'];

test('every screen can be left, and every screen but the first gone back from', () => {
	for (const screen of screens)
		for (const key of ends.includes(screen) ? ['q', 'ctrl-c', 'enter'] : ['q', 'ctrl-c', 'enter', 'esc'])
			assert.ok(bindingOf(screen, key), `${key} on ${screen}`);
});

test('every act says what it does, and the palette has it', async () => {
	for (const name of actNames) assert.ok(acts[name].title.length > 0 && acts[name].help.endsWith('.'), name);
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.press(':');
	const {dialog} = stage.view;
	assert.equal(dialog?.kind, 'menu');
	const listed = dialog.kind === 'menu' ? dialog.rows.map(({act}) => act) : [];
	assert.deepEqual(
		actNames.filter(name => !listed.includes(name)),
		['begin', 'signature', 'jump'],
	);
});

test('a key that the rules refuse is dimmed after those that they allow, and pressing it says why', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	assert.match(await stage.press('B'), /nothing to roll back|abandon/i);
	assert.equal(stage.view.dialog, null);
	assert.match(await stage.press('?', 'page-down', 'page-down'), /B +Rolls back[\s\S]*not available/);
});

test('where nothing is left to do the footer does not begin with the key that does what is next', async () => {
	const stage = await Stage.open({acts: keptNight, now: '23:30:00', you: alice});
	assert.match(stage.text(), /NEXT {2}nothing: this cutover is closed[\s\S]*\n ⏎ open(?!.* \. do NEXT)/);
	assert.match(await stage.press('.'), /Nothing to do now\./);
});

test('a key of another screen says where it works', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	assert.match(await stage.press('x'), /x \(export\) works in the evidence \(e\)\./);
	assert.match(await stage.press('k'), /k \(stop\) works where a gate or stage is open \(Enter\)\./);
	assert.doesNotMatch(await stage.press('j'), /works/);
});

test('every screen over the board says how to go back, in 80 columns', async () => {
	for (const screen of screens.filter(name => name !== 'board' && !ends.includes(name))) {
		const stage = await Stage.open({acts: backNight, now: '22:24:00', you: alice, screen});
		assert.match(stage.text(), /Esc back {2}\? help {2}q quit/, screen);
	}
});

test('the footer says of Enter what it does on that screen', async () => {
	const footer = (stage: Stage): string => stage.text().trimEnd().split('\n').at(-1) ?? '';
	const broken = {...readable, runbook: null};
	for (const [opening, says] of [
		[readable, /⏎ begin/],
		[{...broken, isAdoptable: true}, /⏎ adopt/],
		[broken, /⏎ begin/],
	] as const)
		assert.match(footer(await Stage.open({acts: [], now: '20:49:00', you: alice, opening})), says);
	for (const [screen, says] of [
		['briefing', /⏎ continue/],
		['help', /^(?!.*⏎)/],
		['board', /⏎ open/],
	] as const)
		assert.match(footer(await Stage.open({acts: backNight, now: '21:18:40', you: alice, screen})), says, screen);
});

test('the palette finds an act by a part of its name', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.press(':');
	await stage.type('froz');
	assert.match(await stage.press('enter'), /RECORD WHAT IS FROZEN[\s\S]*frozen +_/);
});

test('the selection follows NEXT until arrows or Tab move it', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	assert.match(stage.text(), />· T-30/);
	assert.match(await stage.press('down', 'down'), />· T0/);
	assert.match(await stage.press('shift-tab'), />· G2/);
	assert.match(await stage.press('down'), />· G4/);
	assert.match(await stage.press('end'), />✔ G3/);
	assert.match(await stage.press('home'), />· G2/);
	assert.match(await stage.press('tab'), />· T0/);
});

test('Enter opens what is marked, Esc goes back to where one was', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.keys('shift-tab');
	assert.match(await stage.press('enter'), /make build && make test/);
	assert.equal(stage.view.screen, 'run');
	await stage.press('esc');
	assert.equal(stage.view.screen, 'board');
	await stage.press('l', 'e', 'w', 'esc', 'esc');
	assert.equal(stage.view.screen, 'journal');
});

test('the journal filters as one types, and Esc brings everything back', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:47:00', you: alice});
	await stage.press('l', '/');
	const found = await stage.type('cold cache');
	assert.match(found, /cold cache/);
	assert.doesNotMatch(found, /G1 PASS/);
	assert.match(found, /\/cold cache/);
	await stage.press('enter');
	assert.equal(stage.view.filter, 'cold cache');
	await stage.press('esc');
	assert.equal(stage.view.filter, '');
	assert.equal(stage.view.screen, 'journal');
});

test('a filter that holds a secret shows what entries hold in its place, and the keys act on just that', async () => {
	const note = does('21:46:00', carolOfQa, 'note', {text: 'the key is pass-[redacted]', on: 'G2'});
	const acts = [...backNight.filter(act => act.at < at('21:46:00')), note];
	const stage = await Stage.open({acts, now: '21:47:00', you: alice, secret: 'hunter-4711'});
	await stage.press('l', '/');
	await stage.type('pass-hunter-4711');
	const shown = await stage.press('enter', 'home');
	assert.match(shown, /1 of \d+ entries hold "pass-\[redacted\]"/);
	assert.doesNotMatch(shown, /hunter/);
	assert.match(shown, /ENTRY (\d+)/);
	assert.equal(stage.view.chosen['entries'], /ENTRY (\d+)/.exec(shown)?.[1]);
});

test('what was recorded is said for ten seconds, and why a key does nothing until the next key', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	await stage.press('n', ...'slow', 'enter');
	assert.match(stage.text(), /^ alice: "slow"$/m);
	stage.wait(9999);
	assert.match(stage.text(), /^ alice: "slow"$/m);
	stage.wait(1);
	assert.doesNotMatch(stage.text(), /^ alice: "slow"$/m);
	await stage.press('c');
	stage.wait(60_000);
	assert.match(stage.text(), /c \(cancel\) works where a rollback is shown/);
});

test('before anything has run the keys of an output are dimmed, and say so', async () => {
	const stage = await Stage.open({acts: [...backNight.slice(0, 1)], now: '20:50:00', you: alice});
	await stage.press('enter');
	for (const key of ['f', '/', 'e', 'z', 't', 'R', 'y', '[', ']'])
		assert.match(await stage.press(key), /Nothing has run here yet: there is no output\./, key);
	assert.equal(stage.view.screen, 'run');
	assert.equal(stage.view.filtering, false);
});

test('an output that is followed is not offered to be followed, nor another attempt where there is one', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, log: ['one', 'two']});
	await stage.press('shift-tab', 'end', 'enter');
	assert.match(await stage.press('f'), /The end of the output is followed already\./);
	assert.match(await stage.press('['), /There is no other attempt\./);
});

test('the keys under a dialog are those that do something in it', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	const keys = async (...pressed: readonly string[]) => (await stage.press(...pressed)).trimEnd().split('\n').at(-1);
	assert.doesNotMatch((await keys(':')) ?? '', / \/ find/);
	assert.doesNotMatch((await keys('esc', 'n')) ?? '', /choose/);
	assert.match((await keys('esc', '0', 'esc', 'u', 'tab')) ?? '', /Tab ↑↓ field {2}← → choose/);
});

test('Enter is shown beside what is only watched where it shows that, and on no other screen', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:40:30', you: carolOfQa});
	assert.match(stage.text(), /NEXT {2}wait: T-30 runs.* \[⏎\] open/);
	assert.doesNotMatch(await stage.press('n'), /NEXT {2}wait: T-30 runs.*\[/, "in a form Enter is the form's");
	await stage.press('esc');
	await stage.press('enter');
	assert.deepEqual([stage.view.screen, stage.view.target], ['run', 'T-30']);
	for (const screen of ['run', 'poll', 'journal'] as const)
		assert.doesNotMatch(
			(await Stage.open({acts: backNight, now: '21:40:30', you: alice, screen})).text(),
			/wait: T-30 runs.*\[/,
		);
});

test('Enter fills a field of the evidence in, and under the text says where they are', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice, screen: 'evidence'});
	assert.match(await stage.press('tab', 'enter'), /Tab goes to the fields\./);
	assert.equal((await stage.press('tab', 'enter')) && stage.view.dialog?.kind, 'form');
});

test('Tab in the journal shows an entry whole, and scrolls it', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	assert.doesNotMatch(await stage.press('l', 'home'), /^ hash [0-9a-f]/m);
	const whole = await stage.press('tab');
	assert.match(whole, /ENTRY 1 /);
	assert.match(await stage.press('end'), /^ hash [0-9a-f]{60}/m);
	assert.match(await stage.press('tab'), /^> *1 /m);
});

test('End goes to the last row of a long list in a dialog, Home to the first', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	const rows = async (key: string) => (await stage.press(key)).split('── ALL COMMANDS')[1];
	const first = await rows(':');
	assert.notEqual(await rows('end'), first);
	assert.equal(await rows('home'), first);
});

test('Enter on an entry of the journal jumps to what it speaks of', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:41:55', you: alice});
	await stage.press('l', 'enter');
	assert.equal(stage.view.screen, 'run');
	assert.equal(stage.view.target, 'T-30');
});

test('q quits and asks nothing of the cutover', async () => {
	const stage = await Stage.open({acts: backNight, now: '21:18:40', you: alice});
	const before = stage.journal.entries().length;
	await stage.press('q');
	assert.deepEqual(stage.done, ['leave']);
	assert.equal(stage.journal.entries().length, before);
});

test('who answered no to a trigger may still answer yes', async () => {
	const answer = does('22:33:20', ben, 'answerTrigger', {trigger: '2', fact: null, yes: false, reason: null});
	const begun = backNight.filter(({at}) => at <= does('22:30:10', ben, 'hold', {reason: ''}).at);
	const stage = await Stage.open({acts: [...begun, answer], now: '22:33:30', you: ben});
	assert.match(await stage.press('down', 't'), /ANSWER A TRIGGER: 2/);
});

test('a rollback of a T0 that failed has that for its reason already', async () => {
	const failed = backNight.map(act => {
		const {command} = act;
		if (command.type !== 'report' || command.data.stage !== 'T0') return act;
		return {...act, command: {...command, data: {...command.data, result: 'fail' as const}}};
	});
	const stage = await Stage.open({acts: failed, now: '22:27:30', you: alice});
	assert.match(await stage.press('B'), /reason: T0 failed/);
});

test('beside the gates the exit code of a failed attempt is said once', async () => {
	const said = JSON.stringify('make build && make test ended with 2');
	const acts: typeof backNight = JSON.parse(JSON.stringify(backNight).replaceAll(said, '"exit 1: 3 of 214 failed"'));
	const stage = await Stage.open({acts, now: '21:38:00', you: alice, size: {columns: 120, rows: 40}});
	assert.match(stage.text(), /│ ✖ exit 1: 3 of 214 failed/);
});
