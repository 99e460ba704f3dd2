/** The rollback: who starts it, its paths, and unknown results (RULES R1 to R5). */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stillRuns} from '../../source/cutover/decide/rules/path.ts';
import {attemptKey} from '../../source/cutover/model/attempt-target.ts';
import type {Runbook} from '../../source/cutover/model/runbook.ts';
import {idPattern} from '../../source/runbook/parts/gates/gate-ids.ts';
import {calm} from '../given.ts';
import {alice, ben, bob, carolOfQa, dave, daveOnCall, lena, runner} from '../scenarios/people.ts';
import {answers, byHand, end, judge, report, rollback, run} from './commands.ts';
import {
	begun,
	executing,
	gone,
	kept,
	type Night,
	observing,
	played,
	proofAwaited,
	rollingBack,
	the,
	twoScripts,
	typesOf,
	unbound,
} from './night.ts';

const cancel = {type: 'cancelRollback', data: {reason: 'the wrong stack'}} as const;
const both = ['ROLLBACK', 'MAY RUN TWICE'];
const stateOf = (night: Night, time: string) => night.stands(time).rollback?.state;

const firedByTwo = (): Night => {
	const night = observing();
	night.does('22:05', ben, answers('2', 1, true));
	night.does('22:06', lena, answers('2', 2, true));
	return night;
};

/** Both paths can run here, and the preferred one runs. */
const onPreferred = (): Night => {
	const night = observing(twoScripts);
	night.does('22:10', alice, rollback());
	return night;
};

test('R1 A rollback requires the typed word and a reason', () => {
	const night = observing();
	assert.deepEqual(night.refuses('22:10', alice, rollback()).needs.words, ['ROLLBACK']);
	assert.equal(night.refuses('22:10', alice, rollback(null, ' '), {confirm: ['ROLLBACK']}).usageError, true);
	night.does('22:10', alice, rollback());
	assert.equal(night.state().status, 'rolling-back');
});

test('R1 The release manager or an owner of the closing stage starts a rollback', () => {
	assert.match(observing().refuses('22:10', daveOnCall, rollback()).fix, /Ask alice .* or bob/);
	observing().does('22:10', bob, rollback());
});

test('R1 Any named person with a role may start the rollback while a trigger is fired', () => {
	const night = firedByTwo();
	const guest = {...ben, name: 'grace', role: null};
	assert.match(night.refuses('22:07', guest, rollback(), {confirm: ['ROLLBACK']}).why, /grace has no role/);
	const events = night.does('22:07', carolOfQa, rollback());
	assert.deepEqual(the(events, 'rollbackBegun').triggers, ['2']);
});

test('R1 A rollback is refused before T0; the fix is to abandon', () => {
	assert.match(gone().refuses('21:59', alice, rollback(), {confirm: ['ROLLBACK']}).fix, /Abandon/);
});

test('R1 A rollback may start while executing, while observing, and after keep', () => {
	for (const night of [executing(), observing(), kept()]) {
		night.does('22:50', alice, rollback());
		assert.equal(night.state().status, 'rolling-back');
	}
});

test('R1 A running attempt of T0 is stopped first, and the path starts when it has ended', () => {
	const night = executing(played);
	const events = night.does('22:05', alice, rollback());
	assert.deepEqual(typesOf(events), ['rollbackBegun', 'pathUnavailable', 'stopAsked']);
	assert.match(night.refuses('22:06', alice, rollback(), {confirm: both}).why, /T0 is being stopped first/);
	const after = night.does('22:07', runner, end('T0', 1, 'stopped'));
	assert.deepEqual(typesOf(after), ['ended', 'started']);
	assert.deepEqual(the(after, 'started').target, {path: 'fallback'});
});

test('R1 Processes of T0 that could not be stopped are named, and the rollback then requires MAY RUN TWICE', () => {
	const night = executing(played);
	night.does('22:05', alice, rollback());
	const after = night.does('22:07', runner, end('T0', 1, 'stopped', ['switch.sh (pid 4711)']));
	assert.deepEqual(typesOf(after), ['ended']);
	const no = night.refuses('22:08', alice, rollback(), {confirm: ['ROLLBACK']});
	assert.deepEqual(no.needs.words, both);
	assert.match(no.why, /switch\.sh \(pid 4711\) may still run/);
	const events = night.does('22:08', alice, rollback());
	assert.equal(the(events, 'rollbackBegun').twice, true);
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
});

