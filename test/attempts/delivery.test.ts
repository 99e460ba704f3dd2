/* What an attempt reports while the journal is away is recorded once it answers, whenever it comes. */
import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {delivery} from '../../source/attempts/delivery.ts';
import type {Command} from '../../source/cutover/model/command.ts';
import {processNamed} from '../../source/cutover/model/person.ts';
import {type Answer, type Journal, StoreFault} from '../../source/cutover/ports.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {handClock} from '../harness/hand-clock.ts';
import {emptyShelf, memoryStore} from '../harness/memory-store.ts';
import {untouched} from '../journal/cutover.ts';

const ref = {target: {stage: 'T-30'}, attempt: 1};
const ends = (step: string): Command<'endStep'> => ({
	id: `T-30-1/${step}/end`,
	type: 'endStep',
	data: {...ref, step, outcome: 'done', result: null, why: null},
});

test('a result that comes just as the last one was recorded is recorded too', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-delivery-'));
	t.after(() => rmSync(folder, {recursive: true}));
	mkdirSync(join(folder, 'attempts/T-30-1'), {recursive: true});
	const clock = handClock(Date.parse('2031-03-08T20:00:00Z'));
	const away = new StoreFault('unreachable', 'The database cannot be reached.', 'Check the network.');
	const recorded: string[] = [];
	let first: PromiseWithResolvers<void> | null = Promise.withResolvers();
	const begun = Promise.withResolvers<void>();
	const journal: Journal = {
		...(await openJournal({store: memoryStore(emptyShelf()), clock, look: () => untouched})),
		decide: () => Promise.reject(away),
		decideAll(commands) {
			recorded.push(...commands.map(({id}) => id));
			const answers: readonly Answer[] = commands.map(() => ({refused: false, entries: []}));
			begun.resolve();
			return (first?.promise ?? Promise.resolve()).then(() => answers);
		},
	};
	const reports = delivery({folder, ref, journal, clock, by: processNamed('runner'), keeps: true});
	t.after(reports.stop);
	await reports.tell(ends('one'));
	const passing = clock.pass(1000);
	await begun.promise;
	// In the very turn of the answer, behind whoever waited for it first.
	const answered = first.promise.then(() => {}).then(() => reports.tell(ends('two')));
	first.resolve();
	first = null;
	await Promise.all([answered, passing]);
	await clock.pass(2000);
	assert.deepEqual([...new Set(recorded)], ['T-30-1/one/end', 'T-30-1/two/end']);
	assert.equal(reports.waiting(), false);
});
