/*
Checks a cutover's folder offline: the chain of its journal, the digests of its files, its closing entry. Nothing of the folder
is run, no link of it is followed, and nothing is believed because a file says so: every digest is computed here.
*/
import {constants, realpathSync} from 'node:fs';
import {dirname, isAbsolute, join, normalize} from 'node:path';
import {shownPath} from '../cutover/model/person.ts';
import type {Entry} from '../cutover/ports.ts';
import type {Head} from '../cutover/store.ts';
import {readRecord} from '../disk/atomic-file.ts';
import {isSystemError} from '../disk/fault.ts';
import {readFrom, withFile} from '../disk/file.ts';
import {inOneLine} from '../text/error-text.ts';
import {digestIn, filesToSeal, isBook} from './sealed.ts';

/** The journal's own reading of a line. `read`: null where the line does not fit its hash. */
export type Chain = {
	readonly origin: Head;
	read(line: string): Entry | null;
	follows(entry: Entry, head: Head): boolean;
};

export type Fault = {readonly seq: number | null; readonly code: string; readonly message: string};

export type Verified = {
	readonly valid: boolean;
	readonly closed: boolean;
	readonly text: string;
	readonly events: number;
	readonly head: string;
	readonly problems: readonly Fault[];
	/** Number of the last entry that everything before it proves. */
	readonly provenUpTo: number;
	readonly entries: readonly Entry[];
};

export type Demands = {
	/** That it is closed. */
	readonly closed: boolean;
	/** A head that was noted elsewhere: it must be one of this journal. */
	readonly head: string | null;
	/** What else an entry must hold, such as its signature. */
	checkEntry?(entry: Entry): Promise<Fault | null>;
};

const journal = 'journal.ndjson';
const lineFeed = 0x0a;

type Read = {readonly entries: readonly Entry[]; readonly fault: Fault | null};

const fault = (seq: number | null, code: string, message: string): Fault => ({seq, code, message});

/** Entries from the first on, as far as each fits the one before it. */
function readChain(bytes: Buffer, {origin, read, follows}: Chain): Read {
	const entries: Entry[] = [];
	let head = origin;
	let at = 0;
	for (let feed = bytes.indexOf(lineFeed); feed >= 0; feed = bytes.indexOf(lineFeed, at)) {
		const piece = bytes.subarray(at, feed);
		const text = piece.toString('utf8');
		const entry = Buffer.from(text).equals(piece) ? read(text) : null;
		const seq = head.seq + 1;
		if (entry === null) return {entries, fault: fault(seq, 'entry', `entry ${seq} does not fit its hash`)};
		if (!follows(entry, head))
			return {entries, fault: fault(seq, 'chain', `line ${seq} does not follow the entry before it`)};
		entries.push(entry);
		head = {seq: entry.seq, hash: entry.hash};
		at = feed + 1;
	}
	const last = entries.at(-1);
	if (at < bytes.length)
		return {entries, fault: fault(head.seq + 1, 'tail', `what follows entry ${head.seq} is no whole entry`)};
	if (last?.batch !== undefined && last.batch.last !== last.seq)
		return {entries, fault: fault(last.seq, 'batch', `entries that belong to entry ${last.seq} are missing`)};
	if (last === undefined) return {entries, fault: fault(null, 'empty', 'the journal is empty')};
	return {entries, fault: null};
}

/** Whether a path that the journal names leads to a place inside the folder, and not through a link. */
function isInside(folder: string, path: string): boolean {
	if (path === '' || isAbsolute(path) || normalize(path).startsWith('..')) return false;
	try {
		return realpathSync(dirname(join(folder, path))) === join(realpathSync(folder), dirname(normalize(path)));
	} catch {
		return false;
	}
}

function fileFault(folder: string, seq: number, path: string, wanted: string): Fault | null {
	const now = isInside(folder, path) ? digestIn(folder, path) : null;
	if (now === wanted) return null;
	return now === null
		? fault(seq, 'file-missing', `${path} is missing, and entry ${seq} names it`)
		: fault(
				seq,
				'file-changed',
				`${path} is not what entry ${seq} names (${wanted.slice(0, 15)}, now ${now.slice(0, 15)})`,
			);
}

type Named = {readonly seq: number; readonly path: string; readonly digest: string};

/** Files that an entry names by digest; the closing entry names all of them once more. */
function named(entry: Entry): readonly Named[] {
	const {seq, by} = entry;
	const shown =
		by.shown === undefined ? [] : [{seq, path: shownPath(by.shown.sha256), digest: `sha256:${by.shown.sha256}`}];
	return [...shown, ...filesOf(entry)];
}

function filesOf(entry: Entry): readonly Named[] {
	const {seq} = entry;
	if (entry.type === 'attached') return [{seq, path: entry.data.path, digest: `sha256:${entry.data.sha256}`}];
	if (entry.type === 'ended' || entry.type === 'judged') {
		const {log} = entry.data;
		return log === null ? [] : [{seq, path: log.path, digest: `sha256:${log.sha256}`}];
	}
	if (entry.type !== 'closed' || entry.data.seal === null) return [];
	return Object.entries(entry.data.seal.files).flatMap(([path, digest]) =>
		digest === null ? [] : [{seq, path, digest}],
	);
}

/** Whether the closing entry is the last one, and closes this journal. */
export function closingFaults(entries: readonly Entry[]): readonly Fault[] {
	const at = entries.findIndex(({type}) => type === 'closed');
	const entry = entries[at];
	if (entry?.type !== 'closed') return [];
	const {seq, previous} = entry;
	if (at !== entries.length - 1) return [fault(seq + 1, 'after-close', `entry ${seq + 1} follows the closing entry`)];
	const {seal} = entry.data;
	if (seal === null) return [fault(seq, 'seal', `entry ${seq} closes the cutover without naming its files`)];
	return seal.entries !== seq - 1 || seal.head !== previous
		? [fault(seq, 'seal', `entry ${seq} closes another journal than this one`)]
		: [];
}

