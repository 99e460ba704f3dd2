/** Row 1, NEXT, YOU and every row agree with each other and with the rules, whatever people and runners do. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {catalogue} from '../../source/commands/catalogue.ts';
import {forbids, isForOthers, ruling, rulingForOthers, type Situation} from '../../source/commands/situation.ts';
import type {Spec} from '../../source/commands/spec.ts';
import {decide, isRefusal} from '../../source/cutover/decide/decide.ts';
import {targetName} from '../../source/cutover/model/attempt-target.ts';
import type {Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Refusal} from '../../source/cutover/model/refusal.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Next, Waiting} from '../../source/cutover/snapshot/next-step.ts';
import type {Snapshot} from '../../source/cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {sees} from '../scenarios/health.ts';
import {measuredBook} from '../scenarios/measured-night.ts';
import {alice, bob, carolOfOps, dave, daveOnCall} from '../scenarios/people.ts';
import {books, moves, play} from './any-night.ts';

type Moment = {readonly state: State; readonly at: number; readonly observed: Observation; readonly snapshot: Snapshot};

const nights = fc.record({
	book: fc.constantFrom(...books, measuredBook),
	all: moves,
	start: fc.constantFrom(0, 13, 14, 15, 16, 17, 18),
	you: fc.constantFrom(alice, bob, carolOfOps, dave, daveOnCall),
	down: fc.constantFrom('22:05', '22:30', '23:00'),
});

const seed = Number(process.env['CUTOVER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Every state of some nights as somebody sees it, and as it is an hour later; made once. */
const moments = ((): (() => readonly Moment[]) => {
	let made: readonly Moment[] | null = null;
	return () => {
		made ??= fc.sample(nights, {numRuns: 24, seed}).flatMap(({book, all, start, you, down}) => {
			const {turns} = play(book, all, start);
			const states = turns.map(({after, at, observed}) => ({state: after, at, observed}));
			const last = states.at(-1);
			const later = last === undefined ? [] : [{...last, at: last.at + 3_600_000}];
			return [...states, ...later].map(({state, at, observed}): Moment => {
				// With endpoints bound the samples say what people would say by hand.
				const seen = book === measuredBook ? sees(state, at, {api: {down: [[down, null]]}}, observed) : observed;
				return {state, at, observed: seen, snapshot: snapshotOf(state, at, seen, you)};
			});
		});
		return made;
	};
})();

