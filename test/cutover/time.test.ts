/** Time and repeated commands in the journal (RULES C), and the desired work of a cutover (C4). */

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {desiredWork} from '../../source/cutover/due/desired-work.ts';
import {isPath, targetName} from '../../source/cutover/model/attempt-target.ts';
import {seal} from '../../source/journal/entry.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {begin, clockAt, command, dana, untouched} from '../journal/cutover.ts';
import {alice, dave, runner} from '../scenarios/people.ts';
import {headIn, remark} from '../store-contract.ts';
import {end, rollback, run, stop} from './commands.ts';
import {begun, observing, ready, rollingBack, twoScripts} from './night.ts';

const evening = '2031-03-08T20:00:00.000Z';

const desk = () => {
	const shelf = emptyShelf();
	const clock = clockAt(evening);
	return {clock, shelf, open: () => openJournal({store: memoryStore(shelf), clock, look: () => untouched})};
};

const says = (text: string, id?: string) => command('note', {text, on: null}, id);

test('C1 A clock that steps back is recorded as an event, and no duration is negative', async () => {
	const {open, clock} = desk();
	const journal = await open();
	await journal.decide(begin(), dana);
	clock.set('2031-03-08T19:30:00.000Z');
	await journal.decide(says('the clock was wrong'), dana);
	const [, stepped, noted] = journal.entries();
	assert.equal(stepped?.type, 'clockStepped');
	assert.equal(noted?.at, evening);
});

test('C1 Due, overdue and stale are derived from time and record no event', () => {
	const night = ready();
	assert.deepEqual(night.waits('21:59'), []);
	assert.equal(night.stands('21:59').stages[0]?.state, 'overdue');
	const later = observing();
	assert.deepEqual(later.waits('23:59'), []);
});

test('C2 A command whose id is already in the journal returns its events again', async () => {
	const journal = await desk().open();
	await journal.decide(begin(), dana);
	const first = await journal.decide(says('once', 'c-once'), dana);
	assert.deepEqual(await journal.decide(says('once', 'c-once'), dana), first);
	assert.equal(journal.entries().length, 2);
});

test('C2 A refused command is decided again', async () => {
	const journal = await desk().open();
	assert.equal((await journal.decide(says('too early', 'c-note'), dana)).refused, true);
	await journal.decide(begin(), dana);
	assert.equal((await journal.decide(says('in time', 'c-note'), dana)).refused, false);
});

test('C3 A journal with an unknown newer event opens read-only, with a message', async () => {
	const {open, shelf} = desk();
	await (await open()).decide(begin(), dana);
	const store = memoryStore(shelf);
	const newer = JSON.parse(JSON.stringify({...remark('from tomorrow'), type: 'teleported'}));
	await store.append(await headIn(store), seal(await headIn(store), [newer]));
	const journal = await open();
	assert.equal(journal.state().status, 'preparing');
	assert.match(journal.fault()?.message ?? '', /teleported.*nothing can be recorded/);
	await assert.rejects(journal.decide(says('x'), dana), {code: 'newer'});
});

test('C4 The desired work is the watcher from begin on and every attempt until it has ended', () => {
	const night = begun();
	assert.deepEqual(
		desiredWork(night.state()).map(({kind}) => kind),
		['watcher'],
	);
	night.does('21:00', dave, run('T-60'));
	night.does('21:00:01', runner, {type: 'runWithin', data: {target: {stage: 'T-60'}, attempt: 1, gate: 'G1'}});
	const item = desiredWork(night.state())[1];
	assert.deepEqual(
		[desiredWork(night.state()).length, item?.kind, item?.kind === 'attempt' && targetName(item.target)],
		[2, 'attempt', 'T-60'],
	);
	night.does('21:01', dave, stop('T-60'));
	assert.deepEqual(
		desiredWork(night.state()).map(({kind}) => kind),
		['watcher', 'attempt', 'stop'],
	);
	night.does('21:02', runner, end('T-60', 1, 'stopped'));
	assert.equal(desiredWork(night.state()).length, 1);
});

test('C4 A rollback path becomes desired work with the command that requested it', () => {
	const item = desiredWork(rollingBack().state())[1];
	assert.ok(item?.kind === 'attempt' && isPath(item.target, 'fallback') && item.cause !== 'time');
	assert.equal(item.byProcess, false);
});

test('C4 The watcher starts the fallback at once if the preferred path fails and nothing was dispatched', () => {
	const night = observing(twoScripts);
	night.does('22:10', alice, rollback());
	night.does('22:11', runner, end('preferred', 1, 'fail'));
	const item = desiredWork(night.state())[1];
	assert.ok(item?.kind === 'attempt' && isPath(item.target, 'fallback') && item.byProcess);
});

test('C4 A lost watcher is recorded as an event when it is noticed', () => {
	const night = begun();
	const lost = {type: 'recordWatcherLost', data: {since: '2031-01-14T20:00:00.000Z'}} as const;
	assert.equal(night.refuses('21:00', dave, lost).code, 'process-only');
	assert.deepEqual(
		night.does('21:00', runner, lost).map(({type}) => type),
		['watcherLost'],
	);
});
