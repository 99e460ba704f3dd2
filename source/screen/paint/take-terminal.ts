// Takes the whole terminal with one write, before anything slow is loaded, and gives it back as it was. Imports nothing that
// costs time. A terminal is written to synchronously, so giving it back works while the process exits, too.
import type {SafeText} from '../../text/clean.ts';

const taken = [
	'\u001b[22;0t', // Keep the window's title.
	'\u001b[?1049h', // The alternate screen, cursor kept.
	'\u001b[?7l', // A text too long for its row stays in it.
	'\u001b[?25l', // No cursor.
	'\u001b[?2004h', // A paste comes marked as one.
	'\u001b[m\u001b[H\u001b[2J',
].join('');

const given = [
	'\u001b[?2026l', // Show a frame that was begun, if any.
	'\u001b[m',
	'\u001b[?2004l',
	'\u001b[?7h',
	'\u001b[?1049l',
	'\u001b[?25h',
	'\u001b[23;0t',
].join('');

/** `title` for the window; `words` to stand in the first row until the first frame. */
export type FirstWords = {readonly title?: SafeText; readonly words?: SafeText};

/** Takes the terminal; the function returned gives it back, once, however often it is called. */
export function takeTerminal(
	output: NodeJS.WritableStream,
	{title, words = '' as SafeText}: FirstWords = {},
): () => void {
	output.write(taken + (title === undefined ? '' : `\u001b]2;${title}\u0007`) + words);
	let ours = true;
	return () => {
		if (!ours) return;
		ours = false;
		output.write(given);
	};
}
