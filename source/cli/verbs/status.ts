/* `status`: where the cutover is and what comes next, for people, for a prompt, or as JSON. */

import {brief} from '../../cutover/snapshot/briefing.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {snapshotNow} from '../../cutover/snapshot/snapshot-of.ts';
import {statusJson} from '../../cutover/snapshot/status-json.ts';
import {json, safe} from '../../text/clean.ts';
import {actorOf} from '../act.ts';
import type {Args} from '../args.ts';
import {briefingJson, briefingLines, since} from '../briefing-lines.ts';
import {meant, reading} from '../choose.ts';
import {catalogOf, type Opened, openCutover, openCutovers} from '../compose.ts';
import {say} from '../io.ts';
import {asLines, asOneLine} from '../status-lines.ts';

const snapshotFor = (call: Args, opened: Opened): Snapshot => snapshotNow(opened, actorOf(call, opened));

/** A prompt is no place for errors: nothing where no cutover is open, how many where there are several. */
async function oneLine(call: Args): Promise<number> {
	const catalog = await catalogOf(call);
	const named = call.text('cutover');
	const open = meant(await openCutovers(catalog)).filter(({id}) => named === null || id === named);
	const [only] = open;
	if (only === undefined || open.length > 1) await catalog.close();
	if (only === undefined) return 0;
	if (open.length > 1) {
		say(call.io, safe(`${open.length} cutovers are open`));
		return 0;
	}
	const opened = await openCutover(call.io, catalog, only.id);
	try {
		say(call.io, asOneLine(snapshotFor(call, opened)));
	} finally {
		await opened.close();
	}
	return 0;
}

const whole = (call: Args): Promise<number> =>
	reading(call, async opened => {
		const snapshot = snapshotFor(call, opened);
		const given = call.text('since');
		const by = actorOf(call, opened);
		const briefing = given === null ? null : brief(snapshot, opened.journal.entries(), since(given, snapshot.now), by);
		if (call.flag('json')) {
			const {folder, journal} = opened;
			const here = {folder, restricted: journal.fault() !== null, watcher: opened.watcher()};
			const document = {...statusJson(snapshot, here), ...(briefing && briefingJson(briefing))};
			call.io.stdout.write(`${json(document, 2)}\n`);
			return 0;
		}
		for (const line of briefing ? briefingLines(briefing) : []) say(call.io, line);
		for (const line of asLines(snapshot, opened)) say(call.io, line);
		return 0;
	});

export const run = (call: Args): Promise<number> => (call.flag('line') ? oneLine(call) : whole(call));
