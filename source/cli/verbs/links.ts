/* `links`: who without a login was invited, and whether they are there. */

import {masked} from '../../cutover/model/person.ts';
import {snapshotNow} from '../../cutover/snapshot/snapshot-of.ts';
import {counted, times} from '../../text/counted.ts';
import {instant, local, stamp} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {reading} from '../choose.ts';
import {say, sayJson} from '../io.ts';

export const run = (call: Args): Promise<number> =>
	reading(call, async ({journal, clock}) => {
		const state = journal.state();
		const {links} = snapshotNow({journal, clock}, null);
		const found = links.map(link => {
			const {opened, to} = state.invitations.find(each => each.link === link.link) ?? {opened: null, to: null};
			const mine = journal.entries().filter(({by}) => by.web?.link === link.link);
			const acts = new Set(mine.map(({cause}) => cause)).size;
			return {
				...link,
				since: stamp(link.since),
				until: stamp(link.until),
				to,
				opened: opened === null ? null : {...opened, at: stamp(opened.at)},
				acts,
			};
		});
		if (call.flag('json')) {
			sayJson(call.io, found);
			return 0;
		}
		if (found.length === 0) say(call.io, 'Nobody was invited.');
		for (const {link, name, roles, state: now, since, until, sent, to, code, by, opened, acts} of found) {
			const how = sent === 'mail' ? `mailed to ${masked(to ?? '')}` : `passed on by ${by}`;
			const seen =
				opened === null ? 'never opened' : `opened ${times(opened.times)}, from ${opened.from}, ${opened.agent}`;
			say(
				call.io,
				`${link}  ${name} (${roles.join(', ')})  ${now.toUpperCase()} ${local(instant(since))}, until ${local(instant(until))}`,
				`    ${how}${code ? ', with a spoken code' : ''}; ${seen}; ${counted(acts, 'act')}`,
			);
		}
		return 0;
	});
