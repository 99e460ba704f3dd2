/*
The rollback triggers that people answer: facts by role, and an outage clock run by hand. Readings of the state; the
clock over measured samples comes with the probes. T1: disarmed until T0 is begun, armed until close.
*/
import type {ConfirmationTrigger, OutageTrigger, Runbook, Trigger} from '../model/runbook.ts';
import type {FactState, State, TriggerState} from '../model/state.ts';

/** The trigger for which people answer in the place of samples: the first outage, else the first of all. */
export const attestedFor = ({triggers}: Runbook): string | null =>
	(triggers.find(({kind}) => kind === 'outage') ?? triggers[0])?.id ?? null;

/** Ids of those that fired and were not stood down. */
export const firedTriggers = ({triggers}: State): readonly string[] =>
	Object.entries(triggers).flatMap(([id, {fired}]) => (fired ? [id] : []));

/** Whether a trigger that is armed may still fire: until a rollback answers it, or the cutover is over. */
export const canFire = ({rollback, status}: State): boolean =>
	rollback === null && (status === 'executing' || status === 'observing' || status === 'kept');

/** The state of one fact: yes, no (it cannot become yes any more), or open. */
export type FactWord = 'yes' | 'no' | 'open';

const rolesAsked = (trigger: ConfirmationTrigger, was: TriggerState): readonly string[] =>
	trigger.roles.length > 0 ? trigger.roles : (was.asked?.roles ?? []);

const answersOf = (fact: FactState) => Object.values(fact.answers);

/** `any`: a yes beats a no; `all`: each role says yes. Nobody named: the first answer decides. */
export const factWord = (trigger: ConfirmationTrigger, was: TriggerState, fact: FactState): FactWord => {
	const answers = answersOf(fact);
	const roles = rolesAsked(trigger, was);
	const yes = answers.filter(answer => answer.yes).length;
	const no = answers.length - yes;
	if (trigger.need === 'any' || roles.length === 0) {
		if (yes > 0) return 'yes';
		return no > 0 && no >= Math.max(roles.length, 1) ? 'no' : 'open';
	}
	if (no > 0) return 'no';
	return roles.every(role => fact.answers[role]?.yes) ? 'yes' : 'open';
};

/** All facts are yes. */
export const confirmed = (trigger: ConfirmationTrigger, was: TriggerState): boolean =>
	was.facts.length > 0 && was.facts.every(fact => factWord(trigger, was, fact) === 'yes');

/** A no that makes firing impossible ends the asking (RULES T3). */
export const impossible = (trigger: Trigger | undefined, was: TriggerState): boolean =>
	trigger?.kind === 'confirmation' && was.facts.some(fact => factWord(trigger, was, fact) === 'no');

/** Roles whose answer to a fact is missing. */
export const silent = (trigger: ConfirmationTrigger, was: TriggerState, fact: FactState): readonly string[] =>
	factWord(trigger, was, fact) === 'open' ? rolesAsked(trigger, was).filter(role => !fact.answers[role]) : [];

export type Question = {readonly awaits: readonly string[]; readonly until: number | null; readonly yes: boolean};

/** A confirmation trigger that somebody asked or partly confirmed, and that can still fire. */
export const openQuestion = (state: State, trigger: Trigger): Question | null => {
	const was = state.triggers[trigger.id];
	if (trigger.kind !== 'confirmation' || !was || was.fired || was.armedAt === null) return null;
	const yes = was.facts.some(fact => answersOf(fact).some(answer => answer.yes));
	if ((was.asked === null && !yes) || impossible(trigger, was) || confirmed(trigger, was)) return null;
	return {
		awaits: [...new Set(was.facts.flatMap(fact => silent(trigger, was, fact)))],
		until: was.asked?.until ?? null,
		yes,
	};
};

/** From when the running outage by hand counts: its start, or the arming if that is later. Null where none runs. */
export const outageFrom = (was: TriggerState): number | null =>
	was.down && was.armedAt !== null ? Math.max(was.down.since, was.armedAt) : null;

/** When the running outage by hand fires, in ms; the first tick after it does (strict) or at it. */
export const firesAt = (trigger: OutageTrigger, was: TriggerState): number | null => {
	const from = outageFrom(was);
	return from === null ? null : from + trigger.thresholdSeconds * 1000;
};

/** Past its threshold at that time. */
export const exceeds = (trigger: OutageTrigger, was: TriggerState, at: number): boolean => {
	const limit = firesAt(trigger, was);
	return limit !== null && was.fired === null && (trigger.strict ? at > limit : at >= limit);
};
