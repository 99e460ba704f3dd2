/** A trigger now: from samples, or, with no endpoint bound, from people who run its clock. */
import {wall} from '../../text/time.ts';
import {automaticAt} from '../due/automatic.ts';
import {canFire, factWord, firesAt, openQuestion, outageFrom, type Question, silent} from '../due/triggers.ts';
import {
	blindSince,
	criticalThat,
	isMeasured,
	type OutageClock,
	observationOfEndpoint,
	outageClock,
} from '../health/endpoint-state.ts';
import type {Observation} from '../model/command.ts';
import {noTrigger} from '../model/initial.ts';
import {criticalOf, type OutageTrigger, type Trigger} from '../model/runbook.ts';
import type {FactState, MeasuredOutage, State, TriggerState} from '../model/state.ts';

export type TriggerStateWord =
	| 'disarmed'
	| 'armed'
	| 'warning'
	/** Asked, and nobody answered yet; `no answer`: nor did anybody until it was due. */
	| 'asked'
	| 'no answer'
	| 'partly confirmed'
	| 'fired'
	| 'blind'
	| 'not measured';

/** A question is open: answers are awaited. */
export const isAsked = ({state}: Pick<TriggerSnapshot, 'state'>): boolean =>
	state === 'asked' || state === 'no answer' || state === 'partly confirmed';

/** Times in ms. */
export type TriggerSnapshot = {
	readonly id: string;
	readonly kind: 'outage' | 'confirmation';
	readonly text: string;
	readonly state: TriggerStateWord;
	readonly outageSeconds: number | null;
	/** Of the endpoint that decides, while its outage runs; else the trigger's own. */
	readonly thresholdSeconds: number | null;
	/** The settings say it; else the runbook's words do. */
	readonly thresholdSet: boolean;
	/** When the running outage would fire. */
	readonly firesAt: number | null;
	readonly firedAt: number | null;
	readonly confirmedBy: readonly string[];
	/** Answers to each fact, newest of each role; empty for an outage. */
	readonly facts: readonly {
		readonly text: string;
		readonly yes: readonly string[];
		readonly no: readonly string[];
		readonly awaits: readonly string[];
	}[];
	/** When the open question was asked, and by when it is to be answered. */
	readonly askedAt: number | null;
	readonly answerBy: number | null;
	readonly disputed: boolean;
	readonly roles: readonly string[];
	/** Of outages since T0: how many, and how long in all. */
	readonly outages: number;
	readonly downSeconds: number;
	/** Samples tell it; else people run its clock by hand. */
	readonly measured: boolean;
	/** The endpoint that decides, while its outage runs; `confirmed`: it failed often enough in a row. */
	readonly down: {readonly endpoint: string; readonly confirmed: boolean; readonly unseenSeconds: number} | null;
	/** Names of critical endpoints that nobody can see, and for which nobody answers. */
	readonly blind: readonly string[];
	/** Some of them for as long as an outage that would fire. */
	readonly blindTooLong: boolean;
	/** Advice: up and down again and again. */
	readonly flapping: {readonly endpoint: string; readonly outages: number; readonly percent: number} | null;
	/** When the rollback begins by itself, unless somebody objects. */
	readonly automaticAt: number | null;
	/** Why it could not begin by itself. */
	readonly autoRollbackSkipped: string | null;
};

/** From this share of the threshold on, an outage warns. */
const warnShare = 0.5;

/** Nobody waits for the service any more. */
const isDecided = ({status}: State): boolean =>
	status === 'rolled-back' || status === 'abandoned' || status === 'closed';

/** Once a rollback has begun, no answer counts. */
const questionOf = (state: State, trigger: Trigger): Question | null =>
	canFire(state) ? openQuestion(state, trigger) : null;

/** The clock of the samples while an outage runs that counts for it. */
const clockOf = (state: State, trigger: Trigger, was: TriggerState, at: number, observed: Observation) =>
	trigger.kind === 'outage' && was.armedAt !== null && isMeasured(state) ? outageClock(trigger, observed, at) : null;

