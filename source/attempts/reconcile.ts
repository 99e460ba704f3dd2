/*
Does the work that is due. Any process may do it at any time: an attempt has one owner record, and what is journaled of it
has fixed command ids, so that two who reconcile at once do nothing twice. The process that asked for an attempt starts
it at once, with its own environment; the others take over when it has not begun after five seconds.
*/

import type {ChildProcess} from 'node:child_process';
import {pathOf} from '../cutover/decide/rules/path.ts';
import {attemptOf, desiredWork, type WorkItem} from '../cutover/due/desired-work.ts';
import {paceOf} from '../cutover/due/usual-durations.ts';
import {attemptKey, pathIn} from '../cutover/model/attempt-target.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Log} from '../cutover/model/event.ts';
import type {Person} from '../cutover/model/person.ts';
import {tokenFor} from '../cutover/model/rehearsal-targets.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import {StoreFault} from '../cutover/ports.ts';
import {claim} from '../disk/atomic-file.ts';
import {isSystemError, systemFault} from '../disk/fault.ts';
import {makeFolder} from '../disk/file.ts';
import {attemptStatus, identityIn, markIn} from '../processes/attempt-status.ts';
import {
	type Environment,
	forProcesses,
	lackText,
	type ProcessEnvironment,
	secretsOf,
} from '../processes/environment.ts';
import {attemptFolder, ownerFile} from '../processes/folder.ts';
import {type Identity, signal} from '../processes/process.ts';
import {complaintsOf, spawnRunner} from '../processes/spawn.ts';
import {endTree, stillRunning} from '../processes/tree.ts';
import {redactor} from '../text/redact.ts';
import {keepApproved} from '../workspace/approved.ts';
import {type RunnerWorld, usualGrace} from './attempt.ts';
import {deliverLeft} from './delivery.ts';
import {complaintIn, logLeft} from './lost.ts';

type AttemptDuty = Extract<WorkItem, {kind: 'attempt'}>;
type StopDuty = Extract<WorkItem, {kind: 'stop'}>;
type LeftDuty = Extract<WorkItem, {kind: 'left'}>;

export type ReconcilerWorld = Pick<RunnerWorld, 'folder' | 'journal' | 'clock' | 'programs' | 'env' | 'grace'> & {
	/** In whose name ends are journaled. */
	readonly by: Person;
	/** True for attempts that this process starts at once; of the others it takes over those that nobody starts. */
	isMine(attempt: AttemptDuty): boolean;
	/** This one, where a cutover has several hosts: the attempts of the others are theirs. */
	readonly host?: string | null;
	/** Sees to it that a watcher runs: called again and again with what it gets of this environment, or of another one. Absent in the watcher. */
	keepWatcher?(environment: ProcessEnvironment, wanted: (env: Environment) => ProcessEnvironment): void;
	keepPage(environment: ProcessEnvironment, runbook: Runbook | null): void;
};

/** What this process began for an attempt, and how often. */
type Try = {readonly child: ChildProcess; readonly at: number; readonly times: number};

const takeOverAfter = 5000;
/** On several hosts somebody on another one may have asked for it to run here. */
const askedElsewhereAfter = 1000;
const nobodySendsAfter = 30_000;
const mostTries = 3;
const hangsAfter = 5000;
/** What a pass waits for, in ms. */
const longest = 500;

/** An error of the system, while the files of an attempt are made, as one that a command or a screen shows; any other stays what it is. */
function faultOf(error: unknown): unknown {
	if (!isSystemError(error)) return error;
	const {kind, text, fix} = systemFault(error);
	return new StoreFault(kind, `Work that is due could not be started. ${text}.`, fix);
}

const keyOf = (item: WorkItem): string => ('target' in item ? attemptKey(item) : '');

export class Reconciler {
	readonly #world: ReconcilerWorld;
	readonly #tries = new Map<string, Try>();
	/** When this process first saw a duty, by steady time. */
	readonly #seen = new Map<string, number>();
	/** What is being done, by duty. */
	readonly #doing = new Map<string, Promise<void>>();
	readonly #failed: {readonly error: unknown}[] = [];

	constructor(world: ReconcilerWorld) {
		this.#world = world;
	}

