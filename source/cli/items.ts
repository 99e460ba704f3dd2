/*
Answers to a checklist that a terminal is asked for, one by one.
*/
import {safe} from '../text/clean.ts';
import {line} from './ask.ts';
import {type Io, onTerminal, tell} from './io.ts';

export type Result = 'pass' | 'fail';

const words: Readonly<Record<string, Result>> = {p: 'pass', pass: 'pass', f: 'fail', fail: 'fail'};

/** Asks for each item; null where there is no terminal, or where the operator left. */
export async function askItems(
	io: Io,
	items: readonly string[],
): Promise<readonly (readonly [name: string, result: Result])[] | null> {
	if (!onTerminal(io)) return null;
	const answers: (readonly [string, Result])[] = [];
	for (const name of items) {
		const answer = await line(io, safe(`${name}: pass or fail? `));
		const result = words[answer?.trim().toLowerCase() ?? ''];
		if (result === undefined) {
			tell(io, safe(`Not recorded: ${name} was not answered with pass or fail.`));
			return null;
		}
		answers.push([name, result]);
	}
	return answers;
}