/** The outage that runs for it, by samples or by hand; times in ms. */
const running = (
	state: State,
	trigger: Trigger,
	was: TriggerState,
	at: number,
	clock: OutageClock | null,
): Pick<OutageClock, 'elapsed' | 'firesAt'> | null => {
	if (trigger.kind !== 'outage' || was.fired || isDecided(state)) return null;
	const from = outageFrom(was);
	const fires = firesAt(trigger, was);
	return isMeasured(state) || from === null || fires === null ? clock : {elapsed: at - from, firesAt: fires};
};

const measuredWord = (state: State, trigger: OutageTrigger, at: number, observed: Observation): TriggerStateWord => {
	if ((observed.health?.triggers[trigger.id]?.warned ?? 0) > 0) return 'warning';
	return criticalThat(state, 'unknown', observed, at).length > 0 ? 'blind' : 'armed';
};

const byHandWord = (trigger: OutageTrigger, was: TriggerState, at: number): TriggerStateWord => {
	const from = outageFrom(was);
	if (from === null) return 'not measured';
	return at - from >= trigger.thresholdSeconds * 1000 * warnShare ? 'warning' : 'armed';
};

/** Partly confirmed only with a yes: a question alone confirms nothing. */
const questionWord = (question: Question | null, at: number): TriggerStateWord => {
	if (question === null) return 'armed';
	if (question.yes || question.until === null) return 'partly confirmed';
	return at >= question.until ? 'no answer' : 'asked';
};

const word = (
	state: State,
	trigger: Trigger,
	was: TriggerState,
	at: number,
	observed: Observation,
): TriggerStateWord => {
	if (was.armedAt === null) return 'disarmed';
	if (was.fired) return 'fired';
	if (!canFire(state)) return 'disarmed';
	if (trigger.kind !== 'outage') return questionWord(questionOf(state, trigger), at);
	return isMeasured(state) ? measuredWord(state, trigger, at, observed) : byHandWord(trigger, was, at);
};

const saying = ({answers}: FactState, yes: boolean): readonly string[] =>
	Object.values(answers).flatMap(answer => (answer.yes === yes ? [answer.by.name] : []));

const facts = (trigger: Trigger, was: TriggerState): TriggerSnapshot['facts'] =>
	trigger.kind === 'outage'
		? []
		: was.facts.map(fact => ({
				text: fact.text,
				yes: saying(fact, true),
				no: saying(fact, false),
				awaits: silent(trigger, was, fact),
			}));

/** Who said yes to what is confirmed. */
const confirmedBy = (trigger: Trigger, was: TriggerState): readonly string[] => {
	if (trigger.kind === 'outage') return [];
	const confirmed = was.facts.filter(fact => factWord(trigger, was, fact) === 'yes');
	return [...new Set(confirmed.flatMap(fact => saying(fact, true)))];
};

/** Outages of critical endpoints since T0, as the journal tells them. */
const measuredOutages = ({outages, t0Started}: State): readonly MeasuredOutage[] =>
	t0Started === null ? [] : outages.filter(({critical, until}) => critical && (until === null || until > t0Started));

type Span = {readonly start: number; readonly end: number};

const spans = (state: State, was: TriggerState, at: number): readonly Span[] => {
	if (isMeasured(state)) return measuredOutages(state).map(({since, until}) => ({start: since, end: until ?? at}));
	return [...was.outages, ...(was.down ? [{start: was.down.since, end: at}] : [])];
};

/** Two endpoints that are down together are one time that people could not work. */
const downSeconds = (state: State, was: TriggerState, at: number): number => {
	let [until, ms] = [state.t0Started ?? at, 0];
	for (const {start, end} of spans(state, was, at).toSorted((a, b) => a.start - b.start)) {
		ms += Math.max(0, end - Math.max(start, until));
		until = Math.max(until, end);
	}
	return Math.round(ms / 1000);
};

