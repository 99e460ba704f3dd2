/*
What every panel is given. A panel is pure: the same props, the same cells. Text in them is raw wherever a person, a
runbook or an output wrote it: `safe` it where it is drawn.
*/
import type {Person} from '../cutover/model/person.ts';
import type {ReplayPosition} from '../cutover/model/replay.ts';
import type {Opening} from '../cutover/ports.ts';
import type {ScreenContext} from './acts/act.ts';
import type {Size} from './state/view.ts';
import type {Theme} from './theme.ts';

/** A key as the footer and the help show it. `refusal`: why the rules would refuse it now, and then it is dimmed. */
export type Hint = {
	/** As shown: `r`, `Enter`, `↑↓`. */
	readonly keys: string;
	/** A word or two, for the footer. */
	readonly label: string;
	/** A sentence, for the help. */
	readonly help: string;
	/** Heading of the help that it is under. */
	readonly where: string;
	readonly refusal: string | null;
	/** Is at the end of the footer, whatever there is room for before it. */
	readonly last: boolean;
};

/** A key of a footer. */
export type FooterKey = Pick<Hint, 'keys' | 'label' | 'refusal' | 'last'>;

export type PanelProps = Pick<
	ScreenContext,
	'state' | 'snapshot' | 'view' | 'account' | 'entries' | 'what' | 'evidence'
> & {
	/** The room that this panel fills, exactly; `view.size` is the whole terminal. */
	readonly size: Size;
	readonly theme: Theme;
	readonly person: Person;
	/** Where the replay is; null where the cutover is not one. */
	readonly replay: ReplayPosition | null;
	/** Of this screen, most wanted first: the footer takes as many as fit, `help` and `leave` last. */
	readonly hints: readonly FooterKey[];
	/** Every key of the program, for the help; each costs a ruling, so it is made only when it is shown. */
	help(): readonly Hint[];
};

/** Before anything is begun there is neither state nor snapshot. */
export type OpeningProps = Pick<PanelProps, 'view' | 'size' | 'theme' | 'person'> & {
	readonly opening: Opening;
	readonly now: number;
};
