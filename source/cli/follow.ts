/*
The output of an attempt as it comes, and what the journal says meanwhile. The attempt belongs to nobody's terminal: a
signal here only ends the watching. Whoever watches also keeps the desired work going, should the watcher be gone.
*/

import {type AttemptRef, attemptKey} from '../cutover/model/attempt-target.ts';
import type {State} from '../cutover/model/state.ts';
import type {Entry} from '../cutover/ports.ts';
import {ends} from '../cutover/snapshot/sentence.ts';
import {safe} from '../text/clean.ts';
import {asSentence} from '../text/sentence.ts';
import {type Acting, report} from './act.ts';
import type {Opened} from './compose.ts';
import {type Io, type Signal, tell} from './io.ts';
import {codeOf, untilEnd} from './until-end.ts';

const atOnce = 500;
const everyMs = 1000;

export type Watching<T> = {readonly value: T} | {readonly signal: Signal};

/** Prints what is new of an attempt's log at each call. */
function printer(io: Io, opened: Opened, attempt: AttemptRef): () => void {
	let printed = 0;
	return () => {
		for (;;) {
			const {lines} = opened.tail.read(attempt, printed, atOnce);
			// As the command wrote them: not broken at the edge of the terminal.
			io.stdout.write(lines.map(line => `${safe(line)}\n`).join(''));
			printed += lines.length;
			if (lines.length < atOnce) return;
		}
	};
}

/**
Prints the output of `attempt` (null: none) and every new entry after `seq` until `done` answers with something, or a
signal arrives. Reconciles each second meanwhile, unless who only reads prints entries its own way (`print`).
*/
export function watch<T>(
	io: Io,
	opened: Opened,
	options: {
		readonly attempt: AttemptRef | null;
		readonly seq: number;
		done(state: State): T | null;
		print?(entries: readonly Entry[]): void;
	},
): Promise<Watching<T>> {
	const {attempt, done, print} = options;
	const printOutput = attempt === null ? () => {} : printer(io, opened, attempt);
	let {seq} = options;
	return untilEnd<Watching<T>>(
		io,
		signal => ({signal}),
		(end, fail, isOver) => {
			const look = (): void => {
				if (isOver()) return;
				try {
					const fault = opened.journal.fault();
					if (fault !== null) throw fault;
					printOutput();
					const fresh = opened.journal.entries().filter(entry => entry.seq > seq);
					const value = done(opened.journal.state());
					if (value !== null) printOutput();
					if (print) print(fresh);
					else report(io, fresh);
					seq = fresh.at(-1)?.seq ?? seq;
					if (value !== null) end({value});
				} catch (error) {
					fail(error);
				}
			};
			const goOn = (): void => {
				opened.reconcile().then(look, fail);
			};
			const stops = [
				opened.journal.watch(look),
				...(attempt === null ? [] : [opened.tail.watch(attempt, 1, look)]),
				...(print ? [] : [opened.clock.every(everyMs, goOn)]),
			];
			look();
			return stops;
		},
	);
}

/** Says that what was watched goes on; the exit code of a process that this signal ended. */
export function detached(io: Io, what: string, signal: Signal): number {
	tell(io, `${what} continues without this terminal. See it with: cutover-tui status`);
	return codeOf(signal);
}

/** The attempt with a process of its own that these entries begin. */
export function startedIn(entries: readonly Entry[]): AttemptRef | null {
	for (const entry of entries)
		if (entry.type === 'started' && entry.data.within === null)
			return {target: entry.data.target, attempt: entry.data.attempt};
	return null;
}

/** Streams an attempt: 0 passed, 1 not, 128+n where a signal ended the watching. `seq`: the newest entry already printed. */
export async function followed({call, opened}: Acting, attempt: AttemptRef, seq: number): Promise<number> {
	const key = attemptKey(attempt);
	const result = await watch(call.io, opened, {attempt, seq, done: state => state.attempts[key]?.ended ?? null});
	if ('signal' in result) return detached(call.io, key, result.signal);
	const {outcome, reason, still, log} = result.value;
	if (outcome === 'pass') return 0;
	const where = log === null ? '' : ` Its log: ${opened.folder}/attempts/${key}/log`;
	tell(call.io, `${key} ${asSentence(`${ends[outcome]}${reason === null ? '' : `: ${reason}`}`)}${where}`);
	if (still.length > 0) tell(call.io, `Still running of it: ${still.join(', ')}`);
	return 1;
}
