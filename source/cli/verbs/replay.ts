/*
`replay [CUTOVER]`: a cutover that is over, again on the screen or as lines, at its own pace or faster. It opens files for reading
only: no lock, no runner and no watcher, so that a copy of a folder can be replayed anywhere.
*/

import {type Args, numberGiven} from '../args.ts';
import {systemClock} from '../clock.ts';
import {needTerminal} from '../io.ts';
import {isPlain} from '../plain.ts';
import {recordOf} from '../replay/recording.ts';
import {replayed} from '../replay/replayed.ts';
import {codeOfLeft, show} from '../show.ts';
import {UsageError} from '../usage-error.ts';
import {showZoneOf} from '../zone.ts';

const usualSpeed = 60;
const fastest = 1_000_000;

function eventOf(call: Args, events: number): number | null {
	const text = call.text('event');
	if (text === null) return null;
	const event = Number(text);
	if (Number.isInteger(event) && event >= 1 && event <= events) return event;
	throw new UsageError(`There is no event "${text}". Write a number of the log: 1 to ${events}.`);
}

export const run = async (call: Args): Promise<number> => {
	const plain = isPlain(call);
	if (!plain) needTerminal(call.io, 'replay --plain');
	const speed = numberGiven(call, 'speed', usualSpeed, [0.1, fastest], 'how many times as fast it plays');
	const record = await recordOf(call);
	const event = eventOf(call, record.entries.length);
	const {cutover, player, clock} = replayed(call.io, record, systemClock, speed);
	showZoneOf(call.io.env, cutover.journal, clock);
	if (event !== null) player.move({kind: 'jump', event});
	const begin = (): void => {
		if (event === null) player.move({kind: 'play'});
	};
	try {
		if (plain) {
			const {ReplayLines} = await import('../replay/lines.ts');
			return await new ReplayLines(call, cutover, player, record.folder).talk(begin);
		}
		const load = async () => {
			begin();
			return {cutover, clock};
		};
		return codeOfLeft(await show(call, load));
	} finally {
		player.close();
	}
};
