/*
Opens the screen on a terminal and gives the terminal back, whatever ends it. The terminal is taken by hand and at once:
what draws on it takes ten times as long to load.
*/
import type {Cutover} from '../cutover/ports.ts';
import {type SafeText, safe} from '../text/clean.ts';
import {isFollowed, type Left, type ScreenOptions} from './screen-options.ts';
import {type FirstWords, firstWords, type Hold, type Taken, takeTerminal} from './terminal/take-terminal.ts';

/** Said on the terminal that was given back. */
const farewell = (left: Left, cutover: Cutover | null, comeBack: ScreenOptions['comeBack']): SafeText => {
	if (cutover === null) return safe('Nothing was begun.');
	const {status, id} = cutover.journal.state();
	if (cutover.replay) return safe(`The replay of ${id} was left. Nothing was recorded.`);
	if (status === 'closed') return safe(`${id} is closed. Read it again with: ${comeBack(id)}`);
	if (status === 'abandoned') return safe(`${id} is abandoned, and not closed. Come back with: ${comeBack(id)}`);
	const signalled = left === 'left' ? '' : ` (${left})`;
	return safe(`${id} continues without this screen${signalled}. Come back with: ${comeBack(null)}`);
};

/** Takes the terminal, which is given back where the process exits, too; `release`: nothing holds it any more. */
export function holdTerminal(
	output: NodeJS.WritableStream,
	words: FirstWords & {readonly title: SafeText},
	taken: Taken | null = null,
): Hold & {release(): void} {
	let give = takeTerminal(output, words, taken);
	const giveBack = () => give();
	process.once('exit', giveBack);
	return {
		giveBack,
		takeAgain() {
			give = takeTerminal(output, {title: words.title});
		},
		release() {
			giveBack();
			process.off('exit', giveBack);
		},
	};
}

/** Ends well when it is left; throws what made it impossible, after the terminal was given back. */
export const openScreen = async (options: ScreenOptions): Promise<Left> => {
	const {terminal, ascii, load} = options;
	const hold = holdTerminal(terminal.output, firstWords(ascii), options.taken);
	const stopSignals = options.onSignal(signal => {
		stopSignals();
		hold.giveBack();
		options.end(signal);
	});
	try {
		const loading = Promise.resolve().then(load);
		const [{runScreen}, loaded] = await Promise.all([import('./run-screen.tsx'), loading]);
		stopSignals();
		const {left, cutover} = await runScreen(options, loaded, hold);
		if (left !== 'gone' && left !== 'SIGHUP' && !isFollowed(left))
			terminal.output.write(`${farewell(left, cutover, options.comeBack)}\n`);
		return left;
	} finally {
		stopSignals();
		hold.release();
	}
};