test('R2 One typed word allows both paths; the fallback starts only if the preferred path is unavailable', () => {
	const night = onPreferred();
	assert.deepEqual(Object.keys(night.state().attempts).at(-1), 'rollback+preferred-1');
	const events = night.does('22:12', runner, end('preferred', 1, 'fail'));
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
});

test('R2 A second path is refused while a path runs', () => {
	assert.match(rollingBack().refuses('22:11', alice, rollback(), {confirm: both}).why, /The fallback path runs/);
	assert.match(
		onPreferred().refuses('22:11', bob, rollback('fallback'), {confirm: both}).why,
		/The preferred path runs/,
	);
});

test('R2 A rollback with path preferred does not continue to the fallback', () => {
	const night = observing(twoScripts);
	night.does('22:10', alice, rollback('preferred'));
	const events = night.does('22:12', runner, end('preferred', 1, 'fail'));
	assert.deepEqual(typesOf(events), ['ended', 'rollbackFailed']);
	assert.deepEqual(the(night.does('22:13', alice, rollback('fallback')), 'started').target, {path: 'fallback'});
});

test('R2 The fallback is refused while the preferred path can run', () => {
	assert.equal(observing(twoScripts).refuses('22:10', alice, rollback('fallback')).code, 'preferred-first');
});

test('R3 A preferred path that is not configured is reported, and the fallback starts with its environment', () => {
	const night = observing();
	assert.match(night.refuses('22:10', alice, rollback('preferred')).fix, /Use the fallback/);
	const events = night.does('22:10', alice, rollback());
	assert.deepEqual(typesOf(events), ['rollbackBegun', 'pathUnavailable', 'started']);
	assert.match(the(events, 'pathUnavailable').reason, /not configured/);
	assert.deepEqual(the(events, 'started').environment, {ACTION: 'back', STACK: 'ops/stack.yml', DROP_VOLUMES: '0'});
});

test('R3 A cancelled path is unavailable: the fallback starts when the cancellation is confirmed', () => {
	const night = onPreferred();
	assert.deepEqual(night.refuses('22:11', alice, cancel).needs.words, ['CANCEL']);
	assert.deepEqual(typesOf(night.does('22:11', alice, cancel)), ['cancelAsked', 'stopAsked']);
	assert.equal(stateOf(night, '22:11'), 'cancelling');
	assert.match(night.refuses('22:12', bob, cancel).why, /alice cancelled it/);
	const events = night.does('22:12', runner, end('preferred', 1, 'stopped'));
	assert.deepEqual(the(events, 'started').target, {path: 'fallback'});
	assert.match(observing().refuses('22:10', alice, cancel).why, /No path/);
});

test('R4 The fallback requires a new typed word if the preferred path succeeded but the impact continues', () => {
	const night = onPreferred();
	night.does('22:12', runner, end('preferred', 1, 'pass'));
	assert.deepEqual(night.refuses('22:13', alice, rollback()).needs.words, ['ROLLBACK']);
	assert.deepEqual(the(night.does('22:13', alice, rollback()), 'started').target, {path: 'fallback'});
});

test('R4 A path that was tried runs again only from rollback-failed', () => {
	const night = onPreferred();
	night.does('22:12', runner, end('preferred', 1, 'pass'));
	assert.equal(night.refuses('22:13', alice, rollback('preferred')).code, 'path-tried');
	night.does('22:13', alice, rollback('fallback'));
	night.does('22:14', runner, end('fallback', 1, 'pass'));
	for (const path of ['preferred', 'fallback', null] as const)
		assert.equal(night.refuses('22:15', alice, rollback(path)).code, 'path-tried');
	assert.equal(proofAwaited().refuses('22:16', alice, rollback()).code, 'path-tried');
	night.waits('22:24:01');
	assert.equal(night.state().status, 'rollback-failed');
	assert.equal(the(night.does('22:25', alice, rollback('fallback')), 'started').attempt, 2);
	night.does('22:26', runner, end('fallback', 2, 'fail'));
	assert.equal(the(night.does('22:27', alice, rollback('fallback')), 'started').attempt, 3);
});

