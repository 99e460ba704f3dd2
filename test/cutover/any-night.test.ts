/** Properties of every cutover, whatever people and runners do: the status table and the invariants of the rules. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {desiredWork} from '../../source/cutover/due/desired-work.ts';
import {verdictOf} from '../../source/cutover/due/gate-verdict.ts';
import {evolve} from '../../source/cutover/evolve/evolve.ts';
import {initial} from '../../source/cutover/model/initial.ts';
import type {Status} from '../../source/cutover/model/state.ts';
import {evidenceFields} from '../../source/cutover/snapshot/evidence-fields.ts';
import {sentence} from '../../source/cutover/snapshot/sentence.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {alice} from '../scenarios/people.ts';
import {books, type Move, moves, play, type Turn} from './any-night.ts';

const nights = fc.record({
	book: fc.constantFrom(...books),
	all: moves,
	start: fc.constantFrom(0, 13, 14, 15, 16, 17, 18),
});

const holds = (check: (night: ReturnType<typeof play>) => void): void =>
	fc.assert(
		fc.property(nights, ({book, all, start}: {book: (typeof books)[number]; all: readonly Move[]; start: number}) =>
			check(play(book, all, start)),
		),
		{numRuns: 60},
	);

const table: {readonly [S in Status]: readonly Status[]} = {
	preparing: ['go', 'hold', 'abandoned'],
	hold: ['preparing', 'abandoned'],
	go: ['preparing', 'hold', 'abandoned', 'executing'],
	executing: ['observing', 'rolling-back'],
	observing: ['kept', 'rolling-back'],
	kept: ['rolling-back', 'closed'],
	'rolling-back': ['rolled-back', 'rollback-failed'],
	'rolled-back': ['closed'],
	'rollback-failed': ['rolling-back', 'rolled-back', 'closed'],
	abandoned: ['closed'],
	closed: [],
};

/** Statuses between two states: several events of one command may pass through one. */
const allowed = (from: Status, to: Status): boolean =>
	from === to || table[from].includes(to) || table[from].some(between => table[between].includes(to));

const single = (from: Status, to: Status): boolean => from === to || table[from].includes(to);

const isSingle = ({events}: Turn): boolean => events.length === 1;

test('Status The status changes only along the allowed transitions, whatever people and runners do', () => {
	holds(({turns}) => {
		for (const turn of turns) {
			const [from, to] = [turn.before.status, turn.after.status];
			assert.ok(isSingle(turn) ? single(from, to) : allowed(from, to), `${from} to ${to}`);
		}
	});
});

test('Status A refusal records no event and states its rule, the reason and the fix', () => {
	holds(({turns}) => {
		for (const {refusal, events, before, after} of turns) {
			if (refusal === null) continue;
			assert.deepEqual(events, []);
			assert.equal(after, before);
			assert.ok(refusal.rule && refusal.why && refusal.fix);
		}
	});
});

test('Status No event is recorded after close', () => {
	holds(({reported: {entries}}) => {
		const closed = entries.findIndex(({type}) => type === 'closed');
		assert.ok(closed === -1 || closed === entries.length - 1);
	});
});

test('C1 The state is the fold of the journal and the same on every replay', () => {
	holds(({reported: {entries, state}}) => assert.deepEqual(entries.reduce(evolve, initial), state));
});

test('C1 Events that follow from time are recorded once: a second evaluation adds none', () => {
	holds(({turns}) => {
		turns.forEach((turn, index) => {
			const next = turns[index + 1];
			if (next && next.at === turn.at && next.observed === turn.observed && turn.refusal)
				assert.deepEqual(next.events, []);
		});
	});
});

test('S3 T0 starts at most once, and only in status go', () => {
	holds(({turns, reported: {entries}}) => {
		assert.ok(entries.filter(({type}) => type === 't0Begun').length <= 1);
		for (const {events, before} of turns)
			if (events.some(({type}) => type === 't0Begun')) assert.equal(before.status, 'go');
	});
});

