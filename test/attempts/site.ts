/*
A cutover that really runs: a workspace with files, a folder with a journal on disk, and the program's own processes. The
clock is the machine's; T0 lies an hour ahead.
*/

import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {Reconciler} from '../../source/attempts/reconcile.ts';
import {approvedFiles} from '../../source/cli/approved-files.ts';
import {systemClock} from '../../source/cli/clock.ts';
import {observe} from '../../source/cli/observe.ts';
import {type AttemptRef, attemptKey, rowIn} from '../../source/cutover/model/attempt-target.ts';
import type {CommandData} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Digests, Runbook} from '../../source/cutover/model/runbook.ts';
import type {Attempt, State} from '../../source/cutover/model/state.ts';
import type {Clock, Journal} from '../../source/cutover/ports.ts';
import {claim} from '../../source/disk/atomic-file.ts';
import {digestOf} from '../../source/disk/digest.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {identityIn, markIn} from '../../source/processes/attempt-status.ts';
import {redaction} from '../../source/processes/environment.ts';
import {ownerFile, watcherFile} from '../../source/processes/folder.ts';
import {pageKeeper} from '../../source/processes/page-process.ts';
import {allRunning, type Identity, identityOf, isAlive} from '../../source/processes/process.ts';
import {type Programs, programs as usualPrograms} from '../../source/processes/programs.ts';
import {spawnRunner, spawnWatcher} from '../../source/processes/spawn.ts';
import {treeOf} from '../../source/processes/tree.ts';
import {stamp} from '../../source/text/time.ts';
import {watcherKeeper} from '../../source/watch/keeper.ts';
import {watcherPerson} from '../../source/watch/watcher.ts';
import {killAll, ofProcess} from '../harness/ending.ts';
import {patience} from '../harness/observed.ts';
import {targetOf} from '../targets.ts';
import {runbookOf} from './rows.ts';

export const ana: Person = {name: 'ana', login: 'ana', role: null, tty: null, ssh: null, strength: 'system login'};

export type Given = {
	readonly runbook: Partial<Runbook>;
	/** Text by path in the workspace; `.sh` becomes executable. */
	readonly files?: Readonly<Record<string, string>>;
	/** Playbooks that are approved; scripts that are named are approved always. */
	readonly approved?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly grace?: number;
	/** As the reconciler's. */
	readonly silent?: number;
	readonly clock?: Clock;
	readonly programs?: Programs;
	/** With a watcher process; else the test itself holds the watcher's place, and reconciles while it waits. */
	readonly watched?: boolean;
	/** A rehearsal: what waits for GitHub waits that much shorter. The clock is the machine's all the same. */
	readonly rehearsal?: State['rehearsal'];
	/** Names that whoever begins it has set. */
	readonly needs?: readonly string[];
	/** Folder of another cutover, in whose state folder this one begins too. */
	readonly beside?: string;
	/** The folder is reached by a symbolic link above it. */
	readonly linked?: boolean;
};

export class Site {
	readonly workspace: string;
	readonly folder: string;
	readonly journal: Journal;
	readonly reconciler: Reconciler;
	readonly #sent = new Set<string>();

	private constructor(workspace: string, folder: string, journal: Journal, given: Given) {
		this.workspace = workspace;
		this.folder = folder;
		this.journal = journal;
		this.reconciler = this.reconcilerWith({...process.env, ...given.env}, given);
	}

	/** Another process that sees to this cutover, with this environment. */
	reconcilerWith(env: NodeJS.ProcessEnv, given: Partial<Given> = {}): Reconciler {
		const {programs = usualPrograms, grace = 500, silent = 60_000, clock = systemClock} = given;
		const {folder, journal} = this;
		return new Reconciler({
			folder,
			journal,
			clock,
			programs,
			env,
			by: watcherPerson,
			isMine: ({cause}) => this.#sent.has(cause),
			grace,
			keepWatcher: watcherKeeper({folder, clock: systemClock, programs, silent}),
			keepPage: pageKeeper({folder, clock: systemClock, programs, silent}),
		});
	}

