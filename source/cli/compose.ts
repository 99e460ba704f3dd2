/*
The composition root: which store, clock, runner and evidence are behind the ports. Nothing else in the program knows
more than one of them.
*/

import {join} from 'node:path';
import {tailOf} from '../attempts/log/tail.ts';
import {Reconciler} from '../attempts/reconcile.ts';
import {refuse} from '../cutover/decide/refusal.ts';
import {isLedElsewhere} from '../cutover/model/hosts.ts';
import {itself} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {Digests} from '../cutover/model/runbook.ts';
import type {State, Status} from '../cutover/model/state.ts';
import {type Clock, type Journal, StoreFault, type Tail} from '../cutover/ports.ts';
import type {Catalog} from '../cutover/store.ts';
import {replaceFile} from '../disk/atomic-file.ts';
import {entriesIn, foldOn, nothing} from '../journal/fold.ts';
import {openJournal} from '../journal/journal.ts';
import {AddressError} from '../journal/postgres/address.ts';
import {lastKnown, openProgress} from '../journal/progress.ts';
import {openCatalog} from '../journal/stores.ts';
import {redaction} from '../processes/environment.ts';
import {pageKeeper} from '../processes/page-process.ts';
import {programs} from '../processes/programs.ts';
import {isLeft} from '../rehearsal/owner.ts';
import {pathObserver} from '../rollback/path-observer.ts';
import {watcherKeeper} from '../watch/keeper.ts';
import {watcherAlive} from '../watch/watcher.ts';
import type {Args} from './args.ts';
import {clockOf, systemClock} from './clock.ts';
import {earlierRuns} from './earlier-runs.ts';
import type {Io} from './io.ts';
import {observe} from './observe.ts';
import {stateRoot} from './state-root.ts';
import {storeAddress} from './store-address.ts';
import {UsageError} from './usage-error.ts';
import {showZoneOf} from './zone.ts';

/** An open cutover; what else a screen needs is in acts.ts, because it loads the reader. */
export type Opened = {
	readonly journal: Journal;
	readonly tail: Tail;
	readonly id: string;
	readonly folder: string;
	/** Where it was found. */
	readonly catalog: Catalog;
	readonly clock: Clock;
	/** True while its watcher runs here, or that of another host which leads. */
	watcher(): boolean;
	/** Starts or adopts the work that is due. */
	reconcile(): Promise<void>;
	/** Sees whether the workflow path of the rollback could be dispatched, where that was not seen for a minute. */
	lookAtPath(): Promise<void>;
	/** Reads how long things took in earlier cutovers of this runbook, once. */
	lookAtEarlier(): Promise<void>;
	close(): Promise<void>;
};

/** `unreadable`: its journal cannot be trusted; opening it says why. Times in ms. */
export type Listed = {
	readonly id: string;
	readonly title: string;
	readonly status: Status | 'unreadable';
	readonly t0: number;
	readonly begun: number;
	readonly folder: string;
	readonly runbook: string;
	/** Id of the command that began it. */
	readonly cause: string;
	readonly state: State;
	/** Why it is unreadable. */
	readonly fault?: StoreFault;
};

/** The cutovers of a call, where --store, CUTOVER_STORE or config.yaml say, else below its state folder. Close it when done. */
export async function catalogOf(call: Pick<Args, 'text' | 'io'>): Promise<Catalog> {
	const root = stateRoot(call);
	const {address, from} = (await storeAddress(call)) ?? {address: root, from: '--state'};
	// Not repeated: an address may hold a password by mistake.
	const wrong = (why: string): UsageError => new UsageError(`${from} is not the address of a store. ${why}`);
	try {
		const catalog = await openCatalog(address, {root, clock: systemClock, env: call.io.env});
		if (catalog !== null) return catalog;
	} catch (error) {
		throw error instanceof AddressError ? wrong(error.message) : error;
	}
	throw wrong('Name a folder, or postgres://USER@HOST/DATABASE.');
}

/** Runs `work` with what is open, and closes that whatever comes of it. */
export async function closing<O extends {close(): Promise<void>}, T>(
	opened: O,
	work: (opened: O) => Promise<T> | T,
): Promise<T> {
	try {
		return await work(opened);
	} finally {
		await opened.close();
	}
}

/** Runs `work` with the cutovers of a call. */
export const withCatalog = async <T>(
	call: Pick<Args, 'text' | 'io'>,
	work: (catalog: Catalog) => Promise<T>,
): Promise<T> => closing(await catalogOf(call), work);

/** One of them by its id, so that it costs the same beside fifty others; none where it was not begun. */
export async function listed(catalog: Catalog, id: string): Promise<readonly Listed[]> {
	const folder = catalog.folder(id);
	const before = nothing();
	try {
		const entries = await entriesIn(catalog, id, systemClock);
		const {state} = foldOn(before, entries);
		const {begun, runbook, status, t0} = state;
		if (begun === null || runbook === null) return [];
		const cause = entries[0]?.cause ?? '';
		return [{id, title: runbook.title, status, t0, begun: begun.at, folder, runbook: runbook.path, cause, state}];
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		const {message: title} = error;
		const {state} = before;
		return [{id, title, status: 'unreadable', t0: 0, begun: 0, folder, runbook: '', cause: '', state, fault: error}];
	}
}

