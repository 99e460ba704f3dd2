/** Several commands at once, which is what happened while the journal was away; and several looks at the workspace. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Store} from '../../source/cutover/store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {begin, clockAt, command, dana, untouched} from './cutover.ts';

test('several commands are decided in turn and recorded at once, each with its answer, and once', async () => {
	const shelf = emptyShelf();
	const clock = clockAt('2031-03-08T20:00:00.000Z');
	const open = (store: Store = memoryStore(shelf)) => openJournal({store, clock, look: () => untouched});
	const [journal, other] = [await open(), await open()];
	await journal.decide(begin(), dana);
	const notes = ['one', 'two', 'three'].map(text => command('note', {text, on: null}, `c-${text}`));
	const unknown = command('skip', {stage: 'T-99', reason: 'no such stage'}, 'c-unknown');
	const store = memoryStore(shelf);
	const sizes: number[] = [];
	const counting = await open({
		...store,
		append: (known, entries) => {
			sizes.push(entries.length);
			return store.append(known, entries);
		},
	});
	const [, answers] = await Promise.all([
		other.decide(command('note', {text: 'beside', on: null}), dana),
		counting.decideAll([...notes.slice(0, 2), unknown, ...notes.slice(2)], dana),
	]);
	assert.deepEqual(
		answers.map(answer => answer.refused),
		[false, false, true, false],
	);
	assert.equal(sizes.at(-1), 3);
	assert.deepEqual(
		await journal.decideAll(notes, dana),
		answers.filter(answer => !answer.refused),
	);
	const texts = journal.entries().flatMap(({type, data}) => (type === 'noted' ? data.text : []));
	assert.deepEqual(texts.toSorted(), ['beside', 'one', 'three', 'two']);
	assert.deepEqual(counting.entries(), journal.entries().slice(0, counting.entries().length));
});

test('what was looked up later counts, whichever look ends last', async () => {
	const looks: PromiseWithResolvers<Observation>[] = [];
	const look = (): Promise<Observation> => {
		const asked = Promise.withResolvers<Observation>();
		looks.push(asked);
		return asked.promise;
	};
	const opening = openJournal({store: memoryStore(emptyShelf()), clock: clockAt('2031-03-08T20:00:00.000Z'), look});
	while (looks.length === 0) await Promise.resolve();
	looks[0]?.resolve(untouched);
	const journal = await opening;
	const [slow, quick] = [journal.look(), journal.look()];
	const [before, after] = ['sha256:aa', 'sha256:bb'].map(digest => ({...untouched, approved: {'runbook.md': digest}}));
	assert.ok(before && after);
	looks[2]?.resolve(after);
	assert.deepEqual(await quick, after);
	looks[1]?.resolve(before);
	assert.deepEqual(await slow, after);
	assert.deepEqual(journal.observed(), after);
});