function sealFaults(folder: string, entries: readonly Entry[]): readonly Fault[] {
	const found = closingFaults(entries);
	const last = entries.at(-1);
	if (found.length > 0 || last?.type !== 'closed') return found;
	const {seq} = last;
	const {seal} = last.data;
	if (seal === null) return [];
	return filesToSeal(folder)
		.filter(path => !Object.hasOwn(seal.files, path))
		.map(path => fault(seq, 'file-added', `${path} came after the cutover was closed`));
}

/** What was approved is kept by its digest: its name says what it must be. The runbook and its settings are kept by name as well. */
function approvedFaults(folder: string, entries: readonly Entry[]): readonly Fault[] {
	const approved = new Set(
		entries.flatMap(({type, data}) => (type === 'begun' || type === 'approved' ? Object.values(data.approved) : [])),
	);
	return filesToSeal(folder).flatMap(path => {
		const [, name] = /^approved\/([0-9a-f]{64})$/.exec(path) ?? [];
		const digest = digestIn(folder, path);
		const isSame = name === undefined ? !isBook(path) || approved.has(digest) : digest === `sha256:${name}`;
		return isSame ? [] : [fault(null, 'approved-changed', `${path} is not what was approved`)];
	});
}

function filesFaults(folder: string, entries: readonly Entry[]): readonly Fault[] {
	// A log that goes on after its scribe was lost is named again: the newest entry counts.
	const newest = new Map(entries.flatMap(named).map(one => [one.path, one]));
	return [...newest.values()].flatMap(({seq, path, digest}) => fileFault(folder, seq, path, digest) ?? []);
}

const headFault = (entries: readonly Entry[], wanted: string | null): Fault | null => {
	if (wanted === null || entries.some(({hash}) => hash === wanted.toLowerCase())) return null;
	return fault(null, 'head', `no entry has the head ${wanted}: the journal was changed after it was noted`);
};

/** The readable progress is never ahead of the journal: where it is, entries were cut off that it still knows. */
function progressFault(folder: string, entries: readonly Entry[]): Fault | null {
	const known = readRecord(join(folder, 'progress.json'))?.['head'];
	if (typeof known !== 'object' || known === null || !('seq' in known) || !('hash' in known)) return null;
	const {seq, hash} = known;
	if (typeof seq !== 'number' || seq === 0 || entries[seq - 1]?.hash === hash) return null;
	const last = entries.at(-1)?.seq ?? 0;
	const why =
		seq > last
			? `the journal ends at entry ${last}, and entry ${seq} was recorded`
			: `entry ${seq} is not what was recorded`;
	return fault(Math.min(seq, last + 1), 'cut', `${why} (progress.json)`);
}

function textOf(faults: readonly Fault[], closed: boolean, last: number): string {
	const [first, ...others] = faults;
	if (first !== undefined) return `${first.message}${others.length === 0 ? '' : `, and ${others.length} more`}`;
	return closed ? 'closed and whole' : `open: nothing after entry ${last} is proven`;
}

/** Throws the error of the system where there is no journal to read. */
export function verifyFolder(folder: string, chain: Chain, demands: Demands): Promise<Verified> {
	const bytes = withFile(join(folder, journal), constants.O_RDONLY, fd => readFrom(fd, 0));
	return verified(bytes, chain, demands, entries => [
		...sealFaults(folder, entries),
		...filesFaults(folder, entries),
		...approvedFaults(folder, entries),
		...[progressFault(folder, entries)].filter(found => found !== null),
	]);
}

/** What looks at entries stumbles only over one that somebody else wrote: that does not hold. Throws errors of the system. */
async function orForeign<T>(seq: number | null, look: () => Promise<T> | T): Promise<T | Fault> {
	try {
		return await look();
	} catch (error) {
		if (isSystemError(error)) throw error;
		const which = seq === null ? 'an entry' : `entry ${seq}`;
		return fault(seq, 'foreign', `${which} is not as this version of cutover-tui writes it (${inOneLine(error)})`);
	}
}

/** `faultsOf`: what else is wrong, beside the chain. */
export async function verified(
	bytes: Buffer,
	chain: Chain,
	demands: Demands,
	faultsOf: (entries: readonly Entry[]) => readonly Fault[],
): Promise<Verified> {
	const {entries, fault: broken} = readChain(bytes, chain);
	const last = entries.at(-1);
	const closed = broken === null && last?.type === 'closed';
	const checked: Fault[] = [];
	for (const entry of entries) {
		const found = (await orForeign(entry.seq, async () => demands.checkEntry?.(entry))) ?? null;
		if (found !== null) checked.push(found);
	}
	const problems = [
		...(broken === null ? [] : [broken]),
		...[await orForeign(null, () => faultsOf(entries))].flat(),
		...checked,
		...[headFault(entries, demands.head)].filter(found => found !== null),
		...(demands.closed && !closed && broken === null
			? [fault(null, 'open', `the cutover is not closed: nothing after entry ${last?.seq ?? 0} is proven`)]
			: []),
	];
	return {
		valid: problems.length === 0,
		closed,
		text: textOf(problems, closed, last?.seq ?? 0),
		events: entries.length,
		head: last?.hash ?? '',
		problems,
		provenUpTo: Math.min(last?.seq ?? 0, ...problems.flatMap(({seq}) => (seq === null ? [] : [seq - 1]))),
		entries,
	};
}
