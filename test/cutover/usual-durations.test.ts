/** How long things usually take: rule S8. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {durationsOf, together, usualOf} from '../../source/cutover/due/usual-durations.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import type {State} from '../../source/cutover/model/state.ts';
import {type Act, begins, type Given, given, runs, runsGate} from '../given.ts';
import {alice, carolOfQa as carol} from '../scenarios/people.ts';
import {runbook} from '../scenarios/runbook.ts';

const gateTwice = (book: Runbook = runbook): readonly Act[] => [
	begins('20:30', alice, '22:00', book),
	...runsGate('20:40:00', '20:41:00', carol, 'G2', 1, 'pass'),
	...runsGate('20:45:00', '20:48:00', carol, 'G2', 2, 'fail', 'exit 1'),
	...runsGate('20:50:00', '20:53:00', carol, 'G2', 3, 'pass'),
];

const running = (acts: readonly Act[], time = '21:00:00'): Given =>
	given([...acts, runs(time, carol, 'G2')], '21:00:30');

const usualIn = ({snapshot}: Given) => snapshot(null).running[0]?.usual ?? null;

const rehearsed = ({state}: Given, speed: number, hurries: boolean): State => ({
	...state,
	rehearsal: {speed, ...(hurries ? {hurries: true as const} : {})},
});

const changed: Runbook = {
	...runbook,
	gates: runbook.gates.map(gate => (gate.id === 'G2' ? {...gate, commands: ['make everything']} : gate)),
};

test('S8 A running attempt is compared with the durations of successful runs only', () => {
	assert.deepEqual(usualIn(running(gateTwice())), {typical: 60_000, shortest: 60_000, longest: 180_000, count: 2});
});

test('S8 Usual durations come from earlier cutovers of the same runbook', () => {
	const earlier = durationsOf(given(gateTwice(), '21:00').state);
	const now = running([begins('20:30', alice, '22:00')]);
	const [attempt] = Object.values(now.state.attempts);
	assert.ok(attempt);
	assert.equal(usualIn(now), null);
	assert.equal(usualOf(now.state, attempt, together([earlier, earlier]))?.count, 4);
});

test('S8 A stage or gate whose commands changed has no usual duration yet', () => {
	const earlier = durationsOf(given(gateTwice(changed), '21:00').state);
	const [attempt] = Object.values(running([begins('20:30', alice, '22:00')]).state.attempts);
	assert.ok(attempt);
	assert.equal(usualOf(given([begins('20:30', alice, '22:00')], '21:00').state, attempt, earlier), null);
});

test('S8 A rehearsal counts in real time, except where its clock also runs fast while something runs', () => {
	const night = given(gateTwice(), '21:00');
	const times = (state: State): readonly number[] => Object.values(durationsOf(state)).flat();
	assert.deepEqual(times(rehearsed(night, 10, false)), [6000, 18_000]);
	assert.deepEqual(times(rehearsed(night, 600, true)), [60_000, 180_000]);
});

test('S8 In a rehearsal, durations are compared by the clock of the rehearsal', () => {
	const earlier = durationsOf(given(gateTwice(), '21:00').state);
	const night = running([begins('20:30', alice, '22:00')]);
	const [attempt] = Object.values(night.state.attempts);
	assert.ok(attempt);
	assert.equal(usualOf(rehearsed(night, 10, false), attempt, earlier)?.typical, 600_000);
});
