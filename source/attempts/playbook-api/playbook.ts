/*
What a playbook imports as `cutover-tui/playbook`: types, and the same functions that its default export is called with.
This file is alone, because its declarations are the only interface that the program publishes.

	export default async ({step, values}) => {
		await step('switch the router', () => $`bash deploy/switch.sh ${values.environment}`);
	};
*/
import {AsyncLocalStorage} from 'node:async_hooks';

export type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/** What is known of the cutover; null where nobody has said. Times are RFC 3339. */
export type Values = {
	readonly id: string;
	readonly title: string;
	readonly ticket: string | null;
	readonly environment: string | null;
	readonly t0: string;
	readonly t0Started: string | null;
	/** What this attempt runs: a stage, a gate or a rollback path, and which attempt of it. */
	readonly of: string;
	readonly attempt: number;
	/** Of the act, as it was named when it was begun. */
	readonly reference: string | null;
	/** Absolute; commands run here. */
	readonly workspace: string;
	/** The stage's own words; empty for a gate or a rollback path. */
	readonly action: string;
	readonly evidence: string;
	readonly owners: readonly string[];
	/** Environment that the attempt gets beside the usual, as it was shown before it began. */
	readonly inputs: Readonly<Record<string, string>>;
};

/** `pending`: what could be judged is; words of people are awaited. */
export type Verdict = {
	readonly gate: string;
	readonly verdict: 'pass' | 'fail' | 'unknown' | 'pending';
	readonly reason: string | null;
};

/** An endpoint as the samples tell it; `unknown` is neither up nor down. */
export type EndpointReport = {
	readonly name: string;
	readonly critical: boolean;
	readonly state: 'up' | 'down' | 'unknown';
	readonly since: string | null;
	/** How long it has been so; null where nobody knows. */
	readonly forMs: number | null;
	/** Times that it was down since T0. */
	readonly outages: number;
	readonly latencyMs: number | null;
	readonly reason: string | null;
	readonly version: string | null;
	/** Answers since T0 against those before it, each pair in this order: advice, a person decides. Null before T0. */
	readonly baseline: {
		readonly decision: 'worse' | 'watch' | 'inconclusive' | 'same';
		readonly samples: readonly [number, number];
		/** ms. */
		readonly medians: readonly [number | null, number | null];
		readonly ratio: number | null;
		readonly p: number | null;
		readonly failed: readonly [number, number];
	} | null;
};

/** A log since T0, through its rotations. `since` null: nobody kept the place, and all of it was read. */
export type LogReport = {
	readonly file: string;
	readonly errors: number;
	readonly max: number;
	readonly lines: number;
	readonly since: string | null;
	/** The first lines that matched. */
	readonly shown: readonly string[];
	readonly fault: string | null;
};

/** What the runbook needs: files by path from the workspace, and programs by name. */
export type Needs = {readonly files: readonly string[]; readonly programs: readonly string[]};

/**
 * A step that was begun in an earlier attempt and whose end nobody knows is not run again by itself. `again`: it may be,
 * because twice does what once does. `done`: asks the world whether it took effect; true counts as done.
 */
export type StepOptions = {readonly again?: boolean; readonly done?: () => boolean | Promise<boolean>};

export interface Step {
	<T extends Json>(name: string, work: () => T | Promise<T>, options?: StepOptions): Promise<T>;
	(name: string, work: () => unknown, options?: StepOptions): Promise<Json>;
}

export type Cutover = {
	/**
	 * A named unit, journaled when it begins and ends. One that is done is not run again when the attempt is resumed: its
	 * result (JSON, at most 64 KiB; of a command its exit code) comes back from the journal.
	 */
	readonly step: Step;
	/** Keeps a file as evidence: by its path from the workspace, or under `name` with the text given. */
	readonly attach: (name: string, text?: string) => Promise<void>;
	/** Judges a gate inside this attempt. */
	readonly gate: (id: string) => Promise<Verdict>;
	/** What a gate's last verdict is worth now; nothing is judged. */
	readonly snapshot: (id: string) => 'pending' | 'running' | 'pass' | 'fail' | 'unknown' | 'stale';
	/** A line in the log. */
	readonly say: (line: string) => void;
	/** Where the cutover stands, a line each: gates, stages, endpoints, outages, rollback. */
	readonly story: () => readonly string[];
	readonly values: Values;
	/** The endpoints of the settings, as they stand now; empty where none is bound. */
	readonly health: () => Promise<readonly EndpointReport[]>;
	/** The logs that the settings name for this stage. */
	readonly logs: () => Promise<readonly LogReport[]>;
	/**
	 * What was measured for items of the checklist, with the sentence that says so and the lines that show it. `null`: a
	 * person decides. What a person answered stays, and the evidence shows both.
	 */
	readonly measured: (
		items: Readonly<Record<string, 'pass' | 'fail' | null>>,
		found: string,
		lines?: readonly string[],
	) => Promise<void>;
	/** The stage's checklist. */
	readonly items: readonly string[];
	/** What can measure each item, by its words; null: a person looks. */
	readonly measures: Readonly<Record<string, 'health' | 'logs' | 'baseline' | null>>;
	/** Gates that this attempt judges. */
	readonly gates: readonly string[];
	readonly needs: Needs;
	/** The command line of a rollback path that is a script, word by word: as it runs, and as people know it; null elsewhere. */
	readonly path: {readonly words: readonly string[]; readonly shown: readonly string[]} | null;
	readonly rehearsal: boolean;
	/** Goes on after an earlier attempt. */
	readonly resume: boolean;
	/** Aborted when a person stops the attempt or its time is up. */
	readonly signal: AbortSignal;
};

export type Playbook = (cutover: Cutover) => unknown;

const running = new AsyncLocalStorage<Cutover>();

/** For the runner: `work` and all that it awaits sees this cutover. */
export const during = <T>(cutover: Cutover, work: () => T): T => running.run(cutover, work);

function current(): Cutover {
	const cutover = running.getStore();
	if (cutover === undefined)
		throw new Error('A playbook runs inside a cutover: cutover-tui runs it when its stage or gate is run.');
	return cutover;
}

export const step: Step = (name: string, work: () => unknown, options?: StepOptions) =>
	current().step<never>(name, work as () => never, options);
export const attach: Cutover['attach'] = (name, text) => current().attach(name, text);
export const gate: Cutover['gate'] = id => current().gate(id);
export const say: Cutover['say'] = line => current().say(line);
export const story: Cutover['story'] = () => current().story();
export const health: Cutover['health'] = () => current().health();
export const logs: Cutover['logs'] = () => current().logs();
