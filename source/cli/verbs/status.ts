/* `status`: where the cutover is and what comes next, for people, for a prompt, or as JSON. */

import {pastOf} from '../../commands/spec.ts';
import {type Briefing, type BriefingEntry, brief} from '../../cutover/snapshot/briefing.ts';
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';
import {snapshotNow} from '../../cutover/snapshot/snapshot-of.ts';
import {statusJson} from '../../cutover/snapshot/status-json.ts';
import {minutes, stamp, wall} from '../../text/time.ts';
import {actorOf} from '../act.ts';
import {type Args, must} from '../args.ts';
import {meant, reading} from '../choose.ts';
import {catalogOf, closing, type Opened, openCutover, openCutovers, openIn} from '../compose.ts';
import {say, sayJson} from '../io.ts';
import {asLines, asOneLine} from '../status-lines.ts';
import {UsageError} from '../usage-error.ts';

const reported = ({seq, at, text}: BriefingEntry): string => `  ${wall(at)}  ${text}  [${seq}]`;

const section = (title: string, lines: readonly string[]): readonly string[] => [
	title,
	...(lines.length === 0 ? ['  nothing'] : lines),
	'',
];

const briefingLines = ({from, to, lastAct, happened, ...briefing}: Briefing): readonly string[] => [
	`Since ${wall(from)}, ${minutes(to - from)} ago`,
	...(lastAct === null ? [] : [`Your last recorded act: ${wall(lastAct.at)}  ${lastAct.text}  [${lastAct.seq}]`]),
	'',
	...section('Waits for you', [
		...briefing.toConfirm.map(({entry, by, words}) => `  confirm ${entry}: ${by} relayed "${words}" for you`),
		...briefing.waitsForYou.map(({text}) => `  ${text}`),
	]),
	...section(
		'Waits for others',
		briefing.waitsForOthers.map(({text}) => `  ${text}`),
	),
	...section('What happened', happened.map(reported)),
];

const entry = ({seq, at, text}: BriefingEntry) => ({seq, at: stamp(at), text});

/** Added to `status --json`. */
const briefingJson = ({from, lastAct, waitsForYou, waitsForOthers, toConfirm, happened}: Briefing) => ({
	since: {
		from: stamp(from),
		lastAct: lastAct && entry(lastAct),
		waitsForYou: waitsForYou.map(({text}) => text),
		waitsForOthers: waitsForOthers.map(({text}) => text),
		toConfirm: toConfirm.map(({entry: seq, by, words}) => ({entry: seq, by, words})),
		happened: happened.map(entry),
	},
});

const snapshotFor = (call: Args, opened: Opened): Snapshot => snapshotNow(opened, actorOf(call, opened));

/** A prompt is no place for errors: nothing where no cutover is open, how many where there are several. */
async function oneLine(call: Args): Promise<number> {
	const named = call.text('cutover');
	const opened = await openIn(await catalogOf(call), async catalog => {
		const open = meant(await openCutovers(catalog)).filter(({id}) => named === null || id === named);
		const [only] = open;
		if (open.length > 1) say(call.io, `${open.length} cutovers are open`);
		return only === undefined || open.length > 1 ? null : openCutover(call.io, catalog, only.id);
	});
	if (opened !== null) await closing(opened, () => say(call.io, asOneLine(snapshotFor(call, opened))));
	return 0;
}

const whole = (call: Args): Promise<number> =>
	reading(call, async opened => {
		const snapshot = snapshotFor(call, opened);
		const since = must(pastOf(call.text('since'), snapshot.now));
		const briefing = since === null ? null : brief(snapshot, opened.journal.entries(), since, actorOf(call, opened));
		if (call.flag('json')) {
			const {folder, journal} = opened;
			const here = {folder, restricted: journal.fault() !== null, watcher: opened.watcher()};
			const document = {...statusJson(snapshot, here), ...(briefing && briefingJson(briefing))};
			sayJson(call.io, document);
			return 0;
		}
		say(call.io, ...(briefing === null ? [] : briefingLines(briefing)), ...asLines(snapshot, opened));
		return 0;
	});

export const run = (call: Args): Promise<number> => {
	if (!call.flag('line')) return whole(call);
	if (call.flag('json') || call.text('since') !== null)
		throw new UsageError('--line gives one line: leave out --json and --since, or --line.');
	return oneLine(call);
};