test('H1 After T0 a changed rollback script is shown as changed and blocks nothing', () => {
	const night = observing();
	const changed = {...calm, approved: {...calm.approved, 'ops/rollback.sh': 'sha256:00'}};
	assert.deepEqual(night.stands('22:05').changedScripts, []);
	const {changedScripts, headline} = night.stands('22:05', null, changed);
	assert.deepEqual([changedScripts, headline.word], [['ops/rollback.sh'], 'OBSERVING']);
	night.does('22:06', alice, rollback(), changed);
});

test('R5 A path whose runner is lost is unknown, not unavailable, and no other path starts automatically', () => {
	const night = onPreferred();
	assert.deepEqual(typesOf(night.does('22:12', runner, end('preferred', 1, 'lost'))), ['ended']);
	assert.equal(stateOf(night, '22:12'), 'unknown');
	assert.match(night.stands('22:12').next?.text ?? '', /unknown/);
});

test('R5 A rollback requires MAY RUN TWICE and a reason to continue after a lost path', () => {
	const night = onPreferred();
	night.does('22:12', runner, end('preferred', 1, 'lost'));
	const no = night.refuses('22:13', alice, rollback(), {confirm: ['ROLLBACK']});
	assert.deepEqual(no.needs.words, both);
	assert.match(
		no.why,
		/^The runner of the preferred path is lost: .*\. This begins the rollback and cannot be undone\.$/,
	);
	assert.equal(night.refuses('22:13', alice, rollback(null, ''), {confirm: both}).usageError, true);
	assert.deepEqual(the(night.does('22:13', alice, rollback()), 'started').target, {path: 'fallback'});
});

test('R5 The only path may run again with MAY RUN TWICE if it is lost, and is unknown if it is lost again', () => {
	const night = rollingBack();
	night.does('22:12', runner, end('fallback', 1, 'lost'));
	assert.equal(the(night.does('22:13', alice, rollback()), 'started').attempt, 2);
	assert.deepEqual(typesOf(night.does('22:14', runner, end('fallback', 2, 'lost'))), ['ended']);
	assert.equal(stateOf(night, '22:14'), 'unknown');
});

test('R5 The typed words MAY RUN TWICE for T0 do not apply to a path that is lost later', () => {
	const night = executing({...twoScripts, stages: played.stages});
	night.does('22:05', alice, rollback());
	night.does('22:06', runner, end('T0', 1, 'stopped', ['switch.sh (pid 4711)']));
	night.does('22:07', alice, rollback());
	assert.deepEqual(typesOf(night.does('22:08', runner, end('preferred', 1, 'lost'))), ['ended']);
});

test('R5 Processes still running after a failed path are named before the next path starts', () => {
	const night = onPreferred();
	const left = night.does('22:12', runner, end('preferred', 1, 'fail', ['rollback.sh (pid 99)']));
	assert.deepEqual(typesOf(left), ['ended']);
	assert.match(night.refuses('22:13', alice, rollback(), {confirm: ['ROLLBACK']}).why, /rollback\.sh \(pid 99\)/);
});

test('R5 Processes still running after T0 block the path, are named, and ring', () => {
	const night = executing({...twoScripts, stages: played.stages});
	night.does('22:05', alice, rollback());
	night.does('22:06', runner, end('T0', 1, 'stopped', ['switch.sh (pid 4711)']));
	const {rollback: stands, headline, next, rings} = night.stands('22:07');
	assert.equal(stands?.state, 'unknown');
	assert.equal(headline.text, 'switch.sh (pid 4711) MAY STILL RUN: nothing begins');
	assert.match(next?.text ?? '', /end switch\.sh \(pid 4711\), or go on although it MAY RUN TWICE/);
	assert.ok(rings.some(name => name.startsWith('unknown ')));
});

