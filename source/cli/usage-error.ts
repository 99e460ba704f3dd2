/*
Exit code 2: the caller named what does not exist, or did not say which of several. The message is the whole answer.
*/
import {sameName} from '../text/same-name.ts';

export class UsageError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'UsageError';
	}
}

const distance = (a: string, b: string): number => {
	let row = Array.from({length: b.length + 1}, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
};

/** The known word that is closest to the one given; null where none is close enough to have been meant. */
export function nearest(given: string, known: readonly string[]): string | null {
	const far = (word: string): number => distance(given.toLowerCase(), word);
	const best = known.toSorted((a, b) => far(a) - far(b))[0];
	return best !== undefined && far(best) <= Math.max(1, Math.floor(given.length / 3)) ? best : null;
}

/**
The name as the runbook spells it, found without regard to case. Throws UsageError that lists what there is; `what` is a
word for it such as `gate`.
*/
export function known(what: string, given: string, names: readonly string[]): string {
	const found = names.find(name => name === given) ?? names.find(name => sameName(name.trim(), given.trim()));
	if (found !== undefined) return found;
	const list = names.length === 0 ? `This runbook has none.` : `There are: ${names.join(', ')}.`;
	throw new UsageError(`There is no ${what} "${given}". ${list}`);
}
