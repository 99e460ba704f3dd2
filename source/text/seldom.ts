/*
What goes wrong each second is said once in a while: complaints have no reader while they come, and must not fill the disk until one
looks.
*/

const againMs = 600_000;
/** Texts with a number in them are each another one. */
const mostKnown = 100;

/** Hands a text to `say` unless it did so less than ten minutes ago, whatever others came in between. `steady`: ms that never go backwards. */
export function seldom(steady: () => number, say: (text: string) => void): (text: string) => void {
	const said = new Map<string, number>();
	return text => {
		const now = steady();
		if (now - (said.get(text) ?? Number.NEGATIVE_INFINITY) < againMs) return;
		if (said.size >= mostKnown) for (const [known, at] of said) if (now - at >= againMs) said.delete(known);
		if (said.size >= mostKnown) return;
		said.set(text, now);
		say(text);
	};
}
