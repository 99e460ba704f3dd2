/**
The rollback that begins by itself where the settings say so (RULES T2): after a minute in which anybody may object, and
another one where nobody watched meanwhile, for those who find it so.
*/
import type {State} from '../model/state.ts';

/** A minute for anybody to object: the first word of standing down does. */
export const vetoMs = 60_000;

/** When this trigger begins one by itself, in ms; null where it does not. */
const dueOf = (state: State, id: string): number | null => {
	const {fired = null, standDown = [], missed = null} = state.triggers[id] ?? {};
	const from = Math.max(fired?.reported ?? 0, state.watchedFrom ?? 0);
	return fired && standDown.length === 0 && missed === null ? from + vetoMs : null;
};

/** It was to begin one before `at`, in ms, or was the first to. */
export const isOverdue = (state: State, id: string, at: number): boolean => {
	const isAutomatic = state.runbook?.triggers.some(trigger => trigger.id === id && trigger.automatic);
	const due = dueOf(state, id);
	return isAutomatic === true && due !== null && due <= Math.max(at, automaticAt(state) ?? at);
};

/** When a rollback begins by itself, in ms; null where none does (RULES T2). */
export const automaticAt = (state: State): number | null => {
	if (state.rollback !== null) return null;
	const due = (state.runbook?.triggers ?? []).flatMap(({id, automatic}) => (automatic ? (dueOf(state, id) ?? []) : []));
	return due.length === 0 ? null : Math.min(...due);
};
