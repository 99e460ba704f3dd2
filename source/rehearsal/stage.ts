/*
Where a rehearsal takes place: its folder, the copy of the workspace, the service, and a cutover that is begun at its
first stage on a clock of its own.
*/

import {randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {Args} from '../cli/args.ts';
import {beginCutover} from '../cli/beginning.ts';
import {systemClock} from '../cli/clock.ts';
import type {Opened} from '../cli/compose.ts';
import {type Io, tell} from '../cli/io.ts';
import {absolute, type Read, readFor} from '../cli/opening.ts';
import {refusalText} from '../cli/refusal-text.ts';
import {rehearsalsBeside, stateRoot} from '../cli/state-root.ts';
import {UsageError} from '../cli/usage-error.ts';
import {isRefusal} from '../cutover/decide/refusal.ts';
import type {Rehearsal} from '../cutover/model/event.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import type {Catalog} from '../cutover/store.ts';
import {Stopped} from './play.ts';
import {type Copied, copyOwn, copySample} from './workspace.ts';

const hourMs = 3_600_000;

/** Rehearsals are never among the cutovers that are meant, unless --state says so. */
export function rehearsalRoot(call: Args): string {
	const root = stateRoot(call);
	return call.text('state') === null ? rehearsalsBeside(root) : root;
}

function copy(call: Args, root: string): Copied {
	const {io} = call;
	const word = call.word(0);
	if (word === null) return copySample(root, io.env);
	const file = resolve(io.cwd, word);
	if (!existsSync(file)) throw new UsageError(`${word} does not exist. Name a runbook, or none for the sample.`);
	return copyOwn(root, file, absolute(call, 'workspace'), io.env);
}

export type Prepared = {readonly copied: Copied; readonly read: Read; readonly runbook: Runbook};

/** The copy, read. Throws UsageError where the runbook has errors. */
export function prepare(call: Args, root: string): Prepared {
	const copied = copy(call, root);
	if (copied.complaint !== null) tell(call.io, copied.complaint);
	const given = {
		workspace: copied.workspace,
		...(call.text('settings') === null ? {} : {settings: absolute(call, 'settings')}),
	};
	const read = readFor(new Args(call.io, [copied.runbook], given), copied.runbook);
	const {runbook} = read;
	if (runbook !== null) return {copied, read, runbook};
	throw new UsageError(
		`The runbook has errors, so it cannot be rehearsed. See them: cutover-tui check ${call.word(0) ?? copied.runbook}.`,
	);
}

/** From its first stage, at most this far: an hour before T0 where no stage is earlier. */
const lead = ({stages}: Runbook): number => Math.max(hourMs, ...stages.map(({offsetSeconds}) => -offsetSeconds * 1000));

/** Begins it. Throws Stopped where a rule refuses it. */
export async function beginRehearsal(
	io: Io,
	catalog: Catalog,
	{read, runbook}: Prepared,
	as: Rehearsal,
	by: Person,
): Promise<Opened> {
	const start = systemClock.now();
	const form = {
		t0: start + lead(runbook),
		ticket: runbook.ticket ?? 'REHEARSAL',
		environment: runbook.environment ?? 'rehearsal',
		commandId: randomUUID(),
		confirm: ['BEGIN'],
		another: true,
		rehearsal: {start, as},
	};
	const begun = await beginCutover(io, catalog, read, form, by);
	if (isRefusal(begun)) throw new Stopped(refusalText(begun));
	return begun;
}
