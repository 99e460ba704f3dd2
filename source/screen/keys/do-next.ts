/*
`.` does what YOU says, where it is something to do, else what NEXT says: with the same form or word as its own key. It
goes to the row that is meant, so that what the form speaks of is seen under it; it is never the confirmation itself.
*/
import type {Next} from '../../cutover/snapshot/snapshot.ts';
import type {ScreenContext} from '../acts/act.ts';
import {ofRollback, ofTriggers} from '../acts/acts.ts';
import {signable} from '../acts/own.ts';
import {openAct, openOneOf} from '../dialogs/opening.ts';
import {rowForNext} from '../state/auto-select.ts';
import {goTo, look} from '../state/moves.ts';
import {say, type Transition} from '../state/transition.ts';
import {type ScreenName, screenOf} from '../state/view.ts';
import {answers, runs} from './groups.ts';

/** With the row selected that is meant, on the screen that lists it. */
const selecting = (at: ScreenContext): ScreenContext => {
	const row = rowForNext(at.snapshot);
	if (row === null) return at;
	const screen: ScreenName = screenOf(at.view.screen, row.pane);
	const {view} = screen === at.view.screen ? at : {...at, view: goTo(at.view, screen).view};
	return {...at, view: {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}}};
};

const blankField = ({snapshot}: ScreenContext): string | null =>
	snapshot.fields.find(({value}) => value === null)?.field ?? null;

/** What is said in the palette alone: what changed is approved; at the end the cutover is closed. */
const unnamed = (at: ScreenContext): Transition => openAct(at, at.snapshot.changed.length > 0 ? 'approve' : 'close');

const does: Readonly<Record<string, (at: ScreenContext) => Transition>> = {
	r: at => openOneOf(selecting(at), 'What is to be done?', runs),
	a: at => openOneOf(selecting(at), 'Answer', answers),
	g: at => openAct(at, at.snapshot.poll?.kind === 'keep' ? 'keep' : 'vote'),
	t: at => openOneOf(selecting(at), 'Triggers', ofTriggers),
	'0': at => openAct(at, 't0'),
	n: at => openAct(at, 'note'),
	c: at => openAct(at, 'cancel'),
	y: at => openAct(at, 'copyLink'),
	B: at => (at.state.rollback === null ? openAct(at, 'rollback') : openOneOf(at, 'Rollback', ofRollback)),
	s: at => (signable(at).length > 1 ? openAct(at, 'signAll') : openAct(selecting(at), 'sign')),
	e: at => {
		const field = blankField(at);
		return field === null ? goTo(at.view, 'evidence') : openAct(at, 'setField', field);
	},
	':': unnamed,
	enter: at => {
		const row = rowForNext(at.snapshot);
		return row === null ? say(at.view, 'refused', 'Nothing to open.') : look(at.view, row.id);
	},
};

const isToDo = (item: Next | null): item is Next => item !== null && item.key !== null && item.key in does;

export const doNext = (at: ScreenContext): Transition => {
	const {you, next} = at.snapshot;
	const item = isToDo(you) ? you : isToDo(next) ? next : null;
	const act = item?.key == null ? undefined : does[item.key];
	return act === undefined ? say(at.view, 'done', 'Nothing to do now.') : act(at);
};
