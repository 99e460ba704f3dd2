/* `log`: the journal, an event a line; `--follow` goes on until the cutover is closed. */

import {bandOf, bandText} from '../../cutover/due/duration-band.ts';
import {attemptKey} from '../../cutover/model/attempt-target.ts';
import type {Entry} from '../../cutover/ports.ts';
import {format} from '../../journal/entry.ts';
import {day, instant, wall, zone} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {reading, withEarlier} from '../choose.ts';
import type {Line} from '../colour.ts';
import type {Opened} from '../compose.ts';
import {entryLine} from '../entry-line.ts';
import {say} from '../io.ts';
import {codeOf, untilEnd} from '../until-end.ts';

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

function follow(call: Args, opened: Opened, from: number, print: (entry: Entry) => void): Promise<number> {
	let seq = from;
	return untilEnd(call.io, codeOf, (end, fail) => {
		const look = (): void => {
			try {
				const fault = opened.journal.fault();
				if (fault !== null) throw fault;
				for (const entry of opened.journal.entries()) {
					if (entry.seq <= seq) continue;
					print(entry);
					seq = entry.seq;
				}
				if (opened.journal.state().closed !== null) end(0);
			} catch (error) {
				fail(error);
			}
		};
		const stop = opened.journal.watch(look);
		look();
		return [stop];
	});
}

export const run = (call: Args): Promise<number> =>
	reading(call, async opened => {
		if (!call.flag('json')) await withEarlier(opened);
		const print = (entry: Entry): void =>
			void (call.flag('json')
				? call.io.stdout.write(`${format(entry)}\n`)
				: say(call.io, asLine(entry, oddDuration(opened, entry))));
		const entries = opened.journal.entries();
		for (const entry of entries) print(entry);
		return call.flag('follow') ? follow(call, opened, entries.at(-1)?.seq ?? 0, print) : 0;
	});
