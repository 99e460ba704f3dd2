/*
Answers to a checklist: those named with --item, and on a terminal those that are asked one by one.
*/
import type {ItemAnswer} from '../cutover/model/event.ts';
import {safe} from '../text/clean.ts';
import {line} from './ask.ts';
import {type Io, onTerminal, tell} from './io.ts';
import {known, UsageError} from './usage-error.ts';

export type Result = 'pass' | 'fail';

const isResult = (word: string): word is Result => word === 'pass' || word === 'fail';

/** `critical logs=pass` -> an answer. Throws Misuse that lists the items. */
export function itemOf(text: string, items: readonly string[]): ItemAnswer {
	const cut = text.lastIndexOf('=');
	const result = text.slice(cut + 1).trim();
	if (cut < 1 || !isResult(result))
		throw new UsageError(`"${text}" is no answer. Write --item "NAME=pass" or --item "NAME=fail".`);
	return {name: known('item', text.slice(0, cut).trim(), items), result, whole: false};
}

const words: Readonly<Record<string, Result>> = {p: 'pass', pass: 'pass', f: 'fail', fail: 'fail'};

/** Asks each open item on the terminal; null where there is none, or where the operator left. */
export async function askItems(io: Io, items: readonly string[]): Promise<readonly ItemAnswer[] | null> {
	if (!onTerminal(io)) return null;
	const answers: ItemAnswer[] = [];
	for (const name of items) {
		const answer = await line(io, safe(`${name}: pass or fail? `));
		const result = words[answer?.trim().toLowerCase() ?? ''];
		if (result === undefined) {
			tell(io, safe(`Not recorded: ${name} was not answered with pass or fail.`));
			return null;
		}
		answers.push({name, result, whole: false});
	}
	return answers;
}
