/*
What a shell may offer for a word: ids of the open cutover's runbook, cutovers, files. A completion that fails offers
nothing, because nobody reads an error in the middle of typing.
*/

import {readdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import type {Catalog} from '../cutover/store.ts';
import {lastKnown} from '../journal/progress.ts';
import type {Args, Completes} from './args.ts';
import {meant} from './choose.ts';
import {type Listed, listed, openCutovers, withCatalog} from './compose.ts';
import {type Offered, rowsOf} from './runbook-rows.ts';

function files(call: Args, typed: string, wanted: (name: string) => boolean): readonly Offered[] {
	const folder = typed.endsWith('/') ? typed : dirname(typed);
	return readdirSync(resolve(call.io.cwd, folder), {withFileTypes: true})
		.filter(entry => entry.isDirectory() || wanted(entry.name))
		.map(entry => ({
			value: `${folder === '.' && !typed.startsWith('./') ? entry.name : join(folder, entry.name)}${entry.isDirectory() ? '/' : ''}`,
			about: '',
		}));
}

/** What is asked of the disk before the shell's line is looked at: `cutovers` all there are, `open` those that rows may be of. */
export type Known = {
	readonly call: Args;
	readonly cutovers: readonly Offered[];
	readonly open: readonly Listed[];
};

/** The cutover that the line names before the word that is typed. */
const namedIn = (words: readonly string[]): string | null => {
	const before = words.slice(0, -1);
	const at = before.indexOf('--cutover');
	return at < 0 ? null : (before[at + 1] ?? null);
};

async function meantBy(call: Args, catalog: Catalog): Promise<readonly Listed[]> {
	const id = namedIn(call.words());
	if (id === null) return meant(await openCutovers(catalog));
	return (await catalog.has(id)) ? listed(catalog, id) : [];
}

async function read(call: Args, catalog: Catalog): Promise<Omit<Known, 'call'>> {
	const titled = (id: string): Offered => ({value: id, about: String(lastKnown(catalog.folder(id))?.title ?? '')});
	return {cutovers: (await catalog.ids()).map(titled), open: await meantBy(call, catalog)};
}

export const knownFor = async (call: Args): Promise<Known> => ({
	call,
	...(await withCatalog(call, catalog => read(call, catalog)).catch(() => ({cutovers: [], open: []}))),
});

function offered({call, cutovers, open}: Known, completes: Completes, typed: string): readonly Offered[] {
	if (completes === 'runbook') return files(call, typed, name => name.endsWith('.md'));
	if (completes === 'file') return files(call, typed, () => true);
	if (completes === 'cutover') return cutovers;
	const runbook = open.length === 1 ? (open[0]?.state.runbook ?? null) : null;
	return runbook === null ? [] : rowsOf[completes](runbook);
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);

export function offers(known: Known, completes: Completes, typed: string): readonly Offered[] {
	try {
		return offered(known, completes, typed).map(({value, about}) => ({value, about: plain(about)}));
	} catch {
		return [];
	}
}
