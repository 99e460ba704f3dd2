/** A gate as it stands: its verdict in force, whose word it waits for, and what it cost to pass (RULES G5). */

import {awaited, byWords, verdictOf} from '../due/gate-verdict.ts';
import {attemptKey} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {silenceOf} from '../model/hosts.ts';
import type {Person} from '../model/person.ts';
import type {Gate} from '../model/runbook.ts';
import type {Judgement, State} from '../model/state.ts';
import type {GateSnapshot} from './gate-snapshot.ts';

/** The person behind a verdict: who gave it, or who started the attempt that judged. */
const judge = (state: State, gate: string, {by, attempt}: Judgement): Person => {
	const own = state.attempts[attemptKey({target: {gate}, attempt})];
	const within = own?.within && state.attempts[attemptKey(own.within)];
	return by.strength === 'process' ? (within?.by ?? own?.by ?? by) : by;
};

/** Why it is unknown, with what its lost or stopped attempt left running. */
const reasonOf = (
	state: State,
	gate: string,
	verdict: GateSnapshot['verdict'],
	reason: string | null,
): string | null => {
	const {attempts = 0} = state.gates[gate] ?? {};
	const still =
		verdict === 'unknown' ? (state.attempts[attemptKey({target: {gate}, attempt: attempts})]?.ended?.still ?? []) : [];
	return reason === null || still.length === 0 ? reason : `${reason}; still running: ${still.join(', ')}`;
};

export const gateSnapshot = (state: State, gate: Gate, at: number, observed: Observation): GateSnapshot => {
	const was = state.gates[gate.id];
	const judgement = was?.judgement ?? null;
	const {verdict, reason} = verdictOf(state, gate, at, observed);
	const attempt = was?.judging
		? state.attempts[attemptKey({target: {gate: gate.id}, attempt: was.attempts})]
		: undefined;
	const by = verdict === 'running' ? attempt?.by : judgement ? judge(state, gate.id, judgement) : undefined;
	return {
		id: gate.id,
		title: gate.title,
		kind: gate.kind,
		verdict,
		unheard: attempt !== undefined && silenceOf(observed.hosts, attempt.host) !== null,
		judging: was?.judging !== null && was?.judging !== undefined && judgement !== null,
		since: verdict === 'running' ? (attempt?.at ?? null) : (judgement?.at ?? null),
		until: verdict === 'pass' ? (judgement?.until ?? null) : null,
		by: by?.name ?? null,
		attempt: was?.attempts ?? 0,
		reason: reasonOf(state, gate.id, verdict, reason),
		awaits: byWords(gate) && verdict !== 'pass' && state.t0Started === null ? awaited(state, gate, observed) : [],
		owners: gate.owners,
		failedBefore:
			verdict === 'pass' || verdict === 'stale'
				? (was?.judgements ?? []).filter(past => past.verdict === 'fail').length
				: 0,
		cause: state.remarks[gate.id]?.text ?? null,
		words: gate.groups.flatMap(group => {
			const word = was?.words[group];
			if (!word) return [];
			const {name: by, strength: identity, relay} = word.by;
			return [{group, yes: word.yes, by, at: word.at, identity, relayedBy: relay?.by ?? null}];
		}),
	};
};
