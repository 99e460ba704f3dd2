/** A gate as it stands: its verdict in force, whose word it waits for, and what it cost to pass (RULES G5). */
import {awaited, byWords, type GateVerdict, verdictOf} from '../due/gate-verdict.ts';
import {attemptKey} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {silenceOf} from '../model/hosts.ts';
import type {Person, Strength} from '../model/person.ts';
import type {Gate} from '../model/runbook.ts';
import type {Judgement, State} from '../model/state.ts';

/** Times in ms. */
export type GateSnapshot = {
	readonly id: string;
	readonly title: string;
	readonly kind: string;
	readonly verdict: GateVerdict;
	/** It is judged on a host that is silent: nobody knows whether it is. */
	readonly unheard: boolean;
	/** The last verdict stays in force while it is judged again. */
	readonly judging: boolean;
	readonly since: number | null;
	readonly until: number | null;
	readonly by: string | null;
	readonly attempt: number;
	readonly reason: string | null;
	/** Roles whose word is missing. */
	readonly awaits: readonly string[];
	readonly owners: readonly string[];
	/** Attempts that failed before it passed, and the cause that its owner gave (RULES G5). */
	readonly failedBefore: number;
	readonly cause: string | null;
	/** Words given, by group, in the order of the groups. */
	readonly words: readonly {
		readonly group: string;
		readonly yes: boolean;
		readonly by: string;
		readonly at: number;
		readonly identity: Strength;
		/** Who passed the word on. */
		readonly relayedBy: string | null;
	}[];
};

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
		unheard: attempt !== undefined && silenceOf(observed.hosts, attempt) !== null,
		judging: was?.judging !== null && was?.judging !== undefined && judgement !== null,
		since: verdict === 'running' ? (attempt?.at ?? null) : (judgement?.at ?? null),
		until: verdict === 'pass' ? (judgement?.until ?? null) : null,
		by: by?.name ?? null,
		attempt: was?.attempts ?? 0,
		reason: reasonOf(state, gate.id, verdict, reason),
		awaits: byWords(gate) && verdict !== 'pass' && state.t0Started === null ? awaited(state, gate, observed) : [],
		owners: gate.owners,
		failedBefore: verdict === 'pass' || verdict === 'stale' ? (was?.fails ?? 0) : 0,
		cause: state.remarks[gate.id]?.text ?? null,
		words: gate.groups.flatMap(group => {
			const word = was?.words[group];
			if (!word) return [];
			const {name: by, strength: identity, relay} = word.by;
			return [{group, yes: word.yes, by, at: word.at, identity, relayedBy: relay?.by ?? null}];
		}),
	};
};

/** `3 of 5 gates pass`. */
export const passingText = (gates: readonly Pick<GateSnapshot, 'verdict'>[]): string =>
	gates.length === 0
		? 'the runbook names no gates'
		: `${gates.filter(({verdict}) => verdict === 'pass').length} of ${gates.length} gates pass`;