const firedSeconds = (trigger: Trigger, was: TriggerState): number | null =>
	was.fired && trigger.kind === 'outage' ? was.fired.elapsedSeconds : null;

/** Counted from the arming on, as an outage is. */
const isBlindTooLong = (
	state: State,
	trigger: Trigger,
	was: TriggerState,
	at: number,
	observed: Observation,
): boolean => {
	const {armedAt} = was;
	if (trigger.kind !== 'outage' || armedAt === null) return false;
	const blind = criticalThat(state, 'unknown', observed, at);
	return criticalOf(state.runbook).some(endpoint => {
		const since = Math.max(armedAt, blindSince(state, endpoint, observed, at) ?? at);
		return (
			blind.includes(endpoint.name) && at - since >= (endpoint.thresholdSeconds ?? trigger.thresholdSeconds) * 1000
		);
	});
};

/** An endpoint may have a threshold of its own. */
const thresholdSeconds = (trigger: Trigger, clock: OutageClock | null): number | null => {
	if (trigger.kind !== 'outage') return null;
	return clock === null ? trigger.thresholdSeconds : clock.threshold / 1000;
};

export const triggerSnapshot = (state: State, trigger: Trigger, at: number, observed: Observation): TriggerSnapshot => {
	const was = state.triggers[trigger.id] ?? noTrigger;
	const clock = clockOf(state, trigger, was, at, observed);
	const outage = running(state, trigger, was, at, clock);
	const question = questionOf(state, trigger);
	const list = facts(trigger, was);
	return {
		id: trigger.id,
		kind: trigger.kind,
		text: trigger.text,
		state: word(state, trigger, was, at, observed),
		outageSeconds: outage ? Math.round(outage.elapsed / 1000) : firedSeconds(trigger, was),
		thresholdSeconds: thresholdSeconds(trigger, was.fired ? null : clock),
		thresholdSet: trigger.kind === 'outage' && trigger.thresholdSet === true,
		firesAt: canFire(state) ? (outage?.firesAt ?? null) : null,
		firedAt: was.fired?.at ?? null,
		confirmedBy: confirmedBy(trigger, was),
		facts: list,
		askedAt: question && (was.asked?.at ?? null),
		answerBy: question?.until ?? null,
		disputed: list.some(fact => fact.yes.length > 0 && fact.no.length > 0),
		roles: trigger.roles,
		outages: trigger.kind === 'outage' ? spans(state, was, at).length : 0,
		downSeconds: trigger.kind === 'outage' ? downSeconds(state, was, at) : 0,
		measured: trigger.kind === 'outage' && isMeasured(state),
		down: clock && {
			endpoint: clock.endpoint,
			confirmed: clock.confirmed,
			unseenSeconds: Math.round((observationOfEndpoint(observed, clock.endpoint)?.outage?.unseen ?? 0) / 1000),
		},
		blind: trigger.kind === 'outage' && was.armedAt !== null ? criticalThat(state, 'unknown', observed, at) : [],
		blindTooLong: isBlindTooLong(state, trigger, was, at, observed),
		flapping: was.armedAt === null ? null : (observed.health?.triggers[trigger.id]?.flapping ?? null),
		automaticAt: was.fired && trigger.automatic ? automaticAt(state) : null,
		autoRollbackSkipped: state.rollback === null ? (was.missed?.reason ?? null) : null,
	};
};

/** `trigger 1 fired at 22:38:20: api is down for more than 10 minutes`: the reason that a rollback is offered with. */
export function firedReason({id, firedAt, text, confirmedBy}: TriggerSnapshot): string {
	const at = firedAt === null ? '' : ` at ${wall(firedAt)}`;
	const by = confirmedBy.length === 0 ? '' : `, confirmed by ${confirmedBy.join(', ')}`;
	return `trigger ${id} fired${at}: ${text}${by}`;
}
