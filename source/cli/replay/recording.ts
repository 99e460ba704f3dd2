/*
What a cutover left, read once for a replay: its entries, its samples and its logs. Files are opened for reading only, and no lock,
no runner and no watcher is touched, so that a copy of the folder does as well, also on a medium that cannot be written.
*/

import {existsSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import type {Instant, Sample} from '../../cutover/health/outage/sample.ts';
import type {Path} from '../../cutover/model/runbook.ts';
import {isOver} from '../../cutover/model/state.ts';
import type {Entry} from '../../cutover/ports.ts';
import {origin} from '../../journal/entry.ts';
import {journalFile} from '../../journal/file-store.ts';
import {entriesIn} from '../../journal/fold.ts';
import {openReader} from '../../journal/reader.ts';
import {samplesFile} from '../../processes/folder.ts';
import {type SampleReader, samplesIn} from '../../watch/sample-reader.ts';
import type {Args} from '../args.ts';
import {folderNamed} from '../choose.ts';
import {systemClock} from '../clock.ts';
import {cutoversOf, withCatalog} from '../compose.ts';
import {UsageError} from '../usage-error.ts';

export type CutoverRecord = {readonly id: string; readonly folder: Path; readonly entries: readonly Entry[]};

const closing: ReadonlySet<Entry['type']> = new Set(['closed', 'abandoned']);

/** Of the store: one that goes on is not to be mistaken for its replay. */
function over(record: CutoverRecord): CutoverRecord {
	if (record.entries.some(({type}) => closing.has(type))) return record;
	throw new UsageError(
		`${record.id} is open: it can be replayed once it is closed. See it now: cutover-tui --cutover ${record.id}.`,
	);
}

function begun(record: CutoverRecord): CutoverRecord {
	if (record.entries.length === 0) throw new UsageError(`Nothing was recorded in ${record.folder}.`);
	return record;
}

const inFolder = (folder: Path): CutoverRecord =>
	begun({id: basename(folder), folder, entries: openReader(join(folder, journalFile)).read(origin)});

/** The cutover that a call names by its id or its folder; without a name the one that was closed last. Throws UsageError, StoreFault. */
export async function recordOf(call: Args): Promise<CutoverRecord> {
	const word = call.word(0) ?? call.text('cutover');
	const known = word === null ? await cutoversOf(call) : [];
	const closed = known.find(({status}) => status !== 'unreadable' && isOver(status))?.folder;
	const folder = word === null ? closed : await folderNamed(call, word);
	if (folder === undefined)
		throw new UsageError('No cutover is closed yet. Name the folder of one: cutover-tui replay DIR.');
	const isCopy = word !== null && resolve(call.io.cwd, word) === folder;
	if (existsSync(join(folder, journalFile))) return isCopy ? inFolder(folder) : over(inFolder(folder));
	const id = basename(folder);
	return withCatalog(call, async catalog =>
		over(begun({id, folder, entries: await entriesIn(catalog, id, systemClock)})),
	);
}

export type RecordedSamples = {
	/** Reads what was sampled by the replayed time; all of it again where that went back. */
	open(): Pick<SampleReader, 'read'>;
	/** The replayed time on the clocks of the newest sample by then. */
	instant(): Instant;
};

/** `now`: the replayed time, ms. */
export function recordedSamples(folder: Path, now: () => number): RecordedSamples {
	let known: readonly Sample[] | null = null;
	const all = (): readonly Sample[] => {
		known ??= samplesIn(samplesFile(folder)).toSorted((one, other) => one.at - other.at);
		return known;
	};
	return {
		open() {
			let count = 0;
			const read: SampleReader['read'] = (take, anew) => {
				const at = now();
				const samples = all();
				if ((samples[count - 1]?.at ?? at) > at) {
					anew();
					count = 0;
				}
				for (let next = samples[count]; next !== undefined && next.at <= at; next = samples[++count]) take(next);
			};
			return {read};
		},
		instant() {
			const at = now();
			const newest = all().findLast(sample => sample.at <= at);
			return {at, boot: newest?.boot ?? '', up: newest === undefined ? at : newest.up + at - newest.at, wall: at};
		},
	};
}
