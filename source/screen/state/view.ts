/*
Everything a screen remembers that is no fact of the cutover: where one looks, what one typed. Plain data; the journal
is never copied into it, so a screen that is opened anew shows where the cutover is.
*/

import type {AttemptRef} from '../../cutover/model/attempt-target.ts';
import type {Document} from '../../cutover/model/document.ts';
import type {Person} from '../../cutover/model/person.ts';
import type {Away, Entry, SignedWith, StoreFault, ToSign} from '../../cutover/ports.ts';
import type {Dialog} from '../dialogs/dialog.ts';

/** Where the arrows move: lists by row, texts by line. */
export type Pane =
	| 'gates'
	| 'stages'
	| 'triggers'
	| 'signOffs'
	| 'votes'
	| 'fields'
	| 'entries'
	| 'output'
	| 'lines'
	| 'text';

/** Panes of each screen, in the order of Tab. */
export const panes = {
	opening: ['text'],
	briefing: ['text'],
	board: ['gates', 'stages', 'triggers', 'signOffs'],
	run: ['output', 'text'],
	poll: ['votes'],
	rollback: ['text'],
	health: ['triggers', 'text'],
	signOffs: ['signOffs'],
	evidence: ['fields', 'text'],
	journal: ['entries', 'text'],
	document: ['lines'],
	help: ['text'],
} satisfies Record<string, readonly [Pane, ...Pane[]]>;

export type ScreenName = keyof typeof panes;

/** `line`: below 40x10, one line. `small`: panes stack and scroll. `wide`: from 110 columns, with panes beside the lists. */
export type SizeClass = 'line' | 'small' | 'normal' | 'wide';

export type Size = {readonly columns: number; readonly rows: number};

/**
 * Said under the frame until the next key: an answer, a refusal (with what fixes it), or what is typed at (`ask`). `until`, in steady
 * real ms: what was recorded is no news for long, and is in the journal; what was refused may be allowed a minute later.
 */
export type Message = {readonly kind: 'done' | 'refused' | 'ask'; readonly text: string; readonly until?: number};

/** The store failed (exit 3): said on row 1 for as long as it lasts. */
/** `lost`: entries that were recorded and read here, and are gone. */
export type Fault = {
	readonly message: string;
	readonly fix: string;
	readonly away?: Away | null;
	readonly lost?: readonly Entry[];
};

export const faultWord = ({away, lost = []}: Fault): string =>
	away ? 'DATABASE AWAY' : lost.length > 0 ? 'ENTRIES LOST' : 'NOT RECORDED';

export const faultOf = ({message, fix, away, lost}: StoreFault): Fault => ({message, fix, away, lost});

/** End of an attempt's log: raw lines, newest last; `bytes` of the whole log. `from`: the line one scrolled to,
null at the end; `total` lines in all, null where nobody counted. */
export type TailView = AttemptRef & {
	readonly lines: readonly string[];
	readonly bytes: number;
	readonly from: number | null;
	readonly total: number | null;
};

/** `line`: 0-based; `index` of `count`: which of the hits it is, from 1. */
export type Search = {
	readonly text: string;
	readonly line: number;
	readonly index: number;
	readonly count: number;
};

/** A file that is read, and its line under the cursor, from 0; `part`: which row of that line, where it is wrapped. */
export type OpenDocument = {readonly document: Document; readonly line: number; readonly part: number};

export type View = {
	readonly screen: ScreenName;
	/** Screens under this one, newest last; Esc goes back to it. */
	readonly before: readonly ScreenName[];
	readonly pane: Pane;
	/** Screens on which somebody moved the mark since the last act: there it stays where it is. */
	readonly moved: readonly ScreenName[];
	/** Panes that one left other screens in. */
	readonly panesLeft: Readonly<Partial<Record<ScreenName, Pane>>>;
	/** Id of the row with the mark, by pane; without one the first row has it. */
	readonly chosen: Readonly<Partial<Record<Pane, string>>>;
	/** First line shown of a text that scrolls; lists scroll with the chosen row. */
	readonly scroll: number;
	/** How far the text drawn last scrolls, and how many rows the output drawn last had. Only the panel knows: it says so here, for
	the next key. */
	readonly reach: {last: number; rows: number};
	/** The output goes on as it comes. */
	readonly follow: boolean;
	readonly wrap: boolean;
	/** The time before each line of an output; and its escape sequences as they came. */
	readonly times: boolean;
	readonly raw: boolean;
	/** The hit that an output is at; `text` empty: lines that read like a failure. */
	readonly search: Search | null;
	/** Rows of a list that hold this text; search text of an output. Empty: all. */
	readonly filter: string;
	/** The filter is being typed. */
	readonly filtering: boolean;
	/** Gate or stage that the run screen shows, and which attempt; null for the newest. */
	readonly target: string | null;
	readonly attempt: number | null;
	readonly tail: TailView | null;
	/** Files that are read, the newest last; Esc goes back to the one before. */
	readonly documents: readonly OpenDocument[];
	readonly dialog: Dialog | null;
	readonly message: Message | null;
	readonly fault: Fault | null;
	readonly person: Person;
	/** The role that was asked for on the way: taken again where an act has several owners. */
	readonly askedRole: string | null;
	/** What is being signed, while that is asked. */
	readonly toSign: ToSign | null;
	/** The key of the newest signature: the next one is offered with it. */
	readonly signedWith: SignedWith | null;
	/** Names of what rang already. */
	readonly rung: readonly string[];
	readonly size: Size;
	/** Since when one was away, for the briefing; null where one was not. In ms. */
	readonly away: number | null;
	/** A command is on its way to the journal. */
	readonly waiting: boolean;
	/** A stage that was set to measure here: its form opens once that is done. */
	readonly measuring: string | null;
};

/** This screen where it lists such rows, else the first that does. */
export const screenOf = (screen: ScreenName, pane: Pane): ScreenName => {
	const all = Object.entries(panes) as readonly [ScreenName, readonly Pane[]][];
	const has = (name: ScreenName): boolean => (panes[name] as readonly Pane[]).includes(pane);
	return has(screen) ? screen : (all.find(([, listed]) => listed.includes(pane))?.[0] ?? screen);
};

export const sizeClass = ({columns, rows}: Size): SizeClass => {
	if (columns < 40 || rows < 10) return 'line';
	if (columns < 80 || rows < 24) return 'small';
	return columns >= 110 ? 'wide' : 'normal';
};

/** Nothing was drawn yet: a text has no end so far. */
export const undrawn = (): View['reach'] => ({last: Number.POSITIVE_INFINITY, rows: 12});

export const initialView = (screen: ScreenName, person: Person, size: Size): View => ({
	screen,
	before: [],
	pane: panes[screen][0],
	moved: [],
	panesLeft: {},
	chosen: {},
	scroll: 0,
	reach: undrawn(),
	follow: true,
	wrap: false,
	times: true,
	raw: false,
	search: null,
	filter: '',
	filtering: false,
	target: null,
	attempt: null,
	tail: null,
	documents: [],
	dialog: null,
	message: null,
	fault: null,
	person,
	askedRole: null,
	toSign: null,
	signedWith: null,
	rung: [],
	size,
	away: null,
	waiting: false,
	measuring: null,
});
