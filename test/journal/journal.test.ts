import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import {type Answer, type Entry, type Fact, StoreFault} from '../../source/cutover/ports.ts';
import type {Store} from '../../source/cutover/store.ts';
import {headOf, seal} from '../../source/journal/entry.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {headIn, remark} from '../store-contract.ts';
import {begin, clockAt, command, dana, untouched, watcher} from './cutover.ts';

const evening = '2031-03-08T20:00:00.000Z';

function place() {
	const shelf = emptyShelf();
	const clock = clockAt(evening);
	let observed: Observation = untouched;
	return {
		clock,
		shelf,
		open: (store: Store = memoryStore(shelf)) => openJournal({store, clock, look: () => observed}),
		finds: (found: Observation) => {
			observed = found;
		},
	};
}

const typesOf = (answer: Answer): readonly string[] =>
	answer.refused ? [answer.code] : answer.entries.map(entry => entry.type);
const allTypes = (entries: readonly Entry[]): readonly string[] => entries.map(entry => entry.type);

test('an act is journaled with who did it, when, and the command that asked', async () => {
	const journal = await place().open();
	await journal.decide(begin('c-begin'), dana);
	await journal.decide(command('note', {text: 'the queue is empty', on: null}, 'c-note'), dana);
	const [begun, noted] = journal.entries();
	assert.equal(begun?.type, 'begun');
	assert.deepEqual(
		{...noted, previous: undefined, hash: undefined},
		{
			seq: 2,
			at: evening,
			type: 'noted',
			by: {...dana, role: null},
			data: {text: 'the queue is empty', on: null},
			cause: 'c-note',
			previous: undefined,
			hash: undefined,
		},
	);
	assert.equal(noted?.previous, begun?.hash);
	assert.equal(journal.state().seq, 2);
});

test('an entry names the role that its act was done in', async () => {
	const journal = await place().open();
	await journal.decide(begin(), dana);
	await journal.decide(command('freeze', {text: 'no merges'}), dana);
	assert.equal(journal.entries().at(-1)?.by.role, 'release-manager');
});

test('a refused command leaves no entry', async () => {
	const journal = await place().open();
	const answer = await journal.decide(command('note', {text: 'too early', on: null}), dana);
	assert.equal(answer.refused, true);
	assert.deepEqual(journal.entries(), []);
});

test('the same command again gets the same answer and appends nothing, from any process', async () => {
	const {open} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	const note = command('note', {text: 'once', on: null}, 'c-once');
	const first = await journal.decide(note, dana);
	assert.deepEqual(await journal.decide(note, dana), first);
	const other = await open();
	assert.deepEqual(await other.decide(note, dana), first);
	assert.equal(other.would(note, dana), null);
	assert.equal(other.entries().length, 2);
});

test('the same command sent by two processes at once is journaled once', async () => {
	const {open} = place();
	const [one, other] = [await open(), await open()];
	await one.decide(begin(), dana);
	const note = command('note', {text: 'twice', on: null}, 'c-twice');
	const [left, right] = await Promise.all([one.decide(note, dana), other.decide(note, dana)]);
	assert.deepEqual(left, right);
	assert.equal((await open()).entries().length, 2);
});

test('a command is decided again after others appended', async () => {
	const {open, shelf} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	const inner = memoryStore(shelf);
	let between = true;
	const other = await open();
	const slow = await open({
		...inner,
		async append(known, entries) {
			// Somebody abandons the cutover after this process asked the rules and before it appends.
			if (between) {
				between = false;
				await other.decide({...command('abandon', {reason: 'vendor is down'}), confirm: ['ABANDON']}, dana);
			}
			return inner.append(known, entries);
		},
	});
	const answer = await slow.decide(command('schedule', {t0: '2031-03-08T23:00:00.000Z', reason: 'late'}), dana);
	assert.equal(answer.refused, true);
	assert.deepEqual(allTypes(slow.entries()), ['begun', 'abandoned']);
});

test('what follows from what was seen is appended first, in the name of the process, and the command decided after it', async () => {
	const {open, finds} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	finds({...untouched, approved: {'runbook.md': 'sha256:ff'}});
	const answer = await journal.decide(command('note', {text: 'who edits now?', on: null}), dana);
	assert.deepEqual(typesOf(answer), ['noted']);
	assert.deepEqual(allTypes(journal.entries()), ['begun', 'holdPlaced', 'noted']);
	const held = journal.entries()[1];
	assert.deepEqual([held?.cause, held?.by.strength, held?.by.login], ['time', 'process', 'dana']);
	assert.deepEqual(held?.batch, {first: 2, last: 3});
});

test('a hold that was noticed by a refused command is journaled all the same', async () => {
	const {open, finds} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	finds({...untouched, approved: {'runbook.md': null}});
	const answer = await journal.decide(command('freeze', {text: ''}, 'c-x'), {...dana, role: 'nobody'});
	assert.equal(answer.refused, true);
	assert.deepEqual(allTypes(journal.entries()), ['begun', 'holdPlaced']);
});

test('settling appends what follows from time and nothing else, once', async () => {
	const {open, finds} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	assert.deepEqual(await journal.settle(watcher), []);
	finds({...untouched, approved: {'runbook.md': 'sha256:ff'}});
	assert.deepEqual(allTypes(await journal.settle(watcher)), ['holdPlaced']);
	assert.deepEqual(await journal.settle(watcher), []);
});