	/** Begins the cutover; all of it, processes too, ends with the test. */
	static async begin(t: TestContext, given: Given): Promise<Site> {
		const root = mkdtempSync(join(tmpdir(), 'cutover-'));
		if (given.linked) symlinkSync(root, join(root, 'link'));
		const state = given.beside === undefined ? join(root, 'states') : dirname(given.beside);
		const folder = given.linked ? join(root, 'link/inner/state') : join(state, basename(root));
		const workspace = join(root, 'workspace');
		mkdirSync(folder, {recursive: true, mode: 0o700});
		const files = {'runbook.md': '# A small cutover\n', ...given.files};
		for (const [path, text] of Object.entries(files)) {
			const file = join(workspace, path);
			mkdirSync(dirname(file), {recursive: true});
			writeFileSync(file, text);
			if (path.endsWith('.sh')) chmodSync(file, 0o755);
		}
		const journal = await openJournal({
			store: fileStore(folder, systemClock),
			clock: systemClock,
			look: observe(folder, {...process.env, ...given.env}, {compares: false, keeps: false, hosts: null}),
			redact: redaction({...process.env, ...given.env}),
		});
		if (!given.watched) claim(watcherFile(folder), identityOf(process.pid));
		const site = new Site(workspace, folder, journal, given);
		t.after(() => site.#end(root));
		const t0 = stamp(systemClock.now() + 3_600_000);
		const runbook = runbookOf(join(workspace, 'runbook.md'), given.runbook);
		const bytes = readFileSync(join(workspace, 'runbook.md'));
		const scripts = approvedFiles(runbook, workspace, {runbook: bytes, settings: null}).digests;
		const approved: Digests = {
			...Object.fromEntries(Object.entries(scripts).filter(([path]) => !/\.[cm]?[jt]s$/.test(path))),
			...Object.fromEntries((given.approved ?? []).map(path => [path, digestOf(readFileSync(join(workspace, path)))])),
		};
		await site.does(
			'begin',
			{
				id: 'small',
				runbook,
				t0,
				ticket: 'CHG-1',
				environment: 'test',
				workspace,
				approved,
				provided: given.needs ?? [],
				rehearsal: given.rehearsal ?? null,
			},
			['BEGIN'],
		);
		return site;
	}

	async does<K extends keyof CommandData>(
		type: K,
		data: CommandData[K],
		confirm: readonly string[] = [],
	): Promise<void> {
		const id = `${type} ${this.journal.state().seq}`;
		this.#sent.add(id);
		const answer = await this.journal.decide({id, type, data, confirm} as Parameters<Journal['decide']>[0], ana);
		if (answer.refused) throw new Error(`${answer.rule}: ${answer.why}`);
		await this.reconciler.pass();
	}

	/** Asks for a gate or a stage to be run; answers with the attempt. */
	async runs(target: string, resume = false): Promise<AttemptRef> {
		await this.does('run', {target, resume, reference: null, ticket: null, early: false, reason: null});
		const last = Object.values(this.journal.state().attempts).findLast(attempt => rowIn(attempt.target) === target);
		if (!last) throw new Error(`${target} did not start.`);
		return {target: last.target, attempt: last.attempt};
	}

	/** Waits until the journal, or the log, shows it; reconciles meanwhile as any open screen does. */
	async shows<T>(
		what: string,
		look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
		ms = patience,
	): Promise<T> {
		for (const until = systemClock.steady() + ms; ; ) {
			await this.journal.settle(watcherPerson);
			await this.reconciler.pass();
			const found = await look();
			if (found !== null && found !== undefined && found !== false) return found;
			if (systemClock.steady() > until) throw new Error(`Not seen in ${ms / 1000} s: ${what}\n${this.#stands()}`);
			await new Promise<void>(done => {
				const stops = [this.journal.watch(() => go()), systemClock.after(100, () => go())];
				const go = (): void => {
					for (const stop of stops) stop();
					done();
				};
			});
		}
	}

	/** What a test that waited in vain is told of it. */
	#stands(): string {
		const {status, attempts} = this.journal.state();
		const last = this.journal.entries().slice(-8);
		const logs = Object.values(attempts).map(ref => `log of ${attemptKey(ref)}:\n${this.log(ref).slice(-800)}`);
		return [status, ...last.map(({at, type}) => `${at} ${type}`), ...logs].join('\n');
	}

