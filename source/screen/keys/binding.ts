/** A key: what it is called, where it works, what it leads to, and what has to be said before anything is done. */
import type {ScreenContext} from '../acts/act.ts';
import {acts} from '../acts/acts.ts';
import type {ActName} from '../acts/effect.ts';
import {openAct} from '../dialogs/opening.ts';
import {goTo} from '../state/moves.ts';
import {outputShown} from '../state/subject.ts';
import type {Transition} from '../state/transition.ts';
import type {ScreenName} from '../state/view.ts';

/** Any screen of an open cutover, any of one that is replayed, or any at all. */
type Where = readonly ScreenName[] | 'cutover' | 'replay' | 'anywhere';

/** From here on a key is at the end of the footer, always. */
export const lastRank = 189;

export type Binding = {
	/** As the terminal's input names them. */
	readonly keys: readonly string[];
	/** As people read them. */
	readonly shown: string;
	readonly label: string;
	/** What it is called where one of its acts is meant that its label does not name. */
	readonly labelsOf?: Readonly<Partial<Record<ActName, string>>>;
	/** What the footer says instead, where that depends on what is open. */
	readonly labelNow?: (at: ScreenContext) => string;
	readonly help: string;
	readonly where: Where;
	readonly heading: 'Move' | 'Look' | 'Act' | 'Record' | 'Leave' | 'Log' | 'Replay';
	/** What it leads to; the first that the rules let be decides whether the key is dimmed. */
	readonly acts: readonly ActName[];
	/** Why a key that leads to no act of its own does nothing now: it is dimmed as well, and says so. */
	readonly useless?: (at: ScreenContext) => string | null;
	/** What has to be said before anything is done. */
	readonly confirms: string;
	/** Place in the footer, the smallest first; null: not there. */
	readonly rank: number | null;
	readonly press: (at: ScreenContext, key: string) => Transition;
	/** It is not there in a replay, where nothing can be done. */
	readonly live?: true;
};

/** As a table has it: shown by its own name, and there on any screen of a cutover, unless it says otherwise. */
export type Written = Omit<Binding, 'heading' | 'shown' | 'where'> & Partial<Pick<Binding, 'shown' | 'where'>>;

/** The keys of one heading. */
export const headed = (heading: Binding['heading'], keys: readonly Written[]): readonly Binding[] =>
	keys.map(key => ({shown: key.keys.join(' '), where: 'cutover', heading, ...key}));

export const looks = (key: Omit<Written, 'acts' | 'confirms'>): Written => ({
	...key,
	acts: [],
	confirms: 'nothing: it only looks',
});

export const goes = (key: string, screen: ScreenName, label: string, help: string, rank: number | null): Written =>
	looks({keys: [key], label, help, rank, press: ({view}) => goTo(view, screen)});

/** Of the keys of an output: while nothing has run none is of use. The help of another screen does not speak of what that shows. */
export const uselessOnRun =
	(why: (at: ScreenContext) => string | null = () => null): NonNullable<Binding['useless']> =>
	at => {
		if (at.view.screen !== 'run') return null;
		return outputShown(at) === null ? 'Nothing has run here yet: there is no output.' : why(at);
	};

export const asks = 'a form';

export const act = (
	key: Omit<Written, 'press' | 'confirms' | 'help'> & Partial<Pick<Written, 'press' | 'confirms' | 'help'>>,
): Written => {
	const [first = 'note'] = key.acts;
	return {help: acts[first].help, confirms: asks, press: at => openAct(at, first), ...key};
};

export const here = (screen: ScreenName, at: ScreenContext, go: () => Transition): Transition =>
	at.view.screen === screen ? go() : goTo(at.view, screen);
