/** Verdicts and words. Once T0 is begun verdicts are frozen: a late one is in the journal and changes nothing (RULES G2). */

import {instant} from '../../text/time.ts';
import type {EventData} from '../model/event.ts';
import type {Attempt, GateState, Judgement, State} from '../model/state.ts';
import {change, changeAttempt} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';

const judgementOf = (data: EventData['judged'], {at, by}: Meta): Judgement => ({
	verdict: data.verdict,
	at,
	by,
	attempt: data.attempt,
	reason: data.reason,
	head: data.head,
	files: data.files,
	until: data.until === null ? null : instant(data.until),
	log: data.log,
});

const judged = (gate: GateState, judgement: Judgement): GateState => ({
	...gate,
	attempts: Math.max(gate.attempts, judgement.attempt),
	judging: null,
	judgement,
	fails: gate.fails + (judgement.verdict === 'fail' ? 1 : 0),
});

/** A judging inside a stage's attempt has no runner of its own: its verdict is its end. */
const endWithin = (state: State, data: EventData['judged'], at: number): State => {
	const close = (attempt: Attempt): Attempt =>
		attempt.within === null || attempt.ended !== null || data.verdict === 'pending'
			? attempt
			: {...attempt, ended: {at, outcome: data.verdict, exit: null, reason: data.reason, log: data.log, still: []}};
	return changeAttempt(state, {target: {gate: data.gate}, attempt: data.attempt}, close);
};

export const gateEvolvers = {
	judged: (state, data, meta) => {
		const next = (gate: GateState): GateState =>
			state.t0Started === null ? judged(gate, judgementOf(data, meta)) : {...gate, judging: null};
		return change(endWithin(state, data, meta.at), 'gates', data.gate, next);
	},
	acknowledged: (state, data, {at, by}) =>
		change(state, 'gates', data.gate, gate => ({
			...gate,
			words: {...gate.words, [data.group]: {at, by, reason: data.reason, yes: data.yes, files: data.files}},
		})),
} satisfies Partial<Evolvers>;
