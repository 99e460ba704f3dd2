// Takes the whole terminal with one write, before anything slow is loaded, and gives it back as it was. Imports nothing that
// costs time. A terminal is written to synchronously, so giving it back works while the process exits, too.
import type {SafeText} from '../../text/clean.ts';

type Change = {readonly take: string; readonly give: string};

const changes: Readonly<Record<string, Change>> = {
	title: {take: '\u001b[22;0t', give: '\u001b[23;0t'},
	alternateScreen: {take: '\u001b[?1049h', give: '\u001b[?1049l'},
	wrapping: {take: '\u001b[?7l', give: '\u001b[?7h'},
	cursor: {take: '\u001b[?25l', give: '\u001b[?25h'},
	markedPaste: {take: '\u001b[?2004h', give: '\u001b[?2004l'},
	unfinishedFrame: {take: '', give: '\u001b[?2026l'},
	style: {take: '\u001b[m', give: '\u001b[m'},
	cells: {take: '\u001b[H\u001b[2J', give: ''},
};

const all = Object.values(changes);
const taken = all.map(({take}) => take).join('');

/** What gives the terminal back. */
export const given = all
	.map(({give}) => give)
	.reverse()
	.join('');

/** `title` for the window; `words` to be in the first row until the first frame. */
export type FirstWords = {readonly title?: SafeText; readonly words?: SafeText};

/** Nobody else wrote it, so nothing that cleans texts is loaded for it. */
const ours = (text: string): SafeText => text as SafeText;

/** What a terminal shows until there is a frame. */
export const firstWords = (ascii: boolean): Required<FirstWords> => ({
	title: ours('cutover-tui'),
	words: ours(ascii ? ' opening...' : ' opening…'),
});

/** What takes the terminal. */
export const takenWith = ({title, words}: FirstWords = {}): string =>
	taken + (title === undefined ? '' : `\u001b]2;${title}\u0007`) + (words ?? '');

/** A terminal that was taken before the program was loaded. */
export type Taken = {
	/** Gives it back, once; it was then never handed over. */
	giveBack(): void;
	/** Leaves it to the screen, which gives it back from now on; false where it was given back before. */
	handOver(): boolean;
};

/** Takes the terminal; the function returned gives it back, once, however often it is called. */
export function takeTerminal(
	output: NodeJS.WritableStream,
	words: FirstWords = {},
	before: Taken | null = null,
): () => void {
	if (!before?.handOver()) output.write(takenWith(words));
	let ours = true;
	return () => {
		if (!ours) return;
		ours = false;
		output.write(given);
	};
}

/** The terminal as a page or screen holds it. */
export type Hold = {giveBack(): void; takeAgain(): void};

type Pausable = {pause(): Promise<boolean>; resume(): void};

/** As Ctrl-Z does: gives the terminal to the shell, stops, and takes it again once it goes on. `stop` calls back then. */
export async function suspend(painter: Pausable, hold: Hold, stop: (resumed: () => void) => void): Promise<void> {
	if (!(await painter.pause())) return;
	hold.giveBack();
	stop(() => {
		hold.takeAgain();
		painter.resume();
	});
}
