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
import type {Io} from './io.ts';
import {type Read, readAgain} from './opening.ts';
import {UsageError} from './usage-error.ts';
import {problemLines} from './what-was-read.ts';

/* Two texts line by line: what went and what came, each with its place. People approve what they read here. */
export type Change = {readonly sign: '-' | '+'; readonly line: number; readonly text: string};

/** Beyond this many comparisons the changed middle is shown as gone and come, not matched line by line. */
const most = 4_000_000;

function middle(before: readonly string[], after: readonly string[]): readonly ('-' | '+' | '=')[] {
	const width = after.length + 1;
	if (before.length * after.length > most) return [...before.map(() => '-' as const), ...after.map(() => '+' as const)];
	const common = new Uint32Array((before.length + 1) * width);
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			const same = before[i] === after[j];
			common[i * width + j] = same
				? 1 + (common[(i + 1) * width + j + 1] ?? 0)
				: Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
		}
	}
	const signs: ('-' | '+' | '=')[] = [];
	let [i, j] = [0, 0];
	while (i < before.length && j < after.length) {
		if (before[i] === after[j]) {
			signs.push('=');
			[i, j] = [i + 1, j + 1];
		} else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
			signs.push('-');
			i++;
		} else {
			signs.push('+');
			j++;
		}
	}
	return [...signs, ...before.slice(i).map(() => '-' as const), ...after.slice(j).map(() => '+' as const)];
}

const commonStart = (a: readonly string[], b: readonly string[]): number => {
	const end = Math.min(a.length, b.length);
	let at = 0;
	while (at < end && a[at] === b[at]) at++;
	return at;
};

/** Changed lines with their numbers: of the new text, of the old one for what went. */
export function difference(before: string, after: string): readonly Change[] {
	const [old, fresh] = [before.split('\n'), after.split('\n')];
	const start = commonStart(old, fresh);
	const end = commonStart(old.slice(start).reverse(), fresh.slice(start).reverse());
	const changes: Change[] = [];
	let [i, j] = [start, start];
	for (const sign of middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end))) {
		if (sign === '-') changes.push({sign, line: i + 1, text: old[i] ?? ''});
		if (sign === '+') changes.push({sign, line: j + 1, text: fresh[j] ?? ''});
		if (sign !== '+') i++;
		if (sign !== '-') j++;
	}
	return changes;
}

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
