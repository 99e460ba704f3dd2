export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** An error as one line: its first with something in it, cut to what a person reads. */
export function inOneLine(error: unknown): string {
	const text = error instanceof Error ? error.message || error.name : String(error);
	const first =
		text
			.split('\n')
			.find(line => line.trim() !== '')
			?.trim() ?? 'it failed without a word';
	return first.length > 300 ? `${first.slice(0, 299)}…` : first;
}

/** What a program said last, which is most often why it failed; empty where it said nothing. */
export const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';

/** What was given cannot be used. The message is the whole answer: what is wrong, and what to do. */
export class InputError extends Error {}
