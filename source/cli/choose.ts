/*
Which cutover a call speaks of: --cutover ID, else the only open one. Readers fall back to the newest closed one. An
abandoned one can only be closed: it is meant where it is named, or where nothing else is open.
*/

import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Catalog} from '../cutover/store.ts';
import {journalFile} from '../journal/file-store.ts';
import type {Args} from './args.ts';
import {catalogOf, closing, cutovers, type Listed, type Opened, openCutover, openIn, withCatalog} from './compose.ts';
import {tell} from './io.ts';
import {UsageError} from './usage-error.ts';

const list = (known: readonly Listed[]): string => known.map(({id, status}) => `${id} (${status})`).join(', ');

/** Those that may be meant where none is named: the open ones, abandoned ones only where no other is open. */
export function meant(known: readonly Listed[]): readonly Listed[] {
	const open = known.filter(({status}) => status !== 'closed');
	const going = open.filter(({status}) => status !== 'abandoned');
	return going.length > 0 ? going : open;
}

/** By its id alone, so that it costs the same beside fifty others. */
async function named(call: Args, catalog: Catalog, id: string): Promise<Opened> {
	if (await catalog.has(id)) return openCutover(call.io, catalog, id);
	const known = await cutovers(catalog);
	throw new UsageError(
		known.length === 0
			? `There is no cutover "${id}", nor any other.`
			: `There is no cutover "${id}". There are: ${list(known)}.`,
	);
}

/** The one that is meant; null where none is open. `what`: of which these are. Throws UsageError where several are. */
export function onlyOpen(known: readonly Listed[], what = 'cutovers'): Listed | null {
	const [first, ...others] = meant(known);
	if (first === undefined) return null;
	if (others.length === 0) return first;
	throw new UsageError(`Several ${what} are open: ${list([first, ...others])}. Say which with --cutover ID.`);
}

/** The folder of the cutover that a word names, by its id or by the folder itself; null where its journal is in a database. */
export async function folderNamed(call: Args, word: string): Promise<string> {
	const place = resolve(call.io.cwd, word);
	if (existsSync(join(place, journalFile))) return place;
	const folder = await withCatalog(call, async catalog =>
		!word.includes('/') && (await catalog.has(word)) ? catalog.folder(word) : null,
	);
	if (folder !== null) return folder;
	throw new UsageError(`There is no cutover "${word}", and no folder of one. See them: cutover-tui list.`);
}

function newestClosed(call: Args, known: readonly Listed[]): Listed {
	const [newest] = known;
	if (newest === undefined)
		throw new UsageError('There is no cutover yet. Begin one: cutover-tui begin RUNBOOK --t0 WHEN.');
	tell(call.io, `No cutover is open: this is ${newest.id}, closed.`);
	return newest;
}

/** Opens it. `read`: a closed one will do. Throws UsageError that lists what there is. */
export const choose = async (call: Args, mode: 'act' | 'read'): Promise<Opened> =>
	openIn(await catalogOf(call), async catalog => {
		const id = call.text('cutover');
		if (id !== null) return named(call, catalog, id);
		const known = await cutovers(catalog);
		const open = onlyOpen(known);
		if (open !== null) return openCutover(call.io, catalog, open.id);
		if (mode === 'read') return openCutover(call.io, catalog, newestClosed(call, known).id);
		throw new UsageError('No cutover is open. Begin one: cutover-tui begin RUNBOOK --t0 WHEN.');
	});

/** Opens one for reading, runs `work`, and closes it again. */
export async function reading(call: Args, work: (opened: Opened) => Promise<number>): Promise<number> {
	return closing(await choose(call, 'read'), opened => {
		const fault = opened.journal.fault();
		if (fault !== null) tell(call.io, `${fault.message} ${fault.fix}`);
		return work(opened);
	});
}

/** Knows how long things took before: for what says whether they took as long as usual. */
export async function withEarlier({journal, lookAtEarlier}: Opened): Promise<void> {
	await lookAtEarlier();
	await journal.look();
}
