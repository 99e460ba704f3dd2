/** What Enter opens on each screen. It opens and asks; it never confirms. */
import {rowIn} from '../../cutover/model/attempt-target.ts';
import type {Entry} from '../../cutover/ports.ts';
import type {ScreenContext} from '../acts/act.ts';
import {ofRollback, ofTriggers} from '../acts/acts.ts';
import {openAct, openOneOf} from '../dialogs/opening.ts';
import {openRuns} from '../keys/groups.ts';
import {back, goTo, look} from './moves.ts';
import {chosenIn} from './rows.ts';
import {say, stay, type Transition, withDialog} from './transition.ts';
import {type Pane, panes, type ScreenName} from './view.ts';

/** Opens what the line under the cursor names. */
const followCite = (at: ScreenContext): Transition => {
	const {view} = at;
	const open = view.documents.at(-1);
	const cites = open?.document.cites[open.line] ?? [];
	const [only, ...others] = cites;
	if (only === undefined) return say(view, 'refused', 'This line names no file.');
	if (others.length === 0) return openAct(at, 'read', only);
	const rows = cites.map(path => ({act: 'read' as const, on: path, label: path, refusal: null}));
	return withDialog({...view, message: null}, {kind: 'menu', title: 'Read', rows, at: 0, typed: null});
};

/** Stages at which people vote open the poll, where it is their turn. */
const isPoll = (at: ScreenContext, id: string): boolean => at.snapshot.poll?.stage === id;

const openRow = (at: ScreenContext, id: string | null): Transition => {
	if (id === null) return stay(at.view);
	return isPoll(at, id) ? goTo(at.view, 'poll') : look(at.view, id);
};

const triggers = (at: ScreenContext): Transition =>
	openOneOf(at, `Trigger ${chosenIn('triggers', at) ?? ''}`, ofTriggers);

const onBoard: Readonly<Partial<Record<Pane, (at: ScreenContext) => Transition>>> = {
	gates: at => openRow(at, chosenIn('gates', at)),
	stages: at => openRow(at, chosenIn('stages', at)),
	triggers,
	signOffs: ({view}) => goTo(view, 'signOffs'),
};

/** The gate or stage that an entry is about. */
const subjectOf = ({data}: Entry): string | null => {
	if ('gate' in data) return data.gate;
	if ('target' in data) return rowIn(data.target);
	return 'of' in data ? data.of : 'stage' in data ? data.stage : null;
};

const openEntry = (at: ScreenContext): Transition => {
	const entry = at.entries.find(({seq}) => String(seq) === chosenIn('entries', at));
	const subject = entry ? subjectOf(entry) : null;
	return subject === null ? stay(at.view) : look(at.view, subject);
};

const onScreen = {
	opening: at =>
		at.opening?.isAdoptable ? {view: at.view, effects: [{kind: 'leave', to: 'adopt'}]} : openAct(at, 'begin'),
	briefing: ({view}) => stay({...view, screen: 'board', pane: panes.board[0], away: null}),
	board: at => (onBoard[at.view.pane] ?? (() => stay(at.view)))(at),
	run: at => (at.view.pane === 'text' ? openAct(at, 'read') : openRuns(at)),
	poll: at => openAct(at, at.snapshot.poll?.kind === 'keep' ? 'keep' : 'vote'),
	rollback: at => openOneOf(at, 'Rollback', ofRollback),
	health: triggers,
	signOffs: at => openAct(at, 'sign'),
	evidence: at => openAct(at, 'setField'),
	journal: openEntry,
	document: followCite,
	help: ({view}) => back(view),
} satisfies {[S in ScreenName]: (at: ScreenContext) => Transition};

export const open = (at: ScreenContext): Transition => onScreen[at.view.screen](at);