	/**
	 * Looks at all work that is due once and does what it asks for. What takes longer (a tree that must end, a log that must
	 * close) goes on by itself and is not begun twice; what went wrong with it is thrown by the next call. Throws StoreFault.
	 */
	async pass(): Promise<void> {
		const {journal, folder, clock} = this.#world;
		const state = journal.state();
		if (state.begun !== null && state.closed === null) keepApproved(folder, state);
		const waiting = await deliverLeft(this.#world);
		for (const item of desiredWork(state, this.#world.host ?? null)) if (!waiting.has(keyOf(item))) this.#begin(item);
		await new Promise<void>(done => {
			const stop = clock.after(longest, done);
			Promise.all(this.#doing.values()).then(() => {
				stop();
				done();
			}, done);
		});
		const [failed] = this.#failed.splice(0);
		if (failed !== undefined) throw faultOf(failed.error);
	}

	#begin(item: WorkItem): void {
		const key = 'target' in item ? `${item.kind} ${attemptKey(item)}` : item.kind;
		if (this.#doing.has(key)) return;
		const doing = this.#see(item).then(
			() => void this.#doing.delete(key),
			error => {
				this.#doing.delete(key);
				this.#failed.push({error});
			},
		);
		this.#doing.set(key, doing);
	}

	async #see(item: WorkItem): Promise<void> {
		const {keepWatcher, keepPage, journal} = this.#world;
		if (item.kind === 'watcher') return keepWatcher?.(this.#environment(), env => this.#environment(env));
		if (item.kind === 'page') return keepPage(this.#environment(), journal.state().runbook);
		if (item.kind === 'left') return this.#lookAtLeft(item);
		return item.kind === 'attempt' ? this.#attempt(item) : this.#stop(item);
	}

	#environment(env = this.#world.env): ProcessEnvironment {
		const {runbook} = this.#world.journal.state();
		return runbook === null ? {open: {}, secret: {}} : forProcesses(env, runbook);
	}

	async #attempt(item: AttemptDuty): Promise<void> {
		const fate = attemptStatus(this.#world.folder, item);
		if (fate.kind === 'unstarted') return this.#start(item);
		if (fate.kind === 'finished') return this.#record(item, fate.result.commands);
		if (fate.kind === 'lost') return this.#lose(item, fate.owner);
	}

	/** Real ms since the attempt was asked for, as far as known. */
	#age(item: AttemptDuty): number {
		const {clock, journal} = this.#world;
		const key = attemptKey(item);
		const first = this.#seen.get(key) ?? clock.steady();
		this.#seen.set(key, first);
		return Math.max(clock.steady() - first, (clock.now() - item.since) / paceOf(journal.state()));
	}