/** Every cutover that was begun, newest first; all of them are read. Throws StoreFault where the place itself cannot be trusted. */
export async function cutovers(catalog: Catalog): Promise<readonly Listed[]> {
	const known: Listed[] = [];
	for (const id of await catalog.ids()) known.push(...(await listed(catalog, id)));
	return known.toSorted((a, b) => b.begun - a.begun);
}

/**
 * Those that are open, newest first. Closed is for good: where the readable progress says so the journal is not read, so
 * that what is asked at every prompt costs the same beside fifty closed ones.
 */
export async function openCutovers(catalog: Catalog): Promise<readonly Listed[]> {
	const known: Listed[] = [];
	for (const id of await catalog.ids())
		if (lastKnown(catalog.folder(id))?.status !== 'closed') known.push(...(await listed(catalog, id)));
	return known.filter(({status}) => status !== 'closed').toSorted((a, b) => b.begun - a.begun);
}

/** All cutovers of a call. */
export const cutoversOf = (call: Pick<Args, 'text' | 'io'>): Promise<readonly Listed[]> => withCatalog(call, cutovers);

/** Nothing is begun in a rehearsal whose process is gone: what it ran against is gone with it. */
function unlessLeft(journal: Journal, folder: string): Journal {
	const over = refuse(
		'rehearsal-ended',
		'This one has ended.',
		'Rehearse again (cutover-tui rehearse), or read this one.',
	);
	return {...journal, decide: async (command, by) => (isLeft(folder) ? over : journal.decide(command, by))};
}

/** Remembers what this process asked for: it starts that at once, with its own environment (RULES C4). */
function remembering(journal: Journal): {readonly journal: Journal; asked(cause: string): boolean} {
	const sent = new Set<string>();
	const decide: Journal['decide'] = (command, by) => {
		sent.add(command.id);
		return journal.decide(command, by);
	};
	return {journal: {...journal, decide}, asked: cause => sent.has(cause)};
}

/** Writes the evidence as it is before the close, and answers with the digest of every file of the folder that counts. */
async function sealAll(folder: string, cutover: {readonly journal: Journal; readonly clock: Clock}): Promise<Digests> {
	const [{evidenceOf}, {asJson}, {evidenceFile, sealedFiles}] = await Promise.all([
		import('./evidence.ts'),
		import('../evidence/formats/json.ts'),
		import('../evidence/sealed.ts'),
	]);
	replaceFile(join(folder, evidenceFile), Buffer.from(evidenceOf(cutover, asJson)));
	return sealedFiles(folder);
}

/** Opens one of a catalog, which is closed where that fails, is refused, or finds none. */
export async function openIn<T extends Opened | Refusal | null>(
	catalog: Catalog,
	open: (catalog: Catalog) => Promise<T>,
): Promise<T> {
	let opened: T | null = null;
	try {
		opened = await open(catalog);
		return opened;
	} finally {
		if (opened === null || 'refused' in opened) await catalog.close();
	}
}

/** One that was created, with its journal and the progress behind it; closing it closes the catalog. Throws StoreFault. */
export const openCutover = (io: Io, catalog: Catalog, id: string): Promise<Opened> =>
	openIn(catalog, () => openCreated(io, catalog, id));

/** As `openCutover`; where it fails the catalog stays open, for whoever asks more of it. */
export async function openCreated(io: Io, catalog: Catalog, id: string): Promise<Opened> {
	await catalog.join(id);
	const {env} = io;
	const hosts = catalog.hosts(id);
	const folder = catalog.folder(id);
	const clock = clockOf(folder);
	const progress = openProgress(folder);
	const path = pathObserver({folder, clock, env});
	const earlier = earlierRuns(catalog, folder);
	const look = observe(folder, env, {compares: true, keeps: false, path, hosts, earlier});
	const store = await catalog.journal(id, clock);
	const plain: Journal = await openJournal({
		store,
		clock,
		look,
		onAppended: progress.save,
		redact: redaction(env),
		async filesToSeal() {
			// What other hosts wrote is part of it.
			await catalog.copies(id).follow();
			return sealAll(folder, {journal: plain, clock});
		},
	});
	const last = plain.entries().at(-1);
	showZoneOf(env, plain, clock);
	if (last !== undefined) progress.fix(plain.state(), {seq: last.seq, hash: last.hash});
	const {journal, asked} = remembering(unlessLeft(plain, folder));
	const reconciler = new Reconciler({
		folder,
		journal,
		clock,
		programs,
		env,
		// For what a verb only notices: the end of an attempt whose runner could not say it.
		by: itself,
		isMine: ({cause}) => asked(cause),
		host: hosts?.here ?? null,
		keepWatcher: watcherKeeper({folder, clock, programs}),
		keepPage: pageKeeper({folder, clock, programs}),
	});
	return {
		id,
		folder,
		catalog,
		clock,
		journal,
		tail: tailOf(folder, clock),
		watcher: () => watcherAlive(folder) || isLedElsewhere(journal.observed().hosts),
		async reconcile() {
			if (isLeft(folder)) return;
			await reconciler.pass();
			// Its watcher has ended: the files that closing wrote are sent by whoever closed it.
			if (journal.state().closed !== null) await catalog.copies(id).send();
		},
		lookAtPath: () => path.look(journal.state()),
		lookAtEarlier: () => earlier.look(journal.state()),
		close: () => journal.close().then(() => catalog.close()),
	};
}