const always = (check: (moment: Moment) => void): void => {
	try {
		for (const moment of moments()) check(moment);
	} catch (error) {
		throw new Error(`with seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, {cause: error});
	}
};

const said = ({state}: Moment, next: Next): string => `${state.status}: ${JSON.stringify(next)}`;

/** Told with what they wait for in their own words: a cause to be fixed, what a sign-off needs, gates that pass. */
const conditions = ['hold-stays', 'sign-off-blocked', 'gates-not-passed'];

/** Why nobody who is asked could do it, whatever they still type; null where the rules let one of these roles. */
const impossible = ({state, at, observed, snapshot}: Moment, next: Waiting): Refusal | null => {
	const specs: Readonly<Record<string, Spec>> = catalogue;
	const spec = next.act === null ? undefined : specs[next.act];
	if (spec === undefined) return null;
	const on = next.target?.kind === 'path' || next.target?.kind === 'link' ? '' : (next.target?.id ?? '');
	const roles = next.roles.length === 0 ? [null] : next.roles;
	const answers = roles.map((role): Refusal | null => {
		const name = (role === null ? undefined : state.people?.[role]?.[0]) ?? 'alice';
		const person: Person = {...alice, name, login: name, role};
		const would: Situation['would'] = (draft, as, speaker) => {
			const relayed = speaker === undefined ? {} : {relayed: {speaker, channel: '…', words: '…'}};
			const command = {...draft, id: 'would', confirm: [], ...relayed};
			const answer = decide(state, command, {at, by: {...person, role: as ?? role}, observed});
			return isRefusal(answer) ? answer : null;
		};
		const situation: Situation = {state, snapshot, person, chosen: on === '' ? null : on, would};
		const draft = spec.probe(situation, on);
		if (draft === null) return null;
		const mine = ruling(situation, draft);
		const refusal = spec.relayable && isForOthers(mine) ? rulingForOthers(situation, draft) : mine;
		return !forbids(refusal) || conditions.includes(refusal.code) ? null : refusal;
	});
	return answers.includes(null) ? null : (answers[0] ?? null);
};

test('S5 NEXT is the first of what waits, and YOU is the first that is yours', () => {
	always(moment => {
		const {next, you, waits} = moment.snapshot;
		assert.equal(next?.text ?? null, waits[0]?.text ?? null);
		const mine = waits.find(each => each.mine);
		if (mine === waits[0] && mine?.act === null && mine.who === null) {
			assert.equal(you?.text, 'nothing is waiting for you until it ends');
		} else if (mine) {
			assert.ok([mine.text, ...mine.roles.map(role => `as ${role}: ${mine.text}`)].includes(you?.text ?? ''));
			assert.equal(you?.act, mine.act);
		} else assert.equal(you?.act ?? null, null);
	});
});

test('S5 NEXT asks nobody for what the rules refuse', () => {
	always(moment => {
		for (const next of moment.snapshot.waits.slice(0, 1)) {
			const refusal = impossible(moment, next);
			assert.equal(refusal, null, `${refusal?.code} ${refusal?.why}, ${said(moment, next)}`);
		}
	});
});

/** When it began to wait, as the journal knows it, whatever the snapshot says; null where it does not. */
const begunToWait = ({state, snapshot}: Moment, {target, text}: Next): number | null => {
	const running = Object.values(state.attempts).find(
		({ended, within, target: of}) => ended === null && within === null && targetName(of) === target?.id,
	);
	if (running) return running.at;
	if (target?.kind === 'gate') return state.gates[target.id]?.judgement?.at ?? null;
	if (target?.kind === 'trigger') {
		const {fired, asked, down} = state.triggers[target.id] ?? {};
		return fired?.at ?? down?.since ?? asked?.at ?? null;
	}
	const stage = target?.kind === 'stage' ? snapshot.stages.find(({id}) => id === target.id) : undefined;
	if (stage) return stage.state === 'waiting' ? null : (stage.ended ?? stage.started ?? stage.planned);
	if (text.startsWith('ROLL BACK')) return Math.max(0, ...snapshot.triggers.map(({firedAt}) => firedAt ?? 0));
	if (target !== null || state.status === 'rolled-back') return null;
	return snapshot.heldSince ?? snapshot.rollback?.since ?? null;
};

/** Until when, as the journal knows it: a limit, an answer that is due, what fires, proof that is awaited. */
const endOfWait = ({state, snapshot}: Moment, {act, target}: Next): number | null => {
	const running = Object.values(state.attempts).find(
		({ended, within, stop, target: of}) => ended === null && !within && !stop && targetName(of) === target?.id,
	);
	if (act === null && running) return running.limitSeconds === null ? null : running.at + 1000 * running.limitSeconds;
	const trigger = target?.kind === 'trigger' ? snapshot.triggers.find(({id}) => id === target.id) : undefined;
	if (trigger) return act === 'observed' ? null : (trigger.firesAt ?? trigger.answerBy);
	if (act === 'prove' || (act === null && target?.kind === 'path')) return snapshot.rollback?.proveBy ?? null;
	return null;
};

test('S5 Every wait says who, since when, until when and what then, where the journal knows it', () => {
	always(moment => {
		const {next, you, waits} = moment.snapshot;
		for (const each of waits) {
			assert.ok(each.text.trim() && (each.who === null || each.who.trim()), said(moment, each));
			if (each.act !== null) assert.ok(each.who, said(moment, each));
			else assert.ok(each.who !== null || /by |\(.+\)|silent/.test(each.text), said(moment, each));
		}
		for (const each of [next, you?.act === null ? null : you, ...waits]) {
			if (each === null) continue;
			const [since, due] = [begunToWait(moment, each), endOfWait(moment, each)];
			if (since !== null) assert.notEqual(each.since, null, `since ${since}: ${said(moment, each)}`);
			assert.ok(each.since === null || each.since <= moment.at, said(moment, each));
			if (due !== null) assert.equal(each.due, due, said(moment, each));
			// YOU leaves out a decision that others take.
			if (each !== you) assert.equal(each.after === null, each.act === 'close', said(moment, each));
		}
	});
});

test('S5 Every row that waits says who and since when, and row 1 since when it is loud', () => {
	always(moment => {
		const {gates, stages, headline, poll, signOffs, status} = moment.snapshot;
		for (const {id, awaits, owners, verdict, since} of gates) {
			if (verdict === 'pass') continue;
			assert.ok(awaits.length + owners.length > 0, `${id} ${verdict} of nobody`);
			assert.equal(since === null && moment.state.gates[id]?.judgement != null, false, `${id} ${verdict} since?`);
		}
		for (const {id, state, awaits, planned, started, ended} of stages) {
			if (['done', 'skipped', 'not reached'].includes(state)) continue;
			const voted = poll?.stage === id;
			assert.ok(awaits.length > 0 || voted, `${status}: ${id} ${state} waits for nobody`);
			if (['running', 'open'].includes(state)) assert.notEqual(started, null, `${id} ${state} since?`);
			if (['failed', 'lost'].includes(state)) assert.notEqual(ended, null, `${id} ${state} since?`);
			assert.ok(Number.isFinite(planned));
		}
		for (const {id, role, signed, notRecorded, blockedBy} of signOffs)
			if (!signed && notRecorded === null) assert.ok(role && blockedBy.every(what => what.trim()), id);
		if (headline.loud) assert.notEqual(headline.since, null, `${headline.word} since?`);
	});
});

const workedOn = ['waiting', 'due', 'overdue', 'open', 'failed', 'lost', 'running'];

test('S5 NEXT speaks of rows as they are: no gate that passes is run, no stage that is done is asked for', () => {
	always(moment => {
		const {waits, gates, stages, signOffs, triggers} = moment.snapshot;
		for (const next of waits) {
			const {target, act} = next;
			if (act === null || target === null) continue;
			const gate = target.kind === 'gate' ? gates.find(({id}) => id === target.id) : undefined;
			const stage = target.kind === 'stage' ? stages.find(({id}) => id === target.id) : undefined;
			const signOff = target.kind === 'signOff' ? signOffs.find(({id}) => id === target.id) : undefined;
			const trigger = target.kind === 'trigger' ? triggers.find(({id}) => id === target.id) : undefined;
			const ends = gate !== undefined && gate.until !== null && gate.until < moment.state.t0;
			if (gate) assert.ok(ends || (gate.verdict !== 'pass' && gate.verdict !== 'running'), said(moment, next));
			if (stage) assert.ok(workedOn.includes(stage.state), `${stage.state} ${said(moment, next)}`);
			if (signOff) assert.ok(!signOff.signed && signOff.notRecorded === null, said(moment, next));
			if (trigger) assert.notEqual(trigger.state, 'disarmed', said(moment, next));
		}
	});
});

test('row 1 agrees with the rows: HOLD, FIRED, OUTAGE, T0 LATE and the gates that pass', () => {
	always(moment => {
		const {headline, status, heldSince, triggers, gates, stages, endpoints, at} = {...moment.snapshot, at: moment.at};
		const word = headline.word;
		assert.equal(word === 'HOLD', status === 'hold', word);
		assert.equal(heldSince !== null, status === 'hold', status);
		if (word === 'FIRED') assert.ok(triggers.some(({state}) => state === 'fired'));
		if (word === 'OUTAGE')
			assert.ok(triggers.some(({outageSeconds, firesAt}) => outageSeconds !== null && firesAt !== null));
		if (word === 'T0 LATE') assert.ok(moment.snapshot.t0Started === null && at > moment.snapshot.t0);
		if (word === 'PREPARING')
			assert.match(headline.text, new RegExp(`^${gates.filter(({verdict}) => verdict === 'pass').length} of`));
		for (const {down} of triggers)
			if (down) assert.notEqual(endpoints.find(({name}) => name === down.endpoint)?.state, 'up', 'UP beside DOWN');
		assert.equal(stages.some(({state}) => state === 'not reached') && status === 'preparing', false);
	});
});

const ended = ['abandoned', 'closed', 'rolled-back'];

test('S5 Nothing is due after the end: no stage waits, no trigger is armed, no question is open; and none is armed once a rollback began', () => {
	always(moment => {
		const {status, stages, triggers, waits, next, rollback} = moment.snapshot;
		if (rollback !== null)
			for (const {id, state} of triggers)
				assert.ok(state === 'disarmed' || state === 'fired', `${status}: trigger ${id} ${state}`);
		if (!ended.includes(status)) return;
		for (const {id, state} of stages)
			assert.ok(!['waiting', 'due', 'overdue'].includes(state), `${status}: ${id} ${state}`);
		for (const {id, state, firesAt, answerBy, askedAt} of triggers) {
			assert.ok(state === 'disarmed' || state === 'fired', `${status}: trigger ${id} ${state}`);
			assert.deepEqual([firesAt, answerBy, askedAt], [null, null, null], `${status}: trigger ${id}`);
		}
		assert.deepEqual(
			waits.filter(({due, act}) => due !== null && act !== null),
			[],
		);
		if (status === 'closed') assert.deepEqual([next, waits], [null, []]);
	});
});
