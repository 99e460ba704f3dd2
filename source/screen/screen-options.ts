/** What a screen needs to be opened, and how it can be left. */
import type {Person} from '../cutover/model/person.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {Clock, Cutover, Opening} from '../cutover/ports.ts';
import type {View} from './state/view.ts';
import type {TerminalInput, TerminalOutput} from './terminal/open-painter.ts';
import type {Taken} from './terminal/take-terminal.ts';

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The page that adopts a runbook, the one that chooses a cutover, or the board of what somebody else began. */
export type Following = 'adopt' | 'choose' | 'begun';

/** Why the screen is left: by key, for the page that follows, by a signal, or because the terminal is gone. */
export type Left = 'left' | Following | 'gone' | EndSignal;

export const isFollowed = (left: Left): left is Following => left === 'adopt' || left === 'choose' || left === 'begun';

/** What the screen is about. With a `clock` of its own (a rehearsal's) that one is used; `view`: where it opens, if not on the board. */
export type Loaded = {
	readonly opening?: Opening;
	readonly cutover?: Cutover;
	readonly clock?: Clock;
	readonly view?: Partial<View>;
	/** Who sits here has taken another name. */
	named?(person: Person): void;
};

export type ScreenOptions = {
	readonly terminal: {readonly input: TerminalInput; readonly output: TerminalOutput};
	readonly clock: Clock;
	readonly person: Person;
	/** User and machine that commands run as: `cutover@bastion-1`. */
	readonly account: string;
	/** The locale is not UTF-8. */
	readonly ascii: boolean;
	/** False with NO_COLOR. */
	readonly colour: boolean;
	/** The command that opens this screen again. `id`: of a cutover that has to be named, as its runbook would begin a new one. */
	comeBack(id: string | null): string;
	/** A command's id, another one each time. */
	newId(): string;
	/** Takes the secrets of the environment, which this runbook names, out of a text. */
	redact(runbook: Runbook | null, text: string): string;
	/** Stops the process until its shell lets it go on; then calls back. */
	stop(resumed: () => void): void;
	/** Ends the process as this signal does where nobody hears it; there is no screen yet that could be left. */
	end(signal: EndSignal): void;
	/** The terminal, where it was taken before all this was loaded. */
	readonly taken: Taken | null;
	/** Called when the first frame is drawn. */
	shown(): void;
	/** Heard while the screen is open. */
	onSignal(heard: (signal: EndSignal) => void): () => void;
	/** Runs while the first words are on the screen already; what it throws is thrown again once the terminal is given back. */
	load(): Promise<Loaded>;
};
