/*
What a gate's last judgement is worth at an instant: only a pass turns stale (RULES G2), and once T0 is begun verdicts
are frozen. A reading of time and of what the shell has seen; nothing is journaled here.
*/

import {sameName} from '../../text/same-name.ts';
import {minutes} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {attemptKey} from '../model/attempt-target.ts';
import type {Observation} from '../model/command.ts';
import {type Digests, digestText, type Gate, type Runbook, type Stage} from '../model/runbook.ts';
import type {Acknowledgement, GateState, Judgement, State} from '../model/state.ts';

/** A verdict and, for a stale one, why. */
export type GateVerdict = 'pending' | 'running' | 'pass' | 'fail' | 'unknown' | 'stale';

export type Reading = {readonly verdict: GateVerdict; readonly reason: string | null};

export const gateOf = (runbook: Runbook, id: string): Gate | undefined =>
	runbook.gates.find(gate => sameName(gate.id, id));

/** A group as the gate spells it; as it was named where the gate names none. */
export const groupOf = ({groups}: Gate, name: string): string | undefined =>
	groups.length === 0 ? name : groups.find(group => sameName(group, name.replaceAll(/\s+/g, '-')));

/** Judged by words of people; needs no process. */
export const byWords = (gate: Gate): boolean => gate.kind === 'acknowledgement' || gate.kind === 'statement';

/** A file looked at then and now differs; one that was not looked up counts as it was. */
const changedFile = (then: Digests, now: Digests): string | undefined =>
	Object.keys(then).find(path => Object.hasOwn(now, path) && now[path] !== then[path]);

type Judged = {readonly was: GateState; readonly judgement: Judgement; readonly begun: number};

/** `begun`: what changed after it was not what was judged. */
const staleBecause = (
	gate: Gate,
	{was, judgement, begun}: Judged,
	at: number,
	observed: Observation,
): string | null => {
	if (was.rowChanged !== null && was.rowChanged > begun) return 'its row in the runbook changed';
	const file = changedFile(judgement.files, observed.files);
	if (file) return `${file} changed`;
	if (byWords(gate)) return null;
	const head = observed.heads[gate.id];
	if (typeof head === 'object' && head !== null) return `whether the workspace changed is unknown: ${head.unknown}`;
	if (head !== undefined && head !== judgement.head)
		return `the workspace moved to commit ${head?.slice(0, 8) ?? 'none'}`;
	return judgement.until !== null && at > judgement.until
		? `it is older than ${minutes(judgement.until - judgement.at)}`
		: null;
};

/** Whether a pass that is valid until then (ms) is none any more at T0: no go is taken by it. */
export const endsBeforeT0 = ({t0}: State, until: number | null): boolean => until !== null && until < t0;

/** When the attempt began that judged it. */
const begunAt = ({attempts}: State, {id}: Gate, {attempt, at}: Judgement): number =>
	attempts[attemptKey({target: {gate: id}, attempt})]?.at ?? at;

/** The verdict in force. */
export const verdictOf = (state: State, gate: Gate, at: number, observed: Observation): Reading => {
	const was = state.gates[gate.id];
	const judgement = was?.judgement;
	if (!was || !judgement) return {verdict: was?.judging ? 'running' : 'pending', reason: null};
	if (judgement.verdict !== 'pass' || state.t0Started !== null)
		return {verdict: judgement.verdict, reason: judgement.reason};
	const why = staleBecause(gate, {was, judgement, begun: begunAt(state, gate, judgement)}, at, observed);
	return why === null ? {verdict: 'pass', reason: judgement.reason} : {verdict: 'stale', reason: why};
};

/** A stage failed or was lost, and every gate that it judges passes by now: nothing waits for it. */
export const isSettled = (state: State, stage: Stage, at: number, observed: Observation): boolean => {
	const outcome = state.stages[stage.id]?.outcome;
	if (outcome !== 'failed' && outcome !== 'lost') return false;
	const gates = state.runbook?.gates.filter(({id}) => stage.gates.includes(id)) ?? [];
	return gates.length > 0 && gates.every(gate => verdictOf(state, gate, at, observed).verdict === 'pass');
};

/** A word holds while the files that the gate cites are what they were when it was given (RULES G4). */
export const holds = (word: Acknowledgement | undefined, gate: Gate, observed: Observation): word is Acknowledgement =>
	word !== undefined &&
	gate.files.every(path => !Object.hasOwn(observed.files, path) || (word.files[path] ?? null) === observed.files[path]);

/** Groups of a gate whose yes is missing. */
export const awaited = (state: State, gate: Gate, observed: Observation): readonly string[] => {
	const words = state.gates[gate.id]?.words ?? {};
	const said = (group: string): boolean => holds(words[group], gate, observed) && words[group]?.yes === true;
	if (gate.groups.length === 0) return Object.keys(words).some(said) ? [] : ['anyone'];
	return gate.need === 'any' && gate.groups.some(said) ? [] : gate.groups.filter(group => !said(group));
};

const quickMs = 30_000;

const quick = (state: State, gate: Gate): boolean => {
	const judgement = state.gates[gate.id]?.judgement;
	return byWords(gate) || !judgement || judgement.at - begunAt(state, gate, judgement) < quickMs;
};

/** The gates that an attempt of this stage judges: all of its own; the decision stage only what is not pass, or quick. */
export const gatesToJudge = (state: State, stage: Stage, at: number, observed: Observation): readonly string[] => {
	const gates = state.runbook?.gates.filter(gate => stage.gates.includes(gate.id)) ?? [];
	const again = (gate: Gate): boolean =>
		stage.kind !== 'decision' || verdictOf(state, gate, at, observed).verdict !== 'pass' || quick(state, gate);
	return gates.filter(again).map(gate => gate.id);
};

/** Approved files that differ now (RULES H1). */
export const changedBytes = (state: State, observed: Observation): readonly string[] =>
	Object.keys(state.approved).filter(
		path => Object.hasOwn(observed.approved, path) && observed.approved[path] !== state.approved[path],
	);

/** They and how they differ. */
export const changesText = (state: State, observed: Observation): string =>
	listed(
		changedBytes(state, observed).map(
			path => `${path} (approved ${digestText(state.approved[path])}, now ${digestText(observed.approved[path])})`,
		),
	);
