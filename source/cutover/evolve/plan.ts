/** Begin, approval, T0 and hold: the plan of the cutover and what stops it. */
import {instant} from '../../text/time.ts';
import {running, stageOfKind} from '../due/schedule.ts';
import {noGate, noStage, noTrigger} from '../model/initial.ts';
import {notifyTargetText} from '../model/notify.ts';
import type {Gate, Runbook, Stage, Trigger} from '../model/runbook.ts';
import type {GateState, State, TriggerState} from '../model/state.ts';
import {change, without} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';
import {remember} from './health.ts';

/** A fact in other words is asked anew. */
const triggerState = (trigger: Trigger, was: TriggerState | undefined): TriggerState => ({
	...(was ?? noTrigger),
	facts:
		trigger.kind === 'confirmation'
			? trigger.facts.map(text => was?.facts.find(fact => fact.text === text) ?? {text, answers: {}})
			: [],
});

/** Of channels that are still notified. */
const stillNotified = ({notNotified}: State, {notify = []}: Runbook): State['notNotified'] => {
	const names = notify.map(notifyTargetText);
	return Object.fromEntries(Object.entries(notNotified).filter(([to]) => names.includes(to)));
};

const sameRow = (a: Gate | undefined, b: Gate): boolean => {
	const row = (gate: Gate) => JSON.stringify({...gate, line: 0});
	return a === undefined || row(a) === row(b);
};

/** States of all rows of a runbook; what was before stays, and a gate whose row changed is stale and asks its words again. */
const rows = (state: State, runbook: Runbook, at: number): Pick<State, 'gates' | 'stages' | 'triggers'> => {
	const before = new Map(state.runbook?.gates.map(gate => [gate.id, gate]));
	const gateRow = (gate: Gate): [string, GateState] => {
		const was = state.gates[gate.id] ?? noGate;
		return [gate.id, sameRow(before.get(gate.id), gate) ? was : {...was, rowChanged: at, words: {}}];
	};
	return {
		gates: Object.fromEntries(runbook.gates.map(gateRow)),
		stages: Object.fromEntries(runbook.stages.map((stage: Stage) => [stage.id, state.stages[stage.id] ?? noStage])),
		triggers: Object.fromEntries(
			runbook.triggers.map(trigger => [trigger.id, triggerState(trigger, state.triggers[trigger.id])]),
		),
	};
};

const samePeople = (a: Runbook | null, b: Runbook): boolean => JSON.stringify(a?.people) === JSON.stringify(b.people);

const endHold = (state: State, at: number): Pick<State, 'hold' | 'holds'> => ({
	hold: null,
	holds: state.holds.map((hold, index) =>
		index === state.holds.length - 1 && hold.released === null ? {...hold, released: at} : hold,
	),
});

/** At another T0 the go/no-go is held again, and has not begun, unless it is judged just now. */
const decidedAnew = (state: State): State => {
	const decision = stageOfKind(state.runbook, 'decision');
	return !decision || running(state, decision.id)
		? state
		: change(state, 'stages', decision.id, ({attempts}) => ({...noStage, attempts}));
};

const word = (reason: string, {at, by}: Meta) => ({at, by, reason});

export const planEvolvers = {
	begun: (state, data, {at, by}) => ({
		...state,
		...rows(state, data.runbook, at),
		status: 'preparing',
		id: data.id,
		people: data.runbook.people,
		runbook: data.runbook,
		t0: instant(data.t0),
		ticket: data.ticket,
		environment: data.environment,
		zone: data.runbook.zone ?? data.zone ?? null,
		workspace: data.workspace,
		approved: data.approved,
		approvedBy: by,
		rehearsal: data.rehearsal,
		begun: {
			at,
			by,
			...(data.provided && {provided: data.provided}),
			...(data.authorities && {authorities: data.authorities}),
		},
	}),
	approved: (state, data, {at, by}) => ({
		...state,
		...rows(state, data.runbook, at),
		runbook: data.runbook,
		zone: data.runbook.zone ?? state.zone,
		people: samePeople(state.runbook, data.runbook) ? state.people : data.runbook.people,
		notNotified: stillNotified(state, data.runbook),
		approved: data.approved,
		approvedBy: by,
	}),
	scheduled: (state, data, meta) => ({
		...(data.t0 === data.was ? state : decidedAnew(state)),
		...(data.released ? {status: 'preparing' as const, ...endHold(state, meta.at)} : {}),
		t0: instant(data.t0),
		t0Set: word(data.reason, meta),
		t0Before:
			data.t0 === data.was
				? state.t0Before
				: [...state.t0Before, {t0: instant(data.was), reason: data.reason, until: meta.at}],
	}),
	holdPlaced: (state, data, {at, by}) => {
		const hold = {at, by, cause: data.cause, on: data.on, reason: data.reason};
		return {...state, status: 'hold', hold, holds: [...state.holds, {...hold, released: null}]};
	},
	frozen: (state, data, {at, by}) => ({...state, frozen: {at, by, reason: null, text: data.text}}),
	abandoned: (state, data, meta) => ({
		...state,
		...endHold(state, meta.at),
		status: 'abandoned',
		abandoned: word(data.reason, meta),
	}),
	closed: (state, data, meta) => ({
		...state,
		status: 'closed',
		closed: word(data.reason, meta),
		notRecorded: {
			...state.notRecorded,
			...Object.fromEntries(data.notRecorded.map(({what, reason}) => [what, reason])),
		},
	}),
	clockStepped: (state, data) => remember(state, {type: 'clockStepped', data}),
	repaired: state => state,
	watcherLost: (state, _, {at}) => ({...state, watchedFrom: at}),
	notificationFailed: (state, {channel, to, reason, since}) => ({
		...state,
		notNotified: {
			...state.notNotified,
			[to]: {channel, reason, since: state.notNotified[to]?.since ?? instant(since)},
		},
	}),
	onCallFound: (state, {role, ...found}, {at}) => ({...state, onCall: {...state.onCall, [role]: {...found, at}}}),
	notificationsRestored: (state, {to}) => ({...state, notNotified: without(state.notNotified, to)}),
} satisfies Partial<Evolvers>;
