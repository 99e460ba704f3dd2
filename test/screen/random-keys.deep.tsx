/*
Keys and pastes of nobody's making, over every screen: they end nothing, start nothing that cannot be undone, and change
no fact of the evidence that the program knows. The seed is printed; CUTOVER_SEED repeats a run.
*/
import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {panes, type ScreenName} from '../../source/screen/state/view.ts';
import type {Act} from '../given.ts';
import {isFinal, letters, keyNames as named, pastes, random} from '../harness/random-keys.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {alice, carolOfOps, dave} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const count = 10_000;

/** From the smallest that a terminal can be. */
const sizes = [
	{columns: 1, rows: 1},
	{columns: 12, rows: 4},
	{columns: 20, rows: 5},
	{columns: 26, rows: 9},
	{columns: 40, rows: 12},
	{columns: 200, rows: 60},
	{columns: 80, rows: 24},
];

const irreversible = (stage: Stage): readonly string[] =>
	stage.journal
		.entries()
		.filter(isFinal)
		.map(({seq, type}) => `${seq} ${type}`);

const facts = (stage: Stage) => {
	const {ticket, environment, begun} = stage.journal.state();
	return {
		ticket,
		environment,
		by: begun?.by.name,
		fields: stage.snapshot().fields.filter(({field}) => /ticket|environment|operator/i.test(field)),
	};
};

const places: readonly {readonly acts: readonly Act[]; readonly now: string; readonly you: typeof alice}[] = [
	{acts: backNight, now: '21:20:00', you: alice},
	{acts: backNight, now: '22:16:48', you: carolOfOps},
	{acts: backNight, now: '22:38:00', you: alice},
	{acts: keptNight.filter(({command: {type}}) => type !== 'close'), now: '23:15:00', you: {...dave, role: null}},
];

test('random keys and pastes over every screen start nothing irreversible and change no known fact', async context => {
	const seed = Number(process.env['CUTOVER_SEED'] ?? Math.floor(Math.random() * 1_000_000_000));
	context.diagnostic(`CUTOVER_SEED=${seed}`);
	const next = random(seed);
	const one = <T,>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
	const screens = (Object.keys(panes) as ScreenName[]).filter(name => name !== 'opening');
	const rounds = places.flatMap(place => screens.map(screen => ({place, screen})));
	const each = Math.ceil(count / rounds.length);
	for (const {place, screen} of rounds) {
		const stage = await Stage.open({...place, screen, size: one(sizes)});
		const [before, known] = [irreversible(stage), facts(stage)];
		for (let pressed = 0; pressed < each; pressed++) {
			const kind = next();
			if (kind < 0.03) await stage.paste(one(pastes));
			else if (kind < 0.1) await stage.chunk(one(letters), one(named));
			else await stage.keys(kind < 0.4 ? one(named) : one(letters));
			if (pressed % 50 === 0) assert.ok(stage.text().length > 0);
		}
		assert.deepEqual(irreversible(stage), before, `seed ${seed}, ${screen} at ${place.now}`);
		assert.deepEqual(facts(stage), known, `seed ${seed}, ${screen} at ${place.now}`);
	}
});

test('what ends or starts something for good is seen in the journal of a cutover that was rolled back, and of one that was kept', async () => {
	const seen = async (acts: readonly Act[], now: string) => {
		const stage = await Stage.open({acts, now, you: alice});
		return new Set(irreversible(stage).map(text => text.split(' ')[1]));
	};
	assert.ok(
		(await seen(backNight, '23:30:00')).isSupersetOf(
			new Set(['voted', 'goGiven', 't0Begun', 'fired', 'rollbackBegun']),
		),
	);
	assert.ok(
		(await seen(keptNight, '23:59:00')).isSupersetOf(new Set(['voted', 'goGiven', 't0Begun', 'kept', 'closed'])),
	);
});
