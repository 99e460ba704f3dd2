/*
What was approved against what is there now: the lines that a person reads before approving, and the command that
approves exactly what was read for them.
*/

import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {CommandData} from '../cutover/model/command.ts';
import type {Digests, Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import type {Journal} from '../cutover/ports.ts';
import {digestOf} from '../disk/digest.ts';
import {ifPossible} from '../disk/fault.ts';
import {redaction} from '../processes/environment.ts';
import {approvedBytes} from '../workspace/approved.ts';
import {uncoloured} from './colour.ts';
import {difference} from './difference.ts';
import type {Io} from './io.ts';
import {type Read, readAgain} from './opening.ts';
import {UsageError} from './usage-error.ts';
import {problemLines} from './what-was-read.ts';

export type Approval = {
	/** What changed, or what is wrong with what is there; null where nothing changed. */
	readonly lines: readonly string[] | null;
	/** Of all that is approved together, then of each changed file: any of them names this change. */
	readonly digests: readonly string[];
	/** Null where what is there has errors. */
	readonly command: {readonly type: 'approve'; readonly data: Readonly<CommandData['approve']>} | null;
	readonly read: Read;
};

const together = (digests: Digests): string => {
	const lines = Object.entries(digests)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([path, digest]) => `${path} ${digest ?? 'missing'}\n`);
	return digestOf(lines.join(''));
};

const changedPaths = (before: Digests, after: Digests): readonly Path[] =>
	[...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		path => (before[path] ?? null) !== (after[path] ?? null),
	);

const textOf = (read: () => Uint8Array): string | null => ifPossible(() => Buffer.from(read()).toString('utf8'));

function changeOf(folder: string, state: State, after: Digests, path: Path): readonly string[] {
	const [was, is] = [state.approved[path] ?? null, after[path] ?? null];
	const head = `${path}: was ${was ?? 'not there'}, is ${is ?? 'not there'}`;
	const before = textOf(() => approvedBytes(folder, state, path));
	const now = textOf(() => readFileSync(resolve(state.workspace, path)));
	if (was === null || is === null || before === null || now === null) return [head];
	return [head, ...difference(before, now).map(({sign, line, text}) => `  ${sign} ${line}: ${text}`)];
}

/** Reads the runbook, its settings and what they name anew. The lines show no secret of `env`. */
export function approval(folder: string, journal: Pick<Journal, 'state'>, env: Io['env']): Approval {
	const state = journal.state();
	if (state.runbook === null) throw new UsageError('This cutover was never begun: there is nothing to approve.');
	const read = readAgain(state.runbook, state.workspace);
	if (read.runbook === null) return {lines: problemLines(read).map(uncoloured), digests: [], command: null, read};
	const changed = changedPaths(state.approved, read.approved);
	const digests = [together(read.approved), ...changed.flatMap(path => read.approved[path] ?? [])];
	const {runbook, approved} = read;
	const redact = redaction(env);
	const shown = changed.flatMap(path => changeOf(folder, state, read.approved, path));
	const lines =
		changed.length === 0
			? null
			: [...shown.map(line => redact(runbook, redact(state.runbook, line))), `All together: ${digests[0] ?? ''}`];
	return {lines, digests, command: runbook === null ? null : {type: 'approve', data: {runbook, approved}}, read};
}
