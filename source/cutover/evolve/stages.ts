/** What people say of stages: T0 begun, outcomes, checklists, skips, evidence instead of an outcome, more time. */
import {instant} from '../../text/time.ts';
import {stageOfKind} from '../due/schedule.ts';
import type {EventData} from '../model/event.ts';
import type {StageState, State, TriggerState} from '../model/state.ts';
import {change, stageBegun, stageEnded} from './change.ts';
import type {Evolvers, Meta} from './evolver.ts';

const armed = (state: State, at: number): State['triggers'] =>
	Object.fromEntries(
		Object.entries(state.triggers).map(([id, trigger]): [string, TriggerState] => [id, {...trigger, armedAt: at}]),
	);

const answers = (stage: StageState, data: EventData['answered'], {at, by}: Meta): StageState['items'] => ({
	...stage.items,
	...Object.fromEntries(data.items.map(item => [item.name, {...item, by, at, note: data.note}])),
});

const reported =
	(data: EventData['reported'], meta: Meta) =>
	(stage: StageState): StageState => ({
		...stageBegun(stage, meta, data.early),
		ended: data.done === null ? meta.at : instant(data.done),
		outcome: data.result === 'pass' ? 'done' : 'failed',
		reason: data.result === 'pass' ? null : data.note,
		reference: data.reference ?? stage.reference,
		note: data.note ?? stage.note,
		by: meta.by,
	});

/** Counts as the answer until a person gives one. */
const measured =
	({attempt, items}: EventData['measured'], {at, by}: Meta) =>
	(stage: StageState): StageState => {
		const answered = Object.entries(stage.items).filter(
			([name, {by}]) => by.strength !== 'process' || !items.some(item => item.name === name),
		);
		const open = items.filter(({name}) => !answered.some(([known]) => known === name));
		const found = open.flatMap(({name, result, found: note}) =>
			result === null ? [] : [[name, {name, result, whole: false, overrules: null, by, at, note}] as const],
		);
		return {
			...stage,
			items: Object.fromEntries([...answered, ...found]),
			measured: {...stage.measured, ...Object.fromEntries(items.map(item => [item.name, {...item, at, attempt}]))},
		};
	};

export const stageEvolvers = {
	t0Begun: (state, data, meta) => {
		const began = instant(data.began);
		const next = change(state, 'stages', data.stage, stage => ({
			...stageBegun(stage, {...meta, at: began}, data.early),
			reference: data.reference,
		}));
		return {
			...next,
			status: 'executing',
			t0Started: began,
			ticketAtT0: data.ticket,
			triggers: armed(state, began),
		};
	},
	answered: (state, data, meta) =>
		change(state, 'stages', data.stage, stage => ({
			...stageBegun(stage, meta, null),
			items: answers(stage, data, meta),
		})),
	measured: (state, data, meta) => change(state, 'stages', data.stage, measured(data, meta)),
	reported: (state, data, meta) => {
		const next = change(state, 'stages', data.stage, reported(data, meta));
		if (
			stageOfKind(state.runbook, 'act')?.id !== data.stage ||
			(state.status !== 'executing' && state.status !== 'observing')
		)
			return next;
		return {...next, status: data.result === 'pass' ? 'observing' : 'executing'};
	},
	skipped: (state, data, meta) =>
		change(state, 'stages', data.stage, stage => stageEnded(stage, 'skipped', data.reason, meta)),
	stageMarkedDone: (state, data, meta) =>
		change(state, 'stages', data.stage, stage => stageEnded(stage, 'done', data.reason, meta)),
	extended: (state, data, {at, by}) => ({
		...state,
		extended: {at, by, reason: data.reason, until: instant(data.until)},
	}),
} satisfies Partial<Evolvers>;