test('asking what the rules would say appends nothing and gives their refusal', async () => {
	const journal = await place().open();
	await journal.decide(begin(), dana);
	assert.equal(journal.would(command('note', {text: 'fine', on: null}), dana), null);
	const refusal = journal.would(command('vote', {vote: 'go', early: false, reason: null}), dana);
	assert.equal(refusal?.refused, true);
	assert.equal(journal.entries().length, 1);
});

test('a clock that steps back is an event, once a step, and no entry is older than the one before', async () => {
	const {open, clock} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	const note = () => journal.decide(command('note', {text: 'tick', on: null}), dana);
	clock.set('2031-03-08T19:00:00.000Z');
	await note();
	clock.set('2031-03-08T19:00:05.000Z');
	await note();
	clock.set('2031-03-08T19:00:04.000Z');
	await note();
	clock.set('2031-03-08T18:00:00.000Z');
	await note();
	assert.deepEqual(allTypes(journal.entries()), [
		'begun',
		'clockStepped',
		'noted',
		'noted',
		'noted',
		'clockStepped',
		'noted',
	]);
	assert.deepEqual(journal.entries()[1]?.data, {from: evening, to: '2031-03-08T19:00:00.000Z'});
	assert.deepEqual([...new Set(journal.entries().map(entry => entry.at))], [evening]);
	clock.set('2031-03-08T20:00:01.000Z');
	await note();
	assert.equal(journal.entries().at(-1)?.at, '2031-03-08T20:00:01.000Z');
	clock.set('2031-03-08T19:59:59.500Z');
	await note();
	assert.equal(journal.entries().at(-1)?.type, 'noted');
	assert.equal(journal.entries().at(-2)?.type, 'noted');
});

test('a journal with an event that only a newer version knows is read, and nothing is appended to it', async () => {
	const {open, shelf} = place();
	const journal = await open();
	await journal.decide(begin(), dana);
	const store = memoryStore(shelf);
	const fact: Fact = JSON.parse(JSON.stringify({...remark('from tomorrow'), type: 'teleported'}));
	await store.append(await headIn(store), seal(await headIn(store), [fact]));

	const old = await open();
	assert.equal(old.state().status, 'preparing');
	assert.equal(old.state().seq, 2);
	assert.equal(old.entries().length, 2);
	assert.equal(old.fault()?.code, 'newer');
	assert.match(old.fault()?.message ?? '', /"teleported".*can be read, nothing can be recorded/);
	assert.equal(old.would(command('note', {text: 'x', on: null}), dana)?.refused, true);
	await assert.rejects(old.decide(command('note', {text: 'x', on: null}), dana), {name: 'StoreFault', code: 'newer'});
	await assert.rejects(old.settle(watcher), {code: 'newer'});
	assert.equal((await store.pull(headOf(old.entries()[1] as Entry))).length, 0);
});

test('a watcher is notified of the acts of others after they were folded', async () => {
	const {open} = place();
	const [mine, theirs] = [await open(), await open()];
	await theirs.decide(begin(), dana);
	const reported = Promise.withResolvers<number>();
	const stop = mine.watch(() => {
		if (mine.state().seq >= 2) reported.resolve(mine.state().seq);
	});
	await theirs.decide(command('note', {text: 'hello', on: null}), dana);
	assert.equal(await reported.promise, 2);
	stop();
});

test('a watcher is notified when an observation has changed', async () => {
	const {open, finds} = place();
	const journal = await open();
	let reported = 0;
	journal.watch(() => void reported++);
	await journal.look();
	assert.equal(reported, 0);
	finds({...untouched, heads: {G1: 'b2'}});
	await journal.look();
	assert.equal(reported, 1);
	assert.equal(journal.observed().heads['G1'], 'b2');
});

test('a failing store loses no acknowledged act, and the next act works', async () => {
	const {open, shelf} = place();
	const inner = memoryStore(shelf);
	let full = false;
	const journal = await open({
		...inner,
		async append(known, entries) {
			if (full) throw new StoreFault('full', 'The journal cannot be written.', 'Free some space.');
			return inner.append(known, entries);
		},
	});
	await journal.decide(begin(), dana);
	full = true;
	await assert.rejects(journal.decide(command('note', {text: 'lost', on: null}), dana), {code: 'full'});
	assert.equal(journal.entries().length, 1);
	full = false;
	await journal.decide(command('note', {text: 'kept', on: null}), dana);
	assert.deepEqual(allTypes(journal.entries()), ['begun', 'noted']);
});

test('a fault of what is kept beside the journal does not undo an act', async () => {
	const {shelf, clock} = place();
	const journal = await openJournal({
		store: memoryStore(shelf),
		clock,
		look: () => untouched,
		onAppended: () => {
			throw new Error('no progress today');
		},
	});
	assert.equal((await journal.decide(begin(), dana)).refused, false);
	assert.equal(shelf.lines.length, 1);
});

test('what time brings is found once for all that is asked of one moment', async () => {
	const at = place();
	const journal = await at.open();
	await journal.decide(begin(), dana);
	let read = 0;
	const get = () => void read++;
	// What time brings depends on it.
	at.finds(Object.defineProperty({...untouched}, 'health', {get}));
	await journal.look();
	const readBy = (questions: number): number => {
		const before = read;
		for (let asked = 0; asked < questions; asked++) journal.would(command('note', {text: 'fine', on: null}), dana);
		return read - before;
	};
	const once = readBy(1);
	assert.ok(once > 0);
	assert.equal(readBy(20), 0);
	at.clock.set('2031-03-08T20:00:01.000Z');
	assert.equal(readBy(20), once);
});
