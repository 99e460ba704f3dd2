/*
`progress.json`: the state of the cutover, for people and for resuming without reading the journal. It is written after the
journal, names its newest entry, and is never ahead; whatever happens to it, it is made anew from the
journal, and nothing that happens to it can lose an event. Where it names an entry that the journal lacks, the journal was cut
(file-catalog.ts).
*/
import {constants, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {LowSync, type SyncAdapter} from 'lowdb';
import {stagesInOrder, stageWord} from '../cutover/due/schedule.ts';
import type {GateState, State, Status} from '../cutover/model/state.ts';
import type {StoreFault} from '../cutover/ports.ts';
import type {Head} from '../cutover/store.ts';
import {readRecord, replaceFile, sweep} from '../disk/atomic-file.ts';
import {ifExists, ifPossible} from '../disk/fault.ts';
import {withFile} from '../disk/file.ts';
import {stamp} from '../text/time.ts';
import {faultOf} from './fault.ts';

export const progressFile = 'progress.json';

type Progress = {
	readonly id: string;
	readonly title: string;
	readonly status: Status;
	readonly t0: string | null;
	readonly t0Started: string | null;
	/** By id, in the runbook's order. */
	readonly gates: Readonly<Record<string, string>>;
	readonly stages: Readonly<Record<string, string>>;
	readonly signOffs: Readonly<Record<string, string>>;
	/** Time of the newest entry that this speaks of, and its place in the journal. */
	readonly at: string | null;
	readonly head: Head;
};

/** What the file of a folder says, however old it is; null where there is none that can be read. */
export const lastKnown = (folder: string): {readonly [K in keyof Progress]?: unknown} | null =>
	ifPossible(() => readRecord(join(folder, progressFile)));

/** What was found on opening; all but `current` was made anew. */
type Found = 'current' | 'missing' | 'damaged' | 'behind' | 'ahead' | 'different';

export type ProgressFile = {
	/** Makes it agree with the journal; says what it was like before. */
	fix(state: State, head: Head): Found;
	/** Writes the state of the cutover, unless another process is further. Never throws. */
	save(state: State, head: Head): void;
	/** Why it could not be written last time; null where it was. */
	fault(): StoreFault | null;
};

const gateWord = (gate: GateState | undefined): string => {
	const verdict = gate?.judgement?.verdict ?? 'pending';
	return gate?.judging ? (gate.judgement ? `${verdict}, judged again` : 'running') : verdict;
};

const signWord = (signed: State['signOffs'][string] | undefined): string =>
	signed ? `signed by ${signed.by.name}` : 'not signed';

const byId = (
	rows: readonly {readonly id: string}[] | undefined,
	word: (id: string) => string,
): Readonly<Record<string, string>> => Object.fromEntries((rows ?? []).map(({id}) => [id, word(id)]));

const timeOf = (ms: number | null): string | null => (ms === null || ms === 0 ? null : stamp(ms));

/** The document; the same state at the same head is always the same text. */
const progressOf = (state: State, {seq, hash}: Head): Progress => ({
	id: state.id,
	title: state.runbook?.title ?? '',
	status: state.status,
	t0: timeOf(state.t0),
	t0Started: timeOf(state.t0Started),
	gates: byId(state.runbook?.gates, id => gateWord(state.gates[id])),
	stages: Object.fromEntries(stagesInOrder(state).map(stage => [stage.id, stageWord(state, stage, state.at)])),
	signOffs: byId(state.runbook?.signOffs, id => signWord(state.signOffs[id])),
	at: timeOf(state.at),
	head: {seq, hash},
});

const headIn = (data: unknown): Head | null => {
	const head = typeof data === 'object' && data !== null && 'head' in data ? data.head : null;
	if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) return null;
	const {seq, hash} = head;
	return typeof seq === 'number' && typeof hash === 'string' ? {seq, hash} : null;
};

/** The entry that the file of a folder says is the newest; null where it names none. */
export function lastHead(folder: string): Head | null {
	const head = headIn(lastKnown(folder));
	return head === null || head.seq === 0 ? null : head;
}

function compare(data: unknown, wanted: Progress): Found {
	const head = headIn(data);
	if (head === null) return 'damaged';
	if (head.seq !== wanted.head.seq) return head.seq < wanted.head.seq ? 'behind' : 'ahead';
	return JSON.stringify(data) === JSON.stringify(wanted) ? 'current' : 'different';
}

/** lowdb's own adapter follows a planted link, widens the mode and never syncs. `read` throws SyntaxError where it is not JSON. */
const durably = (path: string): SyncAdapter<Progress | null> => ({
	read: () => ifExists(() => JSON.parse(withFile(path, constants.O_RDONLY, fd => readFileSync(fd, 'utf8')))),
	write: data => replaceFile(path, Buffer.from(`${JSON.stringify(data, null, '\t')}\n`)),
});

/** `folder`: of one cutover. */
export function openProgress(folder: string): ProgressFile {
	const path = join(folder, progressFile);
	const database = new LowSync(durably(path), null);
	let fault: StoreFault | null = null;

	const find = (wanted: Progress): Found => {
		database.data = null;
		try {
			database.read();
		} catch {
			return 'damaged';
		}
		return database.data === null ? 'missing' : compare(database.data, wanted);
	};

	const write = (wanted: Progress): void => {
		try {
			database.data = wanted;
			database.write();
			fault = null;
		} catch (error) {
			fault = faultOf(error, 'Progress cannot be written; the journal has it all', path);
		}
	};

	return {
		fix(state, head) {
			const wanted = progressOf(state, head);
			const found = find(wanted);
			if (found !== 'current') write(wanted);
			try {
				sweep(folder);
			} catch (error) {
				fault ??= faultOf(error, 'The folder of the cutover cannot be read', folder);
			}
			return found;
		},
		save(state, head) {
			const wanted = progressOf(state, head);
			if (find(wanted) !== 'ahead') write(wanted);
		},
		fault: () => fault,
	};
}
