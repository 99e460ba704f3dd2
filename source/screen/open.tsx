/*
Opens the screen on a terminal and gives the terminal back, whatever ends it. The terminal is taken by hand and at once:
what draws on it takes ten times as long to load.
*/
import type {Person} from '../cutover/model/person.ts';
import type {Clock, Cutover, Opening} from '../cutover/ports.ts';
import {type SafeText, safe} from '../text/clean.ts';
import type {View} from './state/view.ts';
import type {TerminalInput, TerminalOutput} from './terminal/open-painter.ts';
import {takeTerminal} from './terminal/take-terminal.ts';

export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Why the screen is left: by key, by a signal, or because the terminal is gone. */
export type Left = 'left' | 'gone' | EndSignal;

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
	/** Another one each time. */
	newId(): string;
	/** Stops the process until its shell lets it go on; then calls back. */
	stop(resumed: () => void): void;
	/** Heard while the screen is open. */
	onSignal(heard: (signal: EndSignal) => void): () => void;
	/** Runs while the first words stand on the screen already; what it throws is thrown again once the terminal is given back. */
	load(): Promise<Loaded>;
};

/** Said on the terminal that was given back. */
const farewell = (left: Left, cutover: Cutover | null, comeBack: ScreenOptions['comeBack']): SafeText => {
	if (cutover === null) return safe('Nothing was begun.');
	const {status, id} = cutover.journal.state();
	if (status === 'closed') return safe(`${id} is closed. Read it again with: ${comeBack(id)}`);
	if (status === 'abandoned') return safe(`${id} is abandoned, and not closed. Come back with: ${comeBack(id)}`);
	const signalled = left === 'left' ? '' : ` (${left})`;
	return safe(`${id} continues without this screen${signalled}. Come back with: ${comeBack(null)}`);
};

/** Ends well when it is left; throws what made it impossible, after the terminal was given back. */
export const openScreen = async (options: ScreenOptions): Promise<Left> => {
	const {terminal, load} = options;
	const title = safe('cutover-tui');
	let give = takeTerminal(terminal.output, {title, words: safe(' opening…')});
	const giveBack = () => give();
	const takeAgain = () => {
		give = takeTerminal(terminal.output, {title});
	};
	process.once('exit', giveBack);
	try {
		const loading = Promise.resolve().then(load);
		const [{runScreen}, loaded] = await Promise.all([import('./run-screen.tsx'), loading]);
		const {left, cutover} = await runScreen(options, loaded, {giveBack, takeAgain});
		if (left !== 'gone' && left !== 'SIGHUP') terminal.output.write(`${farewell(left, cutover, options.comeBack)}\n`);
		return left;
	} finally {
		giveBack();
		process.off('exit', giveBack);
	}
};
