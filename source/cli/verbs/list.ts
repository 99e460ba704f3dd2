/* `list`: all cutovers, newest first. */
import {json, safe} from '../../text/clean.ts';
import {local, stamp} from '../../text/time.ts';
import type {Args} from '../args.ts';
import {catalogOf, cutovers} from '../compose.ts';
import {say, tell} from '../io.ts';

export const run = async (call: Args): Promise<number> => {
	const known = await cutovers(await catalogOf(call));
	if (call.flag('json')) {
		call.io.stdout.write(
			`${json(
				known.map(({id, title, status, t0, folder, runbook}) => ({
					id,
					title,
					status,
					t0: status === 'unreadable' ? null : stamp(t0),
					folder,
					runbook,
				})),
				2,
			)}\n`,
		);
		return 0;
	}
	for (const {id, status, t0, title, runbook} of known) {
		const about = status === 'unreadable' ? title : `T0 ${local(t0)}  ${title}  ${runbook}`;
		say(call.io, safe(`${id}  ${status}  ${about}`));
	}
	if (known.length === 0)
		tell(call.io, safe('There is no cutover yet. Begin one: cutover-tui begin RUNBOOK --t0 WHEN.'));
	return 0;
};
