/** The rollback that begins by itself where the settings say so (RULES T2): after a minute in which anybody may object. */
import type {State} from '../state.ts';

/** A minute for anybody to object: the first word of standing down does. */
const vetoMs = 60_000;

/** When a rollback begins by itself, in ms; null where none does (RULES T2). */
export const automaticAt = (state: State): number | null => {
	if (state.rollback !== null) return null;
	const due = (state.runbook?.triggers ?? []).flatMap(({id, automatic}) => {
		const {fired = null, standDown = []} = state.triggers[id] ?? {};
		return automatic && fired && standDown.length === 0 ? [fired.told + vetoMs] : [];
	});
	return due.length === 0 ? null : Math.min(...due);
};
