/** Judging gates: by a runner, by files and words, and by the words of the named groups (RULES G). */

import {stamp, wall} from '../../../text/time.ts';
import {awaited, byWords, gateOf, groupOf, holds} from '../../due/gate-verdict.ts';
import {type AttemptRef, attemptKey, targetName} from '../../model/attempt-target.ts';
import type {Event, EventData} from '../../model/event.ts';
import {noGate} from '../../model/initial.ts';
import type {Digests, Gate} from '../../model/runbook.ts';
import type {Acknowledgement, GateState, State} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {allAre, fields, listed, refuse, usageError} from '../refusal.ts';
import {afterVerdict} from './consequences.ts';
import {beforeT0, reasonFor} from './plan.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {started} from './started.ts';

const stateOf = (state: State, gate: Gate): GateState => state.gates[gate.id] ?? noGate;

const digests = (gate: Gate, {observed}: RuleContext): Digests =>
	Object.fromEntries(gate.files.map(path => [path, observed.files[path] ?? null]));

type Words = {verdict: EventData['judged']['verdict']; reason: string | null};

/** Files first, a missing one is a fail; then a denial; then every missing word. */
const weigh = (state: State, gate: Gate, asked: RuleContext): Words => {
	const files = digests(gate, asked);
	const missing = gate.files.filter(path => files[path] === null);
	if (missing.length > 0) return {verdict: 'fail', reason: `${allAre(missing)} missing`};
	const denied = Object.entries(stateOf(state, gate).words).find(
		([, word]) => holds(word, gate, asked.observed) && !word.yes,
	);
	if (denied)
		return {
			verdict: 'fail',
			reason: `${denied[0]} (${denied[1].by.name}) says no${denied[1].reason === null ? '' : `, "${denied[1].reason}"`}`,
		};
	const missingWords = awaited(state, gate, asked.observed);
	return missingWords.length === 0
		? {verdict: 'pass', reason: null}
		: {verdict: 'pending', reason: `waits for ${listed(missingWords)}`};
};

const judged = (state: State, gate: Gate, words: Words, asked: RuleContext): readonly Event[] => [
	{
		type: 'judged',
		data: {
			gate: gate.id,
			attempt: stateOf(state, gate).attempts + 1,
			...words,
			head: null,
			files: digests(gate, asked),
			until: null,
			log: null,
		},
	},
	...afterVerdict(state, gate.id, words.verdict, words.reason),
];

/** A gate that words judge needs no process: what can be judged now is. */
const judgeByWords = (state: State, gate: Gate, asked: RuleContext): readonly Event[] =>
	judged(state, gate, weigh(state, gate, asked), asked);

/** A gate by itself, or from inside a stage's attempt. */
export const runGate = (state: State, gate: Gate, within: AttemptRef | null, asked: RuleContext): Decision => {
	const no = beforeT0(state);
	if (no) return no;
	const {judging} = stateOf(state, gate);
	const by = judging && state.attempts[attemptKey(judging)];
	if (judging && by)
		return refuse(
			'gate-running',
			`${gate.id} is judged since ${wall(by.at)} by ${by.by.name} (${attemptKey(judging)}).`,
			`Wait for it, or stop ${targetName(judging.target)}.`,
		);
	if (byWords(gate)) return judgeByWords(state, gate, asked);
	const {playbook, timeoutSeconds: limitSeconds} = gate;
	return [started({gate: gate.id}, stateOf(state, gate).attempts + 1, {within, playbook, limitSeconds})];
};

const withWord = (state: State, gate: Gate, group: string, word: Acknowledgement): State => {
	const was = stateOf(state, gate);
	return {...state, gates: {...state.gates, [gate.id]: {...was, words: {...was.words, [group]: word}}}};
};

/** A word judges the gate at once where it decides: the last yes, a denial, or one that lifts a denial. */
const afterWord = (state: State, gate: Gate, yes: boolean, asked: RuleContext): readonly Event[] => {
	const missing = awaited(state, gate, asked.observed);
	if (!yes) return judged(state, gate, denial(state, gate, asked), asked);
	if (missing.length === 0) return judgeByWords(state, gate, asked);
	const verdict = stateOf(state, gate).judgement?.verdict;
	return verdict === 'fail' || verdict === 'pass' ? judgeByWords(state, gate, asked) : [];
};

const denial = (state: State, gate: Gate, asked: RuleContext): Words => {
	const word = Object.values(stateOf(state, gate).words).findLast(given => !given.yes && given.at === asked.at);
	return {verdict: 'fail', reason: `no${word?.reason ? `, "${word.reason}"` : ''}`};
};

export const gateRules = {
	acknowledge: (state, data, asked) => {
		const gate = gateOf(asked.runbook, data.gate);
		if (!gate) return unknown('gate', data.gate, asked.runbook.gates);
		if (!byWords(gate))
			return refuse('nothing-to-acknowledge', `${gate.id} is judged by its ${gate.kind}.`, `Run ${gate.id} instead.`);
		const no = beforeT0(state) ?? (data.yes ? null : reasonFor(data.reason, 'a no'));
		if (no) return no;
		const named = data.group ?? asked.by.role ?? asked.by.name;
		const group = groupOf(gate, named);
		if (group === undefined) return unknown(`group of ${gate.id}`, named, gate.groups);
		const before = stateOf(state, gate).words[group];
		if (data.yes && before?.yes && holds(before, gate, asked.observed))
			return refuse(
				'already-answered',
				`${before.by.name} said yes for ${group} at ${wall(before.at)}.`,
				'Nothing to do. To take it back, answer no with a reason.',
				fields('no', 'reason'),
			);
		const files = digests(gate, asked);
		const next = withWord(state, gate, group, {at: asked.at, by: asked.by, reason: data.reason, yes: data.yes, files});
		return [
			{type: 'acknowledged', data: {gate: gate.id, group, yes: data.yes, reason: data.reason, files}},
			...afterWord(next, gate, data.yes, asked),
		];
	},
	runWithin: (state, data, asked) => {
		const gate = gateOf(asked.runbook, data.gate);
		const attempt = state.attempts[attemptKey(data)];
		if (!gate || !attempt)
			return usageError(
				'unknown-gate',
				`There is no ${gate ? `attempt ${attemptKey(data)}` : `gate ${data.gate}`}.`,
				'Run the stage again.',
			);
		if (attempt.ended) return refuse('attempt-ended', `${attemptKey(data)} has ended.`, 'Run the stage again.');
		return runGate(state, gate, {target: attempt.target, attempt: attempt.attempt}, asked);
	},
	judge: (state, data, {runbook, at}) => {
		const gate = gateOf(runbook, data.gate);
		const judging = gate && state.gates[gate.id]?.judging;
		if (!gate || !judging || state.gates[gate.id]?.attempts !== data.attempt)
			return refuse('not-judging', `${data.gate} is not judged by attempt ${data.attempt} now.`, 'Run the gate again.');
		const until = data.verdict === 'pass' ? stamp(at + gate.maxAgeSeconds * 1000) : null;
		return [{type: 'judged', data: {...data, until}}, ...afterVerdict(state, gate.id, data.verdict, data.reason)];
	},
} satisfies Partial<Rules>;