test('R5 The path starts under the typed word already given once no process is still running', () => {
	const night = executing({...twoScripts, stages: played.stages});
	night.does('22:05', alice, rollback());
	night.does('22:06', runner, end('T0', 1, 'stopped', ['switch.sh (pid 4711)', 'sleep 20 (pid 4712)']));
	const tells = (still: readonly string[]) =>
		({type: 'recordLeftovers', data: {target: {stage: 'T0'}, attempt: 1, still}}) as const;
	assert.deepEqual(typesOf(night.does('22:07', runner, tells(['sleep 20 (pid 4712)']))), ['leftoversRecorded']);
	assert.deepEqual(night.stands('22:07').rollback?.still, ['sleep 20 (pid 4712)']);
	assert.deepEqual(typesOf(night.does('22:08', runner, tells([]))), ['leftoversRecorded', 'started']);
	assert.equal(night.refuses('22:09', runner, tells([])).code, 'nothing-left');
});

test('R8 A rollback that people ran elsewhere is recorded with the typed word, a path and a reference', () => {
	const night = observing();
	assert.deepEqual(night.refuses('22:10', alice, byHand('console', 'pass')).needs.words, ['ROLLBACK']);
	assert.equal(night.refuses('22:10', alice, byHand('console', 'pass', ' '), {confirm: ['ROLLBACK']}).usageError, true);
	assert.deepEqual(typesOf(night.does('22:10', alice, byHand('console', 'pass'))), ['rollbackBegun', 'byHand']);
	assert.equal(stateOf(night, '22:10'), 'proof awaited');
	const failed = observing(unbound);
	failed.does('22:10', alice, byHand('console', 'fail'));
	assert.equal(failed.state().status, 'rollback-failed');
	assert.match(gone().refuses('21:59', alice, byHand('console', 'pass')).fix, /Abandon/);
});

test('R8 A rollback by hand is recorded as the decision of the closing stage', () => {
	const night = observing();
	night.does('22:10', alice, byHand('console', 'pass', 'OPS-7'));
	night.does('22:12', ben, {type: 'prove', data: {note: 'all well'}});
	const field = night.stands('22:13').fields.find(row => row.field === 'T+30 closure decision');
	assert.match(field?.value ?? '', /by hand \(console, OPS-7\)/);
	assert.match(night.refuses('22:13', daveOnCall, report('T+10', 'pass', {note: 'well'})).why, /ROLLED BACK/);
});

/** The cutover with its gates renamed to what could be taken for a path. */
const withGateNamed = (id: string): Night => {
	const book: Runbook = {
		...twoScripts,
		gates: twoScripts.gates.map(gate => (gate.id === 'G1' ? {...gate, id} : gate)),
		stages: twoScripts.stages.map(stage => ({
			...stage,
			gates: stage.gates.map(gate => (gate === 'G1' ? id : gate)),
		})),
	};
	return begun(book);
};

for (const id of ['rollback-ready', 'rollback-preferred', 'rollback-fallback'])
	test(`R2 A gate named ${id} works like any other gate`, () => {
		const night = withGateNamed(id);
		night.does('21:36', dave, run(id));
		assert.deepEqual(night.state().gates[id]?.judging, {target: {gate: id}, attempt: 1});
		assert.match(night.refuses('21:37', alice, {type: 'cancelRollback', data: {reason: 'x'}}).why, /No path/);
		night.does('21:37', runner, judge(id, 1, 'fail'));
		night.does('21:37:01', runner, end({gate: id}, 1, 'fail', ['check.sh (pid 4711)']));
		assert.deepEqual(stillRuns(night.state()), []);
		assert.equal(attemptKey({target: {gate: id}, attempt: 1}) in night.state().attempts, true);
		assert.equal(
			Object.values(night.state().attempts).some(({target}) => 'path' in target),
			false,
		);
	});

test('R2 Attempts of gates and of paths never share a name', () => {
	const names = ['preferred', 'fallback'] as const;
	const keys = names.map(path => attemptKey({target: {path}, attempt: 1}));
	assert.deepEqual(keys, ['rollback+preferred-1', 'rollback+fallback-1']);
	for (const key of keys) assert.equal(idPattern.test(key.slice(0, -2)), false);
});
