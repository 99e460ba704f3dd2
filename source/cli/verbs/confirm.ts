/* `confirm ENTRY`: the speaker says that what was relayed is what was said. */
import {one} from '../act.ts';
import {UsageError} from '../usage-error.ts';

export const run = one(({call}) => {
	const entry = Number(call.must(0));
	if (!Number.isSafeInteger(entry) || entry < 1)
		throw new UsageError(`"${call.must(0)}" is no entry. Name it by its number in the log.`);
	return {type: 'confirmRelay', data: {entry}};
});
