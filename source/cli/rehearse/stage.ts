/*
Where a rehearsal takes place: its folder, the copy of the workspace, the service, and a cutover that is begun at its
first stage on a clock of its own.
*/

import {randomUUID} from 'node:crypto';
import {existsSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {StandIns} from '../../cutover/event.ts';
import type {Person} from '../../cutover/person.ts';
import {isRefusal} from '../../cutover/refusal.ts';
import type {Runbook} from '../../cutover/runbook.ts';
import {safe} from '../../text/clean.ts';
import {refusalText} from '../act.ts';
import {beginCutover} from '../beginning.ts';
import {Call} from '../call.ts';
import {systemClock} from '../clock.ts';
import {type Io, tell} from '../io.ts';
import {Misuse} from '../misuse.ts';
import {type Read, readFor} from '../opening.ts';
import {type Opened, stateRoot} from '../world.ts';
import {Stopped} from './play.ts';
import {type Copied, copyOwn, copySample} from './workspace.ts';

const hourMs = 3_600_000;

/** Rehearsals are never among the cutovers that are meant, unless --state says so. */
export function rehearsalRoot(call: Call): string {
	const root = stateRoot(call);
	return call.text('state') === null ? join(dirname(root), `${basename(root)}-rehearsals`) : root;
}

const absolute = (call: Call, option: string): string | null => {
	const given = call.text(option);
	return given === null ? null : resolve(call.io.cwd, given);
};

function copy(call: Call, root: string): Copied {
	const {io} = call;
	const word = call.word(0);
	if (word === null) return copySample(root, io.env);
	const file = resolve(io.cwd, word);
	if (!existsSync(file)) throw new Misuse(`${word} does not exist. Name a runbook, or none for the sample.`);
	return copyOwn(root, file, absolute(call, 'workspace'), io.env);
}

export type Prepared = {readonly copied: Copied; readonly read: Read; readonly runbook: Runbook};

/** The copy, read. Throws Misuse where the runbook has errors. */
export function prepare(call: Call, root: string): Prepared {
	const copied = copy(call, root);
	if (copied.complaint !== null) tell(call.io, safe(copied.complaint));
	const given = {
		workspace: copied.workspace,
		...(call.text('settings') === null ? {} : {settings: absolute(call, 'settings')}),
	};
	const read = readFor(new Call(call.io, [copied.runbook], given), copied.runbook);
	const {runbook} = read;
	if (runbook !== null) return {copied, read, runbook};
	throw new Misuse(
		`The runbook has errors, so it cannot be rehearsed. See them: cutover-tui check ${call.word(0) ?? copied.runbook}.`,
	);
}

/** From its first stage, at most this far: an hour before T0 where no stage is earlier. */
const lead = ({stages}: Runbook): number => Math.max(hourMs, ...stages.map(({offsetSeconds}) => -offsetSeconds * 1000));

/** Begins it. `auto`: the clock goes at real speed until somebody hurries it. Throws Stopped where a rule refuses it. */
export async function beginRehearsal(
	io: Io,
	root: string,
	{read, runbook}: Prepared,
	pace: {readonly speed: number; readonly auto: boolean; readonly standIns: StandIns | null},
	by: Person,
): Promise<Opened> {
	const start = systemClock.now();
	const form = {
		t0: start + lead(runbook),
		ticket: runbook.ticket ?? 'REHEARSAL',
		environment: runbook.environment ?? 'rehearsal',
		commandId: randomUUID(),
		pace: {
			start,
			speed: pace.speed,
			...(pace.auto ? {until: start} : {}),
			...(pace.standIns === null ? {} : {standIns: pace.standIns}),
		},
	};
	const begun = await beginCutover(io, root, read, form, by);
	if (isRefusal(begun)) throw new Stopped(refusalText(begun));
	return begun;
}
