/** Facts answered, outage clocks by hand, firing, and standing down. A fired trigger stays fired until it is re-armed. */
import {instant} from '../../text/time.ts';
import {isOverdue} from '../due/automatic.ts';
import {impossible} from '../due/triggers.ts';
import type {FactState, State} from '../model/state.ts';
import {change} from './change.ts';
import type {Evolvers} from './evolver.ts';
import {remember} from './health.ts';

const triggerOf = ({runbook}: State, id: string) => runbook?.triggers.find(trigger => trigger.id === id);

const unanswered = (facts: readonly FactState[]): readonly FactState[] => facts.map(fact => ({...fact, answers: {}}));

export const triggerEvolvers = {
	/** Asked once more after a no, it is answered anew. */
	confirmationRequested: (state, data, {at, by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			dismissed: null,
			facts: impossible(triggerOf(state, data.trigger), was) ? unanswered(was.facts) : was.facts,
			asked: {at, by, reason: null, roles: data.roles, until: instant(data.until)},
		})),
	factAnswered: (state, data, {at, by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			facts: was.facts.map((fact, index) =>
				index + 1 === data.fact
					? {
							...fact,
							answers: {
								...fact.answers,
								[data.role ?? by.name]: {at, by, reason: data.reason, yes: data.yes, role: data.role},
							},
						}
					: fact,
			),
		})),
	triggerDismissed: (state, data, {at, by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			asked: null,
			facts: unanswered(was.facts),
			dismissed: {at, by, reason: data.reason},
		})),
	clockDown: (state, data, {by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			down: {since: instant(data.since), by, reason: data.reason},
		})),
	clockUp: (state, data, {by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			down: null,
			outages: was.down ? [...was.outages, {start: was.down.since, end: instant(data.since), by}] : was.outages,
		})),
	fired: (state, data, {at, by}) =>
		change(remember(state, {type: 'fired', data}), 'triggers', data.trigger, was => ({
			...was,
			fired: {
				at: data.measured ? instant(data.measured.at) : at,
				by,
				reason: null,
				facts: data.facts,
				since: instant(data.since),
				elapsedSeconds: data.elapsedSeconds,
				reported: at,
				measured: data.measured ?? null,
			},
			standDown: [],
			missed: null,
		})),
	stoodDown: (state, data, {at, by}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			standDown: [...was.standDown, {at, by, reason: data.reason, role: data.role}],
		})),
	/** Of every trigger whose time had come. */
	autoRollbackSkipped: (state, {reason}, {at}) => ({
		...state,
		triggers: Object.fromEntries(
			Object.entries(state.triggers).map(([id, was]) => [
				id,
				was.fired && isOverdue(state, id, at) ? {...was, missed: {at, reason}} : was,
			]),
		),
	}),
	rearmed: (state, data, {at}) =>
		change(state, 'triggers', data.trigger, was => ({
			...was,
			armedAt: at,
			rearmedAt: [...was.rearmedAt, at],
			warned: null,
			asked: null,
			facts: unanswered(was.facts),
			fired: null,
			firedBefore: was.fired ? [...was.firedBefore, {at: was.fired.at, reason: data.reason}] : was.firedBefore,
			standDown: [],
			missed: null,
		})),
} satisfies Partial<Evolvers>;
