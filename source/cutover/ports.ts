/* The doors between siblings, types only; `cli/compose.ts` is the one place that knows who is behind them. */
import type {WillRun} from './due/will-run.ts';
import type {AttemptRef} from './model/attempt-target.ts';
import type {Command, Observation} from './model/command.ts';
import type {Document} from './model/document.ts';
import type {Event, Time} from './model/event.ts';
import type {Person} from './model/person.ts';
import type {Problem} from './model/problem.ts';
import type {Refusal} from './model/refusal.ts';
import type {MayReplay} from './model/replay.ts';
import type {Path, Runbook} from './model/runbook.ts';
import type {State} from './model/state.ts';

/** A line of the journal. `cause`: id of the command that left it, or `time`. `previous`, `hash`: sha256 hex. */
export type Entry<E extends Event = Event> = E & {
	readonly seq: number;
	readonly at: Time;
	readonly by: Person;
	readonly cause: string;
	/** Numbers of the first and the last of the entries that were appended at once; absent for one alone. */
	readonly batch?: {readonly first: number; readonly last: number};
	readonly previous: string;
	readonly hash: string;
};

/** What to append: an entry before its place in the chain is known. */
export type Fact = Event & {readonly at: Time; readonly by: Person; readonly cause: string};

/** `unreachable`: nothing was recorded; `uncertain`: that is not known; `diverged`: entries that were recorded are gone; `fenced`: another host leads. */
export type FaultCode =
	| 'full'
	| 'read-only'
	| 'denied'
	| 'gone'
	| 'broken'
	| 'newer'
	| 'owner'
	| 'locked'
	| 'io'
	| 'unreachable'
	| 'uncertain'
	| 'diverged'
	| 'fenced';

const passing: ReadonlySet<FaultCode> = new Set([
	'full',
	'read-only',
	'io',
	'locked',
	'unreachable',
	'uncertain',
	'fenced',
]);

/** The store was reached before and is not now. `since` in ms; `kept`: results of attempts that wait for it on this host. */
export type Away = {readonly since: number; readonly kept: number};

type FaultDetails = {readonly away?: Away | null; readonly lost?: readonly Entry[]};

/** The store cannot be trusted or written (exit 3): what happened, and how to fix it. */
export class StoreFault extends Error {
	readonly code: FaultCode;
	readonly fix: string;
	readonly away: Away | null;
	/** Entries that were recorded and read here, and are gone. */
	readonly lost: readonly Entry[];

	constructor(code: FaultCode, message: string, fix: string, {away = null, lost = []}: FaultDetails = {}) {
		super(message);
		this.name = 'StoreFault';
		this.code = code;
		this.fix = fix;
		this.away = away;
		this.lost = lost;
	}

	/** Another try may be taken. */
	get mayPass(): boolean {
		return passing.has(this.code);
	}
}

/** What a command left, or why it left nothing. */
export type Answer = {readonly refused: false; readonly entries: readonly Entry[]} | Refusal;

export type Journal = {
	/** Everything up to the newest entry that was read. */
	state(): State;
	entries(): readonly Entry[];
	/** Looks, decides, appends, again on conflict; what follows from time is appended first. Throws StoreFault. */
	decide(command: Command, by: Person): Promise<Answer>;
	/** Decides several in turn on one look, and appends what they leave at once: for what happened already, and only has to be recorded. */
	decideAll(commands: readonly Command[], by: Person): Promise<readonly Answer[]>;
	/** What the rules would say now, with the newest `observed`; appends nothing. */
	would(command: Command, by: Person): Refusal | null;
	/** Appends what follows from time and from what is seen (RULES C1); answers with it. */
	settle(by: Person): Promise<readonly Entry[]>;
	/** What the shell last looked up. */
	observed(): Observation;
	/** Reads again; watchers are called where something changed. */
	look(): Promise<Observation>;
	/** Why nothing can be recorded or read on now (a newer journal, a folder that is gone), null while all is well. */
	fault(): StoreFault | null;
	/** Calls after every change of `state`, `observed` or `fault`; answers with how to stop. */
	watch(changed: () => void): () => void;
	close(): Promise<void>;
};

/** The only source of time; ms since the epoch on the cutover's clock (a rehearsal's runs faster). */
export type Clock = {
	now(): number;
	/** Real milliseconds; both return how to stop. */
	every(ms: number, run: () => void): () => void;
	after(ms: number, run: () => void): () => void;
	/** Real ms since some start, never backwards. */
	steady(): number;
};

