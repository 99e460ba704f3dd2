import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command, CommandData, CommandType} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {type Preview, previewLines, previewOf} from '../../source/cutover/snapshot/preview.ts';
import {stamp} from '../../source/text/time.ts';
import {type Act, asks, at, calm, does, given} from '../given.ts';
import {before, lateNight} from '../scenarios/night.ts';
import {alice, carolOfOps, dave} from '../scenarios/people.ts';
import {inZone} from '../screen/draw.tsx';
import {Stage} from '../screen/stage.tsx';

const preview = <K extends CommandType>(
	acts: readonly Act[],
	now: string,
	by: Person,
	type: K,
	data: CommandData[K],
): Preview => {
	const {state} = given(acts, now);
	const found = previewOf(state, {id: 'p', type, data} as Command, {at: at(now), by, observed: calm});
	assert.ok(!('refused' in found), 'why' in found ? found.why : '');
	return found;
};

const moves = (t0: string) => ({t0: stamp(at(t0)), reason: 'the vendor'});

test('a preview shows what would be recorded, and nothing is', () => {
	const stands = given(lateNight, '22:18');
	const copy = structuredClone(stands.state);
	const found = preview(lateNight, '22:18', alice, 'hold', {reason: 'lag'});
	assert.ok(found.records.some(line => line === 'HOLD: lag'));
	assert.deepEqual(stands.state, copy);
	assert.deepEqual(found.status.now, 'hold');
});

test('what a preview shows is what the same command then records', () => {
	const act = does('22:18', alice, 'schedule', moves('23:00'));
	const {answer} = asks(given(lateNight, '22:18'), act);
	assert.deepEqual(preview(lateNight, '22:18', alice, 'schedule', moves('23:00')).events, answer);
	const after = given([...lateNight, act], '22:18');
	const found = preview(lateNight, '22:18', alice, 'schedule', moves('23:00'));
	assert.deepEqual(found.next, after.snapshot(alice).next);
	for (const {id, now} of found.times.slice(1))
		assert.equal(after.snapshot(alice).stages.find(stage => stage.id === id)?.planned, now, id);
});

test('a preview of a later T0 shows the new times and the gates that turn stale before it', () => {
	const found = preview(lateNight, '22:18', alice, 'schedule', moves('23:59'));
	assert.deepEqual(found.times[0], {id: 'T0', was: at('22:25'), now: at('23:59')});
	assert.ok(found.times.some(({id}) => id === 'T+30'));
	assert.ok(!found.times.some(({id}) => id === 'T-60'), 'what has begun keeps its time');
	assert.ok(found.stale.length > 0);
	for (const {gate, at: when} of found.stale) {
		assert.ok(when !== null && when < at('23:59'), gate);
		const {snapshot} = given([...lateNight, does('22:18', alice, 'schedule', moves('23:59'))], '23:58');
		assert.equal(snapshot(alice).gates.find(({id}) => id === gate)?.verdict, 'stale', gate);
	}
	assert.deepEqual(preview(lateNight, '22:18', alice, 'schedule', moves('22:25')).stale, [], 'T0 confirmed as it is');
});

test('typed words count as given in a preview, and a refusal is shown as one', () => {
	assert.equal(preview(lateNight, '22:18', alice, 'abandon', {reason: 'not tonight'}).status.now, 'abandoned');
	const {state} = given(lateNight, '22:18');
	const command = {id: 'p', type: 'schedule', data: moves('22:00')} as const;
	const found = previewOf(state, command, {at: at('22:18'), by: alice, observed: calm});
	assert.ok('refused' in found && found.code === 't0-past');
});

test('a preview of the last go says that T0 is next', () => {
	const votes = before.filter(({command}) => command.type === 'vote');
	const last = votes.at(-1);
	assert.ok(last);
	const earlier = before.slice(0, before.indexOf(last));
	const now = '22:16';
	const found = preview(earlier, now, last.by, 'vote', {vote: 'go', early: false, reason: null});
	assert.deepEqual(found.status, {was: 'preparing', now: 'go'});
	assert.equal(found.next?.act, 'run');
});

test('where acts must be signed, a preview needs no signature', () => {
	const {state} = given(lateNight, '22:18');
	assert.ok(state.runbook);
	const strict = {...state, runbook: {...state.runbook, signatures: 'required' as const}};
	const command = {id: 'p', type: 'vote', data: {vote: 'no-go', early: false, reason: 'lag'}} as const;
	const found = previewOf(strict, command, {at: at('22:18'), by: carolOfOps, observed: calm});
	assert.ok(!('refused' in found) && found.status.now === 'hold');
});

test('the form of an act that changes the course shows what it would do, and what it would do instead once more is typed', async () => {
	const stage = await Stage.open({acts: lateNight, now: '22:18', you: alice, size: {columns: 120, rows: 40}});
	assert.match(await stage.press('!'), /records +votes withdrawn.* HOLD: …[\s\S]*then +GO → HOLD/);
	assert.match(await stage.type('lag'), /HOLD: lag/);
	await stage.keys('esc', '0');
	assert.doesNotMatch(await stage.press('ctrl-u'), /times {4}/);
	assert.match(await stage.type('23:59'), /times +T0 22:25 → 23:59 +T\+10 .*→[\s\S]*stale +.*before T0/);
	assert.equal(stage.journal.state().t0, at('22:25'), 'nothing is recorded');
});

test('the lines of a preview say what is recorded, the times, what turns stale and what comes then', () => {
	const lines = inZone(() => previewLines(preview(lateNight, '22:18', alice, 'schedule', moves('23:59'))));
	assert.match(lines[0] ?? '', /^records {2}.*alice moved T0 to/);
	assert.match(lines[1] ?? '', /^times {4}T0 22:25 → 23:59/);
	assert.match(lines[2] ?? '', /^stale {4}G\d at .*, before T0$/);
	assert.match(lines[3] ?? '', /^then {5}.*NEXT /);
	assert.ok(
		!previewLines(preview(lateNight, '22:18', dave, 'hold', {reason: 'lag'})).some(line => line.startsWith('times')),
	);
});
