/** An entry of the journal as a line. */
import type {Entry} from '../cutover/ports.ts';
import {sentence, statedIn} from '../cutover/snapshot/sentence.ts';
import type {Line} from './colour.ts';

/** Its sentence, between what is before and after it. */
export function entryLine(before: string, entry: Entry, after = ''): Line {
	const found = statedIn(entry);
	return found === null
		? `${before}${sentence(entry)}${after}`
		: {before: `${before}${found.before}`, word: found.word, after: `${found.after}${after}`};
}
