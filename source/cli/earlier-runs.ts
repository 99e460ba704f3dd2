/*
How long things took in the other cutovers of this runbook and in its rehearsals: read in the background, once, so that
nobody waits for it.
*/
import {dirname} from 'node:path';
import {type Durations, durationsOf, together} from '../cutover/due/usual-durations.ts';
import type {State} from '../cutover/model/state.ts';
import type {Catalog} from '../cutover/store.ts';
import {fileCatalog} from '../journal/file-catalog.ts';
import {entriesIn, foldOn, nothing} from '../journal/fold.ts';
import {lastKnown} from '../journal/progress.ts';
import {systemClock} from './clock.ts';
import {cutoversBeside, rehearsalsBeside} from './state-root.ts';

/** The newest are read: what took long a year ago tells little. */
const most = 10;

export type EarlierRuns = {
	/** Reads them the first time; never rejects. */
	look(state: State): Promise<void>;
	/** Undefined before that. */
	observed(): Durations | undefined;
};

type Place = {readonly catalog: Catalog; readonly id: string; readonly at: string};

/** Of a cutover with this title, when it last changed; null for any other. Its progress tells both without its journal. */
function changedAt(folder: string, title: string): string | null {
	const known = lastKnown(folder);
	return known?.title === title && typeof known.at === 'string' ? known.at : null;
}

async function placesIn(catalog: Catalog, title: string, own: string): Promise<readonly Place[]> {
	const ids = await catalog.ids().catch(() => []);
	return ids.flatMap(id => {
		const folder = catalog.folder(id);
		const at = folder === own ? null : changedAt(folder, title);
		return at === null ? [] : [{catalog, id, at}];
	});
}

/** Nothing of one that cannot be read. */
async function durationsAt({catalog, id}: Place): Promise<Durations> {
	try {
		return durationsOf(foldOn(nothing(), await entriesIn(catalog, id, systemClock)).state);
	} catch {
		return {};
	}
}

/** For the cutover in `folder`, which `catalog` holds. */
export function earlierRuns(catalog: Catalog, folder: string): EarlierRuns {
	let known: Durations | undefined;
	let looked = false;
	return {
		observed: () => known,
		async look({runbook}) {
			if (looked || runbook === null) return;
			looked = true;
			const root = dirname(folder);
			const others = [cutoversBeside(root) ?? rehearsalsBeside(root)].map(other => fileCatalog(other, systemClock));
			const places: Place[] = [];
			for (const each of [catalog, ...others]) places.push(...(await placesIn(each, runbook.title, folder)));
			const newest = places.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-most);
			const all: Durations[] = [];
			for (const place of newest) all.push(await durationsAt(place));
			known = together(all);
		},
	};
}