	/** A workflow is dispatched by whoever holds its token, and by nobody else (RULES C4). */
	#lacksToken({target}: AttemptDuty): boolean {
		const {journal, env} = this.#world;
		const {runbook} = journal.state();
		const name = pathIn(target);
		if (name === null || !runbook?.rollback?.remote || pathOf(runbook, name)?.workflow === undefined) return false;
		return tokenFor(journal.state(), env) === '';
	}

	/** Whoever asked for it is gone with the token. What was never sent lets the next path open, what was sent does not. */
	async #unsent(item: AttemptDuty): Promise<void> {
		if (this.#age(item) < nobodySendsAfter) return;
		const sent = attemptOf(this.#world.journal.state(), item)?.dispatch;
		const reason = `whoever holds the token is gone: ${sent ? 'its run is not watched' : 'it was not sent'}`;
		if (this.#forbid(item, reason)) await this.#end(item, sent ? 'unknown' : 'fail', reason, null, []);
	}

	/** What began elsewhere is not run in another environment than it was begun for. */
	async #unequipped(item: AttemptDuty, lack: string): Promise<void> {
		if (this.#age(item) < nobodySendsAfter) return;
		const reason = `its runner was not started: ${lack}`;
		if (this.#forbid(item, reason)) await this.#end(item, 'unknown', reason, null, []);
	}

	async #start(item: AttemptDuty): Promise<void> {
		if (this.#lacksToken(item)) return this.#unsent(item);
		const lack = lackText(this.#world.env, this.#world.journal.state());
		const ownWish = this.#world.by.strength !== 'process' && this.#world.isMine(item);
		if (lack !== null && !ownWish) return this.#unequipped(item, lack);
		const {isMine, folder, programs, clock, grace = usualGrace} = this.#world;
		const key = attemptKey(item);
		const before = this.#tries.get(key);
		const age = this.#age(item);
		const patience = item.host === null ? takeOverAfter : askedElsewhereAfter;
		if (before === undefined && !isMine(item) && age < patience) return;
		if (before !== undefined && before.child.exitCode === null && before.child.signalCode === null) return;
		if (before !== undefined && before.times >= mostTries) return this.#giveUp(item);
		if (before !== undefined && clock.steady() - before.at < 1000 * before.times) return;
		const child = spawnRunner(programs.runner, folder, item, grace, this.#environment());
		child.on('error', () => {});
		this.#tries.set(key, {child, at: clock.steady(), times: (before?.times ?? 0) + 1});
	}

	/** Its runner ends without ever having begun: what it complained of is the reason. */
	#giveUp(item: AttemptDuty): Promise<void> {
		return this.#end(item, 'unknown', `its runner could not be started${this.#complaint(item)}`, null, []);
	}

	/** What the runner said on stderr, to be put after a sentence. */
	#complaint(item: AttemptDuty | StopDuty): string {
		const said = complaintIn(complaintsOf(this.#world.folder, item));
		return said === '' ? '' : `: ${this.#redact(said)}`;
	}

	#redact(text: string): string {
		const {journal, env} = this.#world;
		const {runbook} = journal.state();
		return runbook === null ? text : redactor(secretsOf(env, runbook))(text);
	}

	async #tell(command: Command): Promise<void> {
		// Refused: somebody else has journaled it meanwhile.
		await this.#world.journal.decide(command, this.#world.by);
	}

	/** What its runner could not journal itself. */
	async #record(item: AttemptDuty, commands: readonly Command[]): Promise<void> {
		const {folder, clock, journal} = this.#world;
		const left = await logLeft(folder, item, clock);
		for (const command of commands) {
			if (attemptOf(journal.state(), item)?.ended) return;
			const log = command.type === 'end' ? (command.data.log ?? left) : null;
			await this.#tell(command.type === 'end' ? {...command, data: {...command.data, log}} : command);
		}
	}

	async #lose(item: AttemptDuty | StopDuty, owner: Identity): Promise<void> {
		const {folder, clock, journal} = this.#world;
		const attempt = attemptOf(journal.state(), item);
		if (attempt?.stop && !attempt.dispatch) return;
		const log = await logLeft(folder, item, clock);
		const still = stillRunning(markIn(folder, item, owner));
		await this.#end(item, 'lost', `its runner is gone without a result${this.#complaint(item)}`, log, still);
	}

	#end(
		item: AttemptDuty | StopDuty,
		outcome: 'lost' | 'stopped' | 'unknown' | 'fail',
		reason: string,
		log: Log | null,
		running: readonly string[],
	): Promise<void> {
		const {target, attempt} = item;
		const still = running.map(name => this.#redact(name));
		const id = `${attemptKey(item)}/${outcome}`;
		return this.#tell({id, type: 'end', data: {target, attempt, outcome, exit: null, reason, log, still}});
	}

	/** The runner stops its tree by itself; where it is gone, or hangs, it is done for it. */
	async #stop(item: StopDuty): Promise<void> {
		const {folder, clock, journal, grace = usualGrace} = this.#world;
		const fate = attemptStatus(folder, item);
		const key = `stop ${attemptKey(item)}`;
		const first = this.#seen.get(key) ?? clock.steady();
		this.#seen.set(key, first);
		const attempt = attemptOf(journal.state(), item);
		if (fate.kind === 'finished' || attempt?.ended) return;
		const reason = `stopped by ${attempt?.stop?.by.name ?? 'nobody'}: ${item.reason}`;
		if (fate.kind === 'running' && clock.steady() - first < grace + hangsAfter) return;
		// What was sent before is cancelled by the runner that is about to take over.
		if (fate.kind === 'unstarted' && attempt?.dispatch) return;
		if (fate.kind === 'unstarted') {
			if (this.#forbid(item, reason)) await this.#end(item, 'stopped', `${reason}, before it began`, null, []);
			return;
		}
		// A dispatched workflow ends when its server says so; its runner waits for that, and another looks after a lost one.
		if (attempt?.dispatch) return fate.kind === 'lost' ? this.#lose(item, fate.owner) : undefined;
		const mark = markIn(folder, item, fate.owner);
		const still = await endTree(fate.kind === 'running' ? {...mark, leader: null} : mark, clock, grace);
		if (fate.kind === 'running') signal(fate.owner.pid, 'SIGKILL');
		await this.#end(item, 'stopped', reason, await logLeft(folder, item, clock), still);
	}

	/** A process that is gone keeps nothing waiting, and nobody is sent to end it. */
	async #lookAtLeft({target, attempt}: LeftDuty): Promise<void> {
		const {folder, journal} = this.#world;
		const ref = {target, attempt};
		const known = attemptOf(journal.state(), ref)?.ended?.still ?? [];
		const mark = markIn(folder, ref, identityIn(ownerFile(folder, ref)));
		const still = stillRunning(mark).map(name => this.#redact(name));
		if (still.length >= known.length) return;
		await this.#tell({id: `${attemptKey(ref)}/left/${still.length}`, type: 'recordLeftovers', data: {...ref, still}});
	}

	/** Takes the owner's place without being one, so that no runner which is just beginning can run it; false where one has. */
	#forbid(item: AttemptDuty | StopDuty, reason: string): boolean {
		const {folder} = this.#world;
		const file = ownerFile(folder, item);
		makeFolder(attemptFolder(folder, item));
		return claim(file, {stopped: reason}) || identityIn(file) === null;
	}
}
