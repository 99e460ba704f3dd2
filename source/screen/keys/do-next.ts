/*
`.` does what YOU says, where it is something to do, else what NEXT says, or NEXT first where nobody is bound to a role: with the
same form or word as its own key. It goes to the row that is meant, so that what the form speaks of is seen under it; it is never
the confirmation itself.
*/
import type {CommandName} from '../../cutover/model/command.ts';
import type {Next} from '../../cutover/snapshot/next-step.ts';
import type {ScreenContext} from '../acts/act.ts';
import {ofRollback, ofTriggers} from '../acts/acts.ts';
import {signable} from '../acts/own.ts';
import {openAct, openOneOf} from '../dialogs/opening.ts';
import {inOrder, rowOf} from '../state/auto-select.ts';
import {goTo, look} from '../state/moves.ts';
import {stay, type Transition} from '../state/transition.ts';
import {type ScreenName, screenOf} from '../state/view.ts';
import {answers, openRollback, openRuns} from './groups.ts';

/** With the row selected that is meant, on the screen that lists it. */
const selecting = (at: ScreenContext, item: Next): ScreenContext => {
	const row = rowOf(item);
	if (row === null) return at;
	const screen: ScreenName = screenOf(at.view.screen, row.pane);
	const {view} = screen === at.view.screen ? at : {...at, view: goTo(at.view, screen).view};
	return {...at, view: {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}}};
};

const blankField = ({snapshot}: ScreenContext): string | null =>
	snapshot.fields.find(({value}) => value === null)?.field ?? null;

type Opens = (at: ScreenContext, item: Next) => Transition;

const runsOn: Opens = (at, item) => openRuns(selecting(at, item));

const triggersOn: Opens = (at, item) => openOneOf(selecting(at, item), 'Triggers', ofTriggers);

const does: Readonly<Partial<Record<CommandName, Opens>>> = {
	run: runsOn,
	report: runsOn,
	resume: runsOn,
	acknowledge: (at, item) => openOneOf(selecting(at, item), 'Answer', answers),
	answer: triggersOn,
	observed: triggersOn,
	up: triggersOn,
	rollback: at => (at.state.rollback === null ? openRollback(at) : openOneOf(at, 'Rollback', ofRollback)),
	sign: (at, item) => (signable(at).length > 1 ? openAct(at, 'signAll') : openAct(selecting(at, item), 'sign')),
	setField: (at, {target}) => openAct(at, 'setField', target?.kind === 'field' ? target.id : blankField(at)),
};

const opens = (at: ScreenContext, item: Next): Transition => {
	const row = rowOf(item);
	if (item.act === null) return row === null ? goTo(at.view, 'rollback') : look(at.view, row.id);
	return does[item.act]?.(at, item) ?? openAct(at, item.act);
};

/** What is only watched has its output to look at. */
const isToDo = (item: Next | null): item is Next =>
	item !== null && (item.act !== null || item.target?.kind === 'stage' || item.target?.kind === 'gate');

export const nothingNext = (at: ScreenContext): string | null =>
	inOrder(at).some(isToDo) ? null : 'Nothing to do now.';

export const doNext = (at: ScreenContext): Transition => {
	const item = inOrder(at).find(isToDo);
	return item === undefined ? stay(at.view) : opens(at, item);
};
