/** A trigger as it stands. With no endpoint bound an outage reads `not measured` unless people run its clock. */
import type {Trigger} from '../runbook.ts';
import type {TriggerStanding, TriggerStateWord} from '../standing.ts';
import type {State, TriggerState} from '../state.ts';
import {factWord, firesAt, openQuestion, outageFrom, silent} from '../triggers.ts';

/** From this share of the threshold on, an outage warns. */
const warnShare = 0.5;

const outageWord = (trigger: Trigger, was: TriggerState, at: number): TriggerStateWord => {
	const from = outageFrom(was);
	if (trigger.kind !== 'outage' || from === null) return 'not measured';
	return at - from >= trigger.thresholdSeconds * 1000 * warnShare ? 'warning' : 'armed';
};

const word = (state: State, trigger: Trigger, was: TriggerState, at: number): TriggerStateWord => {
	if (was.armedAt === null) return 'disarmed';
	if (was.fired) return 'fired';
	if (trigger.kind === 'outage') return outageWord(trigger, was, at);
	return openQuestion(state, trigger) ? 'partly confirmed' : 'armed';
};

const facts = (trigger: Trigger, was: TriggerState): TriggerStanding['facts'] =>
	trigger.kind === 'outage'
		? []
		: was.facts.map(fact => {
				const answers = Object.values(fact.answers);
				const names = (yes: boolean) => answers.filter(answer => answer.yes === yes).map(answer => answer.by.name);
				return {text: fact.text, yes: names(true), no: names(false), awaits: silent(trigger, was, fact)};
			});

const downSeconds = (was: TriggerState, at: number): number => {
	const from = outageFrom(was);
	const past = was.outages.reduce(
		(sum, {start, end}) => sum + Math.max(0, end - Math.max(start, was.armedAt ?? start)),
		0,
	);
	return Math.round((past + (from === null ? 0 : at - from)) / 1000);
};

const nothing: TriggerState = {
	armedAt: null,
	facts: [],
	asked: null,
	laidAside: null,
	down: null,
	outages: [],
	fired: null,
	firedBefore: [],
	standDown: [],
};

export const triggerStanding = (state: State, trigger: Trigger, at: number): TriggerStanding => {
	const was = state.triggers[trigger.id] ?? nothing;
	const from = outageFrom(was);
	const fromFacts =
		trigger.kind === 'confirmation'
			? was.facts
					.filter(fact => factWord(trigger, was, fact) === 'yes')
					.flatMap(fact =>
						Object.values(fact.answers)
							.filter(answer => answer.yes)
							.map(answer => answer.by.name),
					)
			: [];
	const list = facts(trigger, was);
	return {
		id: trigger.id,
		kind: trigger.kind,
		text: trigger.text,
		state: word(state, trigger, was, at),
		outageSeconds:
			from === null
				? was.fired && trigger.kind === 'outage'
					? was.fired.elapsedSeconds
					: null
				: Math.round((at - from) / 1000),
		thresholdSeconds: trigger.kind === 'outage' ? trigger.thresholdSeconds : null,
		firesAt: trigger.kind === 'outage' && !was.fired ? firesAt(trigger, was) : null,
		firedAt: was.fired?.at ?? null,
		confirmedBy: [...new Set(fromFacts)],
		facts: list,
		answerBy: openQuestion(state, trigger)?.until ?? null,
		disputed: list.some(fact => fact.yes.length > 0 && fact.no.length > 0),
		roles: trigger.roles,
		outages: was.outages.length + (was.down ? 1 : 0),
		downSeconds: downSeconds(was, at),
	};
};
