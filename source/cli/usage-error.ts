/*
Exit code 2: the caller named what does not exist, or did not say which of several. The message is the whole answer.
*/
import {InputError} from '../text/error-text.ts';
import {sameName} from '../text/same-name.ts';

export class UsageError extends InputError {
	override readonly name = 'UsageError';
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
