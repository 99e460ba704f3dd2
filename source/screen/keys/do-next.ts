/*
`.` does what YOU says, where it is something to do, else what NEXT says: with the same form or word as its own key. It
goes to the row that is meant, so that what the form speaks of is seen under it; it is never the confirmation itself.
*/
import type {Next} from '../../cutover/snapshot/snapshot.ts';
import type {ScreenContext} from '../acts/act.ts';
import {ofRollback, ofTriggers} from '../acts/acts.ts';
import {signable} from '../acts/own.ts';
import {openAct, openOneOf} from '../dialogs/opening.ts';
import {rowOf} from '../state/auto-select.ts';
import {goTo, look} from '../state/moves.ts';
import {say, type Transition} from '../state/transition.ts';
import {type ScreenName, screenOf} from '../state/view.ts';
import {answers, runs} from './groups.ts';

/** With the row selected that is meant, on the screen that lists it. */
const selecting = (at: ScreenContext, item: Next): ScreenContext => {
	const row = rowOf(at.snapshot, item);
	if (row === null) return at;
	const screen: ScreenName = screenOf(at.view.screen, row.pane);
	const {view} = screen === at.view.screen ? at : {...at, view: goTo(at.view, screen).view};
	return {...at, view: {...view, pane: row.pane, chosen: {...view.chosen, [row.pane]: row.id}}};
};

const blankField = ({snapshot}: ScreenContext): string | null =>
	snapshot.fields.find(({value}) => value === null)?.field ?? null;

/** What is said in the palette alone: what changed is approved; at the end the cutover is closed. */
const unnamed = (at: ScreenContext): Transition => openAct(at, at.snapshot.changed.length > 0 ? 'approve' : 'close');

const does: Readonly<Record<string, (at: ScreenContext, item: Next) => Transition>> = {
	r: (at, item) => openOneOf(selecting(at, item), 'What is to be done?', runs),
	a: (at, item) => openOneOf(selecting(at, item), 'Answer', answers),
	g: at => openAct(at, at.snapshot.poll?.kind === 'keep' ? 'keep' : 'vote'),
	t: (at, item) => openOneOf(selecting(at, item), 'Triggers', ofTriggers),
	'0': at => openAct(at, 't0'),
	n: at => openAct(at, 'note'),
	c: at => openAct(at, 'cancel'),
	y: at => openAct(at, 'copyLink'),
	B: at => (at.state.rollback === null ? openAct(at, 'rollback') : openOneOf(at, 'Rollback', ofRollback)),
	s: (at, item) => (signable(at).length > 1 ? openAct(at, 'signAll') : openAct(selecting(at, item), 'sign')),
	e: at => {
		const field = blankField(at);
		return field === null ? goTo(at.view, 'evidence') : openAct(at, 'setField', field);
	},
	':': unnamed,
	enter: (at, item) => {
		const row = rowOf(at.snapshot, item);
		return row === null ? say(at.view, 'refused', 'Nothing to open.') : look(at.view, row.id);
	},
};

const isToDo = (item: Next | null): item is Next => item !== null && item.key !== null && item.key in does;

/** Where nobody is bound to a role, whoever sits here may do what comes next; else what is theirs goes first. */
const inOrder = ({snapshot: {you, next}, state, view}: ScreenContext): readonly (Next | null)[] =>
	state.people === null && view.person.role === null ? [next, you] : [you, next];

export const doNext = (at: ScreenContext): Transition => {
	const item = inOrder(at).find(isToDo);
	const act = item?.key == null ? undefined : does[item.key];
	return item === undefined || act === undefined ? say(at.view, 'done', 'Nothing to do now.') : act(at, item);
};
