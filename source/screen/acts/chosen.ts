/** What the marked row means to an act: a gate, a stage, a trigger, a sign-off or a field, or nothing of the kind. */
import {rowForNext} from '../state/auto-select.ts';
import {chosenAt, rowsOf} from '../state/rows.ts';
import type {Pane} from '../state/view.ts';
import {type Option, option, runbookOf, type ScreenContext} from './act.ts';

/** The id of the marked row, where this pane has the marker. */
export const chosenIn = (at: ScreenContext, pane: Pane): string | null => {
	if (at.view.pane !== pane) return null;
	const rows = rowsOf(pane, {...at, filter: at.view.filter});
	return rows[chosenAt(pane, at.view, rows)] ?? null;
};

/** On the poll what YOU or NEXT speaks of, so that the key beside it does that; else the stage of the poll. */
const ofPoll = ({snapshot}: ScreenContext): string | null => {
	const item = rowForNext(snapshot);
	return item?.pane === 'gates' || item?.pane === 'stages' ? item.id : (snapshot.poll?.stage ?? null);
};

/** What the run screen shows, or the marked gate or stage. */
export const gateOrStage = (at: ScreenContext): string | null => {
	if (at.view.screen === 'run') return at.view.target;
	if (at.view.screen === 'poll') return ofPoll(at);
	return chosenIn(at, 'gates') ?? chosenIn(at, 'stages');
};

export const chosenGate = (at: ScreenContext): string | null => {
	const id = gateOrStage(at);
	return runbookOf(at).gates.some(gate => gate.id === id) ? id : null;
};

export const chosenStage = (at: ScreenContext): string | null => {
	const id = gateOrStage(at);
	return runbookOf(at).stages.some(stage => stage.id === id) ? id : null;
};

export const gates = (at: ScreenContext): readonly Option[] =>
	runbookOf(at).gates.map(gate => option(gate.id, `${gate.id} ${gate.title}`));

export const stages = (at: ScreenContext): readonly Option[] =>
	runbookOf(at).stages.map(stage => option(stage.id, stage.id));

export const gatesAndStages = (at: ScreenContext): readonly Option[] => [...gates(at), ...stages(at)];
