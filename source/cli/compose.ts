/*
The composition root: which store, clock, runner and evidence stand behind the ports. Nothing else in the program knows
more than one of them.
*/
import {homedir} from 'node:os';
import {basename, dirname, isAbsolute, join, resolve} from 'node:path';
import {tailOf} from '../attempts/log/tail.ts';
import {programs} from '../attempts/processes/programs.ts';
import {Reconciler} from '../attempts/reconcile.ts';
import {refuse} from '../cutover/decide/refusal.ts';
import type {Person} from '../cutover/model/person.ts';
import type {State, Status} from '../cutover/model/state.ts';
import {type Clock, type Journal, StoreFault, type Tail} from '../cutover/ports.ts';
import {fileStore, journalFile} from '../journal/file-store.ts';
import {foldOn, nothing} from '../journal/fold.ts';
import {listFolders, openFolder} from '../journal/folder.ts';
import {openJournal} from '../journal/journal.ts';
import {openProgress} from '../journal/progress.ts';
import {openReader} from '../journal/reader.ts';
import {isLeft} from '../rehearsal/owner.ts';
import {pathObserver} from '../rollback/path-observer.ts';
import {watcherAlive} from '../watch/watcher.ts';
import type {Args} from './args.ts';
import {clockOf} from './clock.ts';
import type {Io} from './io.ts';
import {observe} from './observe.ts';

/** An open cutover; what else a screen needs is in acts.ts, because it loads the reader. */
export type Opened = {
	readonly journal: Journal;
	readonly tail: Tail;
	readonly id: string;
	readonly folder: string;
	readonly clock: Clock;
	/** True while its watcher runs. */
	watcher(): boolean;
	/** Starts or adopts what is owed. */
	reconcile(): Promise<void>;
	/** Sees whether the workflow path of the rollback could be dispatched, where that was not seen for a minute. */
	lookAtPath(): Promise<void>;
	close(): void;
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
	readonly state: State;
};

/** Absolute path of the folder that holds all cutovers. */
export function stateRoot(call: Pick<Args, 'text' | 'io'>): string {
	const given = call.text('state');
	if (given !== null) return resolve(call.io.cwd, given);
	const base = call.io.env['XDG_STATE_HOME'];
	const home = call.io.env['HOME'] ?? homedir();
	return join(base !== undefined && isAbsolute(base) ? base : join(home, '.local/state'), 'cutover-tui');
}

function listed(root: string, id: string): readonly Listed[] {
	const folder = join(root, id);
	const before = nothing();
	try {
		const {state} = foldOn(before, openReader(join(folder, journalFile)).read(before.head));
		if (state.begun === null || state.runbook === null) return [];
		return [
			{
				id,
				title: state.runbook.title,
				status: state.status,
				t0: state.t0,
				begun: state.begun.at,
				folder,
				runbook: state.runbook.path,
				state,
			},
		];
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		return [
			{id, title: error.message, status: 'unreadable', t0: 0, begun: 0, folder, runbook: '', state: before.state},
		];
	}
}

/** Every cutover below `root` that was begun, newest first. Throws StoreFault where the root itself cannot be trusted. */
export const cutovers = (root: string): readonly Listed[] =>
	listFolders(root)
		.flatMap(id => listed(root, id))
		.toSorted((a, b) => b.begun - a.begun);

/** In whose name a verb journals what it only noticed: the end of an attempt whose runner could not. */
const noticed: Person = {name: 'cutover-tui', login: null, role: null, tty: null, ssh: null, strength: 'process'};

/** Nothing is begun in a rehearsal whose process is gone: what it ran against is gone with it. */
function unlessLeft(journal: Journal, folder: string): Journal {
	const over = refuse(
		'a rehearsal ends with its process',
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

/** A folder that is there already, with its journal and the progress behind it. Throws StoreFault. */
export async function openedAt(io: Io, folder: string, clock: Clock): Promise<Opened> {
	const {env} = io;
	const progress = openProgress(folder);
	const path = pathObserver({clock, env});
	const look = observe(folder, env, {compares: true, path});
	const plain = await openJournal({store: fileStore(folder, clock), clock, look, onAppended: progress.save});
	const last = plain.entries().at(-1);
	if (last !== undefined) progress.fix(plain.state(), {seq: last.seq, hash: last.hash});
	const {journal, asked} = remembering(unlessLeft(plain, folder));
	const reconciler = new Reconciler({folder, journal, clock, programs, env, by: noticed, asked});
	return {
		id: basename(folder),
		folder,
		clock,
		journal,
		tail: tailOf(folder, clock),
		watcher: () => watcherAlive(folder),
		reconcile: async () => (isLeft(folder) ? undefined : reconciler.pass()),
		lookAtPath: () => path.look(journal.state()),
		close: () => journal.close(),
	};
}

/** Opens a cutover by its folder. Throws StoreFault. */
export function openCutover(io: Io, folder: string): Promise<Opened> {
	openFolder(dirname(folder), basename(folder));
	return openedAt(io, folder, clockOf(folder));
}
