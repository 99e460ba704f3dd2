/* `log`: the journal, an event a line; `--follow` goes on until the cutover is closed. */

import {bandOf, bandText} from '../../cutover/due/duration-band.ts';
import {attemptKey} from '../../cutover/model/attempt-target.ts';
import type {State} from '../../cutover/model/state.ts';
import type {Entry} from '../../cutover/ports.ts';
import {format} from '../../journal/entry.ts';
import {day, instant, wall, zone} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {reading, withEarlier} from '../choose.ts';
import type {Line} from '../colour.ts';
import type {Opened} from '../compose.ts';
import {entryLine} from '../entry-line.ts';
import {watch} from '../follow.ts';
import {say} from '../io.ts';
import {codeOf} from '../until-end.ts';

/** What an attempt took, where that is not as usual. */
function oddDuration({journal}: Opened, entry: Entry): string {
	if (entry.type !== 'ended' || entry.data.outcome !== 'pass') return '';
	const state = journal.state();
	const attempt = state.attempts[attemptKey(entry.data)];
	const text = attempt === undefined ? null : bandText(bandOf(state, attempt, journal.observed().earlier));
	return text === null ? '' : `; ${text}`;
}

const asLine = (entry: Entry, odd: string): Line => {
	const at = instant(entry.at);
	const head = `${String(entry.seq).padStart(4)}  ${day(at)} ${wall(at)}${zone(at)}  `;
	return entryLine(head, entry, `${odd}${entry.by.role === null ? '' : `  [${entry.by.role}]`}`);
};

export const run = (call: Args): Promise<number> =>
	reading(call, async opened => {
		if (!call.flag('json')) await withEarlier(opened);
		const printOne = (entry: Entry): void =>
			call.flag('json')
				? void call.io.stdout.write(`${format(entry)}\n`)
				: say(call.io, asLine(entry, oddDuration(opened, entry)));
		const print = (entries: readonly Entry[]): void => entries.forEach(printOne);
		if (!call.flag('follow')) {
			print(opened.journal.entries());
			return 0;
		}
		const done = ({closed}: State) => (closed === null ? null : 0);
		const result = await watch(call.io, opened, {attempt: null, seq: 0, done, print});
		return 'signal' in result ? codeOf(result.signal) : result.value;
	});
