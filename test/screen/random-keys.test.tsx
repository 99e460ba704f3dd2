/*
Keys and pastes of nobody's making, over every screen: they end nothing, start nothing that cannot be undone, and change
no fact of the evidence that the program knows. The seed is printed; CUTOVER_SEED repeats a run.
*/
import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import type {EventType} from '../../source/cutover/model/event.ts';
import {panes, type ScreenName} from '../../source/screen/state/view.ts';
import type {Act} from '../given.ts';
import {backNight, keptNight} from '../scenarios/night.ts';
import {alice, carolOfOps, dave} from '../scenarios/people.ts';
import {Stage} from './stage.tsx';

const count = 10_000;

/** A small generator with a seed: the same keys again from the same number. */
const random = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

const named =
	'enter esc tab shift-tab up down left right home end page-up page-down backspace delete ctrl-a ctrl-e ctrl-k ctrl-u ctrl-w alt-b alt-f alt-d space f1'.split(
		' ',
	);
const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789.:!/?[]-+= '];
const pastes = [
	'GO\r',
	'T0\r',
	'ROLLBACK\r',
	'KEEP\r',
	'CLOSE',
	'y\r',
	'yes',
	'22:30',
	'a\nb\nc',
	'\u001b[2J',
	'ABANDON\r',
];

const final: ReadonlySet<EventType> = new Set<EventType>([
	'abandoned',
	'byHand',
	'closed',
	'fired',
	'goGiven',
	'kept',
	'rollbackBegun',
	't0Begun',
]);

const irreversible = (stage: Stage): readonly string[] =>
	stage.journal
		.entries()
		.filter(({type, data}) => final.has(type) || (type === 'voted' && 'vote' in data && data.vote !== 'no-go'))
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
		const stage = await Stage.open({...place, screen});
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