	static readonly programs = usualPrograms;

	/** Asks in the name of a process that is gone before it could start anything. */
	async asksOnly(target: string): Promise<AttemptRef> {
		await this.journal.decide(
			{
				id: `gone ${target}`,
				type: 'run',
				data: {target, resume: false, reference: null, ticket: null, early: false, reason: null},
			},
			ana,
		);
		return {target: targetOf(target), attempt: this.journal.state().gates[target]?.attempts ?? 0};
	}

	/** A second runner of the same attempt; resolves at its end. */
	spawnsRunner(ref: AttemptRef): Promise<number | null> {
		const child = spawnRunner(usualPrograms.runner, this.folder, ref, 500, {
			open: {PATH: process.env['PATH'] ?? ''},
			secret: {},
		});
		return new Promise(done => child.on('exit', done));
	}

	spawnsWatcher(): Promise<number | null> {
		const child = spawnWatcher(usualPrograms.watcher, this.folder, {
			open: {PATH: process.env['PATH'] ?? ''},
			secret: {},
		});
		return new Promise(done => child.on('exit', done));
	}

	watcher(): Identity | null {
		return identityIn(watcherFile(this.folder));
	}

	/** The scribe of a runner. */
	scribe(runner: number): number | null {
		return (
			allRunning().find(one => one.parent === runner && ofProcess(one.pid, 'cmdline').includes('/scribe.'))?.pid ?? null
		);
	}

	/** Of a process, in MB now; 0 when it is gone. */
	memory(pid: number): number {
		try {
			return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
		} catch {
			return 0;
		}
	}

	ended(ref: AttemptRef, ms?: number): Promise<NonNullable<Attempt['ended']>> {
		return this.shows(`the end of ${attemptKey(ref)}`, () => this.journal.state().attempts[attemptKey(ref)]?.ended, ms);
	}

	file(ref: AttemptRef, name: string): string {
		return join(this.folder, 'attempts', attemptKey(ref), name);
	}

	/** The log as it stands, without the times. */
	log(ref: AttemptRef): string {
		try {
			return readFileSync(this.file(ref, 'log'), 'utf8').replaceAll(/^\S{24} /gm, '');
		} catch {
			return '';
		}
	}

	/** The pid of the runner, once it has begun. */
	runner(ref: AttemptRef): Promise<number> {
		return this.shows(`the runner of ${attemptKey(ref)}`, () => identityIn(ownerFile(this.folder, ref))?.pid);
	}

	/** Pids of what this cutover began and runs. */
	#running(): readonly number[] {
		const attempts = Object.values(this.journal.state().attempts).map(attempt => {
			const owner = identityIn(ownerFile(this.folder, attempt));
			return {owner, mark: markIn(this.folder, attempt, owner)};
		});
		const own = [this.watcher(), ...attempts.map(({owner}) => owner)].filter(one => one !== null && isAlive(one));
		const pids = [...own, ...attempts.flatMap(({mark}) => treeOf(mark))].map(one => one?.pid ?? process.pid);
		return [...new Set(pids)].filter(pid => pid !== process.pid);
	}

	async #end(root: string): Promise<void> {
		await killAll('what this cutover began', () => this.#running());
		void this.journal.close();
		rmSync(root, {recursive: true, force: true, maxRetries: 5});
	}
}