test('S5 There is always a next action with a person or role to do it, until close', () => {
	holds(({turns}) => {
		for (const {after, at, observed} of turns) {
			const {next, headline} = snapshotOf(after, at, observed, alice);
			assert.equal(next === null, after.status === 'closed', `${after.status} has ${next ? 'a' : 'no'} next`);
			assert.ok(next === null || next.text.trim());
			assert.ok(headline.word);
		}
	});
});

test('D3 The status is never go while a gate does not pass', () => {
	holds(({turns}) => {
		for (const {after, at, observed} of turns.filter(({events, refusal}) => refusal === null && events.length === 0)) {
			if (after.status !== 'go') continue;
			for (const gate of after.runbook?.gates ?? []) assert.equal(verdictOf(after, gate, at, observed).verdict, 'pass');
		}
	});
});

test('R2 At most one rollback path runs, and never at the same time as T0', () => {
	holds(({turns}) => {
		for (const {after} of turns) {
			const paths = Object.values(after.attempts).filter(({target, ended}) => 'path' in target && ended === null);
			assert.ok(paths.length <= 1);
			assert.ok(paths.length === 0 || after.attempts['T0-1']?.ended !== null);
		}
	});
});

test('R6 The status is never rolled-back without a proof, and never kept without every vote', () => {
	holds(({reported: {state, entries}}) => {
		if (entries.some(({type}) => type === 'proved')) assert.ok(entries.some(({type}) => type === 'impactOver'));
		assert.equal(state.status === 'rolled-back' && state.rollback?.proved === null, false);
		assert.ok(state.kept === null || Object.keys(state.polls.keep?.votes ?? {}).length === 2);
	});
});

test('C4 The watcher is desired work until close, or until no attempt runs after abandonment; an attempt is desired work until it has ended', () => {
	holds(({reported: {state}}) => {
		const items = desiredWork(state);
		assert.equal(
			items.some(({kind}) => kind === 'watcher'),
			state.closed === null &&
				(state.abandoned === null || Object.values(state.attempts).some(({ended}) => ended === null)),
		);
		const open = Object.values(state.attempts).filter(({ended, within}) => ended === null && within === null);
		assert.equal(items.filter(({kind}) => kind === 'attempt').length, state.closed ? 0 : open.length);
	});
});

test('E2 Every entry has a sentence, and every field has a value after close', () => {
	holds(({reported: {state, entries}}) => {
		for (const entry of entries) assert.ok(sentence(entry).trim());
		if (state.closed) for (const {value} of evidenceFields(state)) assert.ok(value?.trim());
	});
});

test('S5 Row 1, next, you and every row agree, and no impossible action is requested', () => {
	holds(({turns}) => {
		for (const {after, at, observed} of turns.filter((_, index) => index % 5 === 0)) {
			const shown = snapshotOf(after, at, observed, alice);
			const isOver = ['kept', 'rolling-back', 'rolled-back', 'rollback-failed', 'abandoned', 'closed'].includes(
				shown.status,
			);
			for (const {id, state} of shown.stages)
				assert.ok(!isOver || !['due', 'overdue', 'waiting'].includes(state), `${id} is ${state} in ${shown.status}`);
			for (const {state, facts, askedAt, answerBy} of shown.triggers) {
				const yes = facts.some(fact => fact.yes.length > 0);
				if (state === 'partly confirmed') assert.ok(yes);
				if (state === 'asked' || state === 'no answer') assert.ok(!yes && askedAt !== null && answerBy !== null);
			}
			const fired = shown.triggers.some(({state}) => state === 'fired');
			if (shown.headline.word === 'FIRED') assert.ok(fired);
			if (fired && (shown.status === 'observing' || shown.status === 'executing')) {
				assert.equal(shown.headline.word, 'FIRED');
				assert.equal(shown.next?.act, 'rollback');
			}
			const closed = shown.signOffs.filter(({notApplicable}) => notApplicable).map(({id}) => id);
			for (const wait of shown.waits) {
				if (wait.target?.kind === 'signOff') assert.ok(!closed.includes(wait.target.id), wait.text);
				assert.ok(wait.text.trim() && (wait.who === null || wait.who.trim()));
			}
			const mine = shown.waits.find(wait => wait.mine);
			if (mine && shown.you) assert.deepEqual([shown.you.act, shown.you.target], [mine.act, mine.target]);
		}
	});
});
