/* `publish`: writes the page of a cutover whenever it changes, until it is over or a signal arrives; it opens no port. */

import {publish} from '../../serve/publish.ts';
import type {Args} from '../args.ts';
import {choose} from '../choose.ts';
import {systemClock} from '../clock.ts';
import {closing} from '../compose.ts';
import {say, tell} from '../io.ts';
import {pageSource, untilOver} from '../page.ts';
import {type Target, toCommand, toFile} from '../publishing.ts';
import {toWrite} from '../to-write.ts';
import {UsageError} from '../usage-error.ts';

function targetIn({io}: Args, file: string | null, line: string | null): Target {
	if (file !== null && line === null) return toFile(toWrite(io, file));
	if (file === null && line !== null) return toCommand({line: () => line, cwd: io.cwd, env: io.env}, systemClock);
	throw new UsageError('Name the FILE that the page is written to, or with --command what gets it.');
}

export const run = async (call: Args): Promise<number> => {
	const [file, line] = [call.word(0), call.text('command')];
	const target = targetIn(call, file, line);
	const once = call.flag('once');
	return closing(await choose(call, once ? 'read' : 'act'), async opened => {
		const {first, failure, stop} = publish({
			...target,
			source: pageSource(opened),
			clock: opened.clock,
			complain: text => tell(call.io, text),
		});
		await first;
		const isWritten = failure() === null;
		if (once) {
			await stop();
			return isWritten ? 0 : 3;
		}
		const when = isWritten ? 'whenever it changes' : 'once it can be written';
		say(call.io, `The page goes to ${file ?? line ?? ''} ${when}.`);
		return untilOver(call.io, opened).finally(stop);
	});
};