/** The end of an attempt's log, cleaned of nothing: raw lines, newest last. */
export type Tail = {
	watch(attempt: AttemptRef, rows: number, changed: (lines: readonly string[], bytes: number) => void): () => void;
	/** Whole lines from `from` (0-based) on, for scrolling and search. */
	read(attempt: AttemptRef, from: number, count: number): {readonly lines: readonly string[]; readonly total: number};
};

/** With what an act is signed. `agent`: the public key, one line. `elsewhere`: a signature of the statement that was shown. */
export type SignedWith =
	| {readonly kind: 'file'; readonly path: Path}
	| {readonly kind: 'agent'; readonly key: string}
	| {readonly kind: 'elsewhere'; readonly statement: string; readonly signature: string};

/** What is to be signed: the statement of the entry that the act becomes, and the keys that there are. */
export type ToSign = {
	readonly statement: string;
	/** Number of that entry. */
	readonly entry: number;
	/** Holds the statement, for a terminal that copies nothing. */
	readonly file: Path;
	/** Signs the statement in any shell. */
	readonly elsewhere: string;
	/** Keys of the agent; `allowed`: the allowed signers list it. */
	readonly keys: readonly {readonly key: string; readonly name: string; readonly allowed: boolean}[];
	/** Why the agent has none; null where it has some. */
	readonly noKeys: string | null;
};

type Refused = {readonly refused: true; readonly why: string};

/** The commands that touch files or processes, by name, for the screen. Each throws StoreFault or answers in a sentence. */
export type Acts = {
	/** Starts or adopts the desired work, after every act that was journaled. */
	reconcile(): Promise<void>;
	/** Records an invitation, puts its link on the clipboard, and says the digits once. */
	invite(command: Command, by: Person): Promise<Answer | Refused | {readonly refused: false; readonly text: string}>;
	attach(of: string, file: Path, by: Person): Promise<Answer | Refused>;
	/** What somebody has to sign for this command now. */
	toSign(command: Command, by: Person): Promise<ToSign | Refusal | Refused>;
	/** Has it signed and decides it. */
	sign(command: Command, by: Person, how: SignedWith): Promise<Answer | Refused>;
	/** Ends a `sign` that waits for a key. */
	cancelSigning(): void;
	/** The evidence text block as it stands. */
	evidence(): string;
	/** Where the cutover stands, for those who wait for it, a line each. */
	update(): string;
	/** Formats in which the evidence is written to a file. */
	readonly formats: readonly {readonly value: string; readonly label: string}[];
	export(format: string, file: Path): Promise<string>;
	/** To the clipboard of the terminal, by OSC 52. */
	copy(text: string): void;
	/** What was approved against what is there now, as lines to show; null where nothing changed. */
	changes(): readonly string[] | null;
	approve(by: Person): Promise<Answer>;
	/** The approved version of a file (playbook, script), which is what runs; null where none is approved or kept. */
	what(path: Path): readonly string[] | null;
	/** What the approved runbook runs, by the approved bytes. */
	willRun(): readonly WillRun[];
	/** A file to be read: what was approved where it was, else what is in the workspace; a sentence where neither can be. */
	document(path: Path): Document | Refused;
};

/** A runbook that was read but not begun: the first opening. */
export type Opening = {
	readonly path: Path;
	readonly runbook: Runbook | null;
	/** Lines of the runbook's source, for showing a problem in its place. */
	readonly source: readonly string[];
	readonly problems: readonly Problem[];
	/** What was read, as `check` prints it. */
	readonly summary: readonly string[];
	readonly willRun: readonly WillRun[];
	readonly workspace: Path;
	/** What is wrong is its shape or its map, which `adopt` asks about. */
	readonly isAdoptable: boolean;
	/** Appends `begun`; the cutover is open from then on. `confirm`: the typed words. */
	begin(form: BeginForm, by: Person): Promise<Cutover | Refusal>;
	/** Whether somebody has begun it elsewhere meanwhile. Rejects with StoreFault. */
	isBegun(): Promise<boolean>;
};

/** What is said where a cutover is begun; T0 in ms. */
export type BeginForm = {
	readonly t0: number;
	readonly ticket: string | null;
	readonly environment: string | null;
	/** Typed words, as in `Command.confirm`. */
	readonly confirm: readonly string[];
};

/** Somebody with a screen open; `since` in ms. */
export type Here = {readonly name: string; readonly role: string | null; readonly since: number};

/** An open cutover, as the screen gets it; with `replay` one that is only shown again. */
export type Cutover = {readonly journal: Journal; readonly tail: Tail; readonly acts: Acts} & MayReplay<Entry>;
