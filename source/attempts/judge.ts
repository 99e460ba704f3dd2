/*
A gate judged by this process: what it was judged on is looked up before the check begins, because that is what the
verdict speaks of, whatever changes meanwhile.
*/

import process from 'node:process';
import type {AttemptRef} from '../cutover/model/attempt-target.ts';
import type {CommandData, Observation} from '../cutover/model/command.ts';
import type {Digests, Gate} from '../cutover/model/runbook.ts';
import {kindOf} from '../gates/gate-kinds.ts';
import {unknown, type Verdict} from '../gates/verdict.ts';
import {endTree, type Mark} from '../processes/tree.ts';
import {now} from '../processes/work.ts';
import {accessOf} from '../rollback/access.ts';
import {inOneLine} from '../text/error-text.ts';
import {durationText} from '../text/time.ts';
import type {Job} from './job.ts';

/** Marks the processes of one gate inside a stage's attempt. */
const gateName = 'CUTOVER_GATE';

export type Judged = Pick<CommandData['judge'], 'head' | 'files'> & Verdict;

/** What the gate's verdict speaks of: the commit that counts for it, and the files that it names. */
function basis(gate: Gate, observed: Observation): Pick<CommandData['judge'], 'head' | 'files'> {
	const files: Digests = Object.fromEntries(gate.files.map(path => [path, observed.files[path] ?? null]));
	const head = observed.heads[gate.id] ?? null;
	return {head: typeof head === 'string' ? head : null, files};
}

type Limited = {readonly signal: AbortSignal; readonly over: Promise<Verdict>; isOver(): boolean; stop(): void};

/** Ends when the time is up: then all that the gate runs is ended too. */
function limited(job: Job, gate: Gate, mark: Mark): Limited {
	const control = new AbortController();
	const ended = async (reason: string): Promise<Verdict> => {
		const still = await endTree(mark, job.clock, job.grace);
		return {...unknown(still.length > 0 ? `${reason}; still running: ${still.join(', ')}` : reason), cutShort: true};
	};
	const over = Promise.withResolvers<Verdict>();
	const stop = job.clock.after(gate.timeoutSeconds * 1000, () => {
		const reason = `timed out after ${durationText(gate.timeoutSeconds)}`;
		job.say(`${gate.id} ${reason}`);
		control.abort();
		over.resolve(ended(reason));
	});
	const signal = AbortSignal.any([job.signal, control.signal]);
	return {signal, over: over.promise, isOver: () => control.signal.aborted, stop};
}

/** Runs the gate's check with its own time limit. `playbook`: runs the gate's own playbook. */
export async function check(
	job: Job,
	gate: Gate,
	ref: AttemptRef,
	playbook: (gate: Gate) => Promise<void>,
): Promise<Judged> {
	const on = basis(gate, await job.journal.look());
	const name = `${job.folder}:${gate.id}-${ref.attempt}`;
	const limit = limited(job, gate, {variable: `${gateName}=${name}`, leader: null});
	const {runbook, workspace, folder, output} = job;
	job.say(`gate ${gate.id} ${gate.title}`);
	// A playbook's commands have what this process has.
	process.env[gateName] = name;
	try {
		const {check: byProcess} = kindOf(gate);
		if (byProcess === null) throw new Error(`${gate.id} is judged by people, not by a process.`);
		const work = byProcess(gate, {
			runbook,
			workspace,
			folder,
			approval: now(job),
			access: accessOf(now(job), {...job.asker, signal: limit.signal}),
			environment: {...job.environment, [gateName]: name},
			output,
			say: job.say,
			playbook,
			signal: limit.signal,
		});
		const first = await Promise.race([work, limit.over]);
		// A command that was ended because its time was up has nothing to say about it.
		const found = limit.isOver() ? await limit.over : first;
		job.say(`gate ${gate.id} ${found.verdict.toUpperCase()}${found.reason === null ? '' : `: ${found.reason}`}`);
		return {...found, reason: found.reason === null ? null : job.redact(found.reason), ...on};
	} catch (error) {
		return {...unknown(inOneLine(error)), ...on};
	} finally {
		delete process.env[gateName];
		limit.stop();
	}
}
