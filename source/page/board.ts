/*
The live page's content: what `status --json` says, the newest entries of the journal and samples, as sections of HTML. Each is
sent to readers when it changes, so nothing in it ticks but what the page's script counts on by itself.
*/
import type {Observation} from '../cutover/model/command.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {type Here, type StatusJson, statusJson} from '../cutover/snapshot/status-json.ts';
import {instant} from '../text/time.ts';
import type {Outside} from './outside.ts';

/** Times in ms. */
export type Board = {
	readonly status: StatusJson;
	/** How many times as fast its clock runs; null: it is meant. */
	readonly rehearsal: {readonly speed: number} | null;
	/** The newest samples, by endpoint. */
	readonly samples: Readonly<Record<string, Snapshot['endpoints'][number]['recent']>>;
	/** Newest first. */
	readonly journal: readonly {readonly entry: number; readonly at: number; readonly text: string}[];
	/** Entries in all, and the hash of the newest. */
	readonly head: {readonly entries: number; readonly hash: string};
	/** Since when the record cannot be read; null where it can. */
	readonly away: number | null;
};

/** Entries on the page; the others are a link away. */
const most = 200;

/** What is on the page at `at` (ms). `before`: only entries older than that number. */
export function boardOf(
	{state, entries}: Outside,
	at: number,
	observed: Observation,
	{away = null, ...here}: Here & {readonly away?: Board['away']},
	before = Number.POSITIVE_INFINITY,
): Board {
	const snapshot = snapshotOf(state, state.closed?.at ?? at, observed, null);
	const last = Math.min(entries.length, before - 1);
	return {
		status: statusJson(snapshot, here),
		rehearsal: state.rehearsal && {speed: state.rehearsal.speed},
		samples: Object.fromEntries(snapshot.endpoints.map(({name, recent}) => [name, recent])),
		journal: entries
			.slice(Math.max(0, last - most), last)
			.toReversed()
			.map(entry => ({entry: entry.seq, at: instant(entry.at), text: sentence(entry)})),
		head: {entries: entries.length, hash: entries.at(-1)?.hash ?? ''},
		away,
	};
}
