/* Where cutovers last: the journal of one, the files beside it, the hosts that work for it, and all of a place. */
import type {HostReport, HostsObservation} from './model/hosts.ts';
import type {Path} from './model/runbook.ts';
import type {Clock, Entry, StoreFault} from './ports.ts';

/** The newest entry that one has read; `seq` 0 and an empty hash before the first. */
export type Head = {readonly seq: number; readonly hash: string};

/** Where entries last: when `append` answers `stored`, every entry has reached the disk. Throws StoreFault when it cannot be trusted or written. */
export type Store = {
	/** Entries behind `after`, checked; where that one was taken back before it lasted, all there are. */
	pull(after: Head): Promise<readonly Entry[]>;
	append(known: Head, entries: readonly Entry[]): Promise<'stored' | 'conflict'>;
	/** Calls when there may be something new; returns how to stop. */
	watch(changed: () => void): () => void;
	/** Why what was pulled last may not be all there is; null where it is. Absent: it always is. */
	fault?(): StoreFault | null;
	close(): Promise<void>;
};

/** `from`: the host that led before and let its lease run out, with for how long nobody led as far as is known. */
type Lead = {readonly mine: boolean; readonly from: {readonly host: string; readonly silentMs: number} | null};

/** The hosts that work for one cutover, and what this one is for them. Every function but `observed` rejects with StoreFault. */
export type Hosts = {
	readonly here: string;
	/** As of the last reading of the journal; hosts that were not heard since, because there was none, are silent. */
	observed(): HostsObservation;
	/** Says that this host works for the cutover; null: as it said before. */
	beat(report: HostReport | null): Promise<void>;
	/** Whether this machine runs an attempt: the first claim counts, for ever. */
	claim(attempt: string): Promise<boolean>;
	/** Takes or renews the lease of the watcher that leads, unless another has it; what the journal appends then acts on it. */
	lead(): Promise<Lead>;
	/** How long the lease lasts. */
	readonly leadMs: number;
	/** Number of the lease that is held, a new one each time it changes hands; 0 where none is. */
	term(): number;
	yield(): Promise<void>;
};

/**
 * The files beside a journal that are part of its record: approved files, attachments, logs, samples. They only grow, and are
 * written in the folder of the host that the cutover runs on.
 */
export type Copies = {
	/** Sends what is new in that folder to where every host can read it. Rejects with StoreFault. */
	send(): Promise<void>;
	/** Writes what other hosts sent since the last call into the folder of this one. Rejects with StoreFault. */
	follow(): Promise<void>;
	/** Writes what was sent and `folder` lacks; returns the paths of files that are not what their name says. */
	receive(folder: Path): Promise<readonly Path[]>;
};

/** All cutovers of one place, such as a state folder. Every function rejects with StoreFault where the place cannot be trusted. */
export type Catalog = {
	/** Ids of the cutovers that were begun, sorted; also of those whose journal is damaged. */
	ids(): Promise<readonly string[]>;
	/** Rejects with StoreFault while `ids` may lack some: those of other hosts while the database is away. */
	whole(): Promise<void>;
	/** Whether it is one of `ids`; costs the same however many there are. */
	has(id: string): Promise<boolean>;
	/** Folder on this host for what belongs to the processes of one cutover. */
	folder(id: string): Path;
	/** Reserves an id for a new cutover and makes its folder; false where the id is taken. */
	create(id: string): Promise<boolean>;
	/** Reserves an id for a cutover that has a folder on this host already; false where it is in the store. */
	reserve(id: string): Promise<boolean>;
	/** Makes this host one of those that work for a cutover that was begun: its folder, with the files that an attempt needs. */
	join(id: string): Promise<void>;
	/** Null where a cutover has one host. */
	hosts(id: string): Hosts | null;
	/** Takes back one that was created and never begun. */
	discard(id: string): Promise<void>;
	/** The journal of one that was created. */
	journal(id: string, clock: Clock): Promise<Store>;
	/** The files beside the journal of one that was created. */
	copies(id: string): Copies;
	/** Runs `work` while nobody else begins a cutover here. */
	exclusively<T>(work: () => Promise<T>): Promise<T>;
	close(): Promise<void>;
};

/** What a catalog is opened with. `root`: folder of this host for what belongs to processes; `clock`: of this machine; `env`: where a password is looked up. */
export type StoreContext = {
	readonly root: Path;
	readonly clock: Clock;
	readonly env: Readonly<Record<string, string | undefined>>;
};
