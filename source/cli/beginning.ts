/*
From a runbook that was read to a cutover that is open: its folder, the exact bytes that are approved, the first entry.
The entry comes last, so that a folder without one was never begun and nobody takes it for a cutover.
*/

import {rmSync} from 'node:fs';
import {isRefusal} from '../cutover/decide/refusal.ts';
import type {Refusal} from '../cutover/model/command.ts';
import type {RehearsalTargets} from '../cutover/model/event.ts';
import type {Person} from '../cutover/model/person.ts';
import {createFolder} from '../journal/folder.ts';
import {day, stamp} from '../text/time.ts';
import {clockOf, setPace} from './clock.ts';
import {type Opened, openedAt} from './compose.ts';
import type {Io} from './io.ts';
import {keepBytes} from './keep-bytes.ts';
import type {Read} from './opening.ts';

/** Of T0 in ms; `pace`: a rehearsal's clock, its start in ms, where it goes at real speed again, and what stands in for the world. */
export type Form = {
	readonly t0: number;
	readonly ticket: string | null;
	readonly environment: string | null;
	readonly commandId: string;
	readonly pace?: {
		readonly start: number;
		readonly speed: number;
		readonly until?: number;
		readonly rehearsalTargets?: RehearsalTargets;
	};
};

const longest = 60;

/** `Ledger move` -> `ledger-move`. */
const slug = (title: string): string =>
	title
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-+|-+$/g, '')
		.slice(0, longest)
		.replace(/-+$/, '') || 'cutover';

/** The folder of the first free name: `ID`, `ID-2`, … */
function folderFor(root: string, id: string): {readonly id: string; readonly folder: string} {
	for (let number = 1; ; number++) {
		const name = number === 1 ? id : `${id}-${number}`;
		const folder = createFolder(root, name);
		if (folder !== null) return {id: name, folder};
	}
}

async function start(
	io: Io,
	id: string,
	folder: string,
	read: Read,
	form: Form,
	by: Person,
): Promise<Opened | Refusal> {
	const {runbook, workspace, approved} = read;
	if (runbook === null) throw new TypeError('A runbook with errors cannot be begun.');
	keepBytes(folder, read);
	if (form.pace) setPace(folder, form.pace.start, form.pace.speed, form.pace.until ?? null);
	const clock = clockOf(folder);
	const opened = await openedAt(io, folder, clock);
	const {t0, ticket, environment, commandId, pace} = form;
	const {speed, rehearsalTargets} = pace ?? {};
	const rehearsal = speed === undefined ? null : {speed, ...(rehearsalTargets ? {rehearsalTargets} : {})};
	const answer = await opened.journal.decide(
		{
			id: commandId,
			type: 'begin',
			data: {id, runbook, t0: stamp(t0), ticket, environment, workspace, approved, rehearsal},
		},
		by,
	);
	if (!answer.refused) return opened;
	opened.close();
	return answer;
}

/** Begins a cutover of what was read. A refusal, or a fault, leaves no folder. Throws StoreFault. */
export async function beginCutover(
	io: Io,
	root: string,
	read: Read,
	form: Form,
	by: Person,
): Promise<Opened | Refusal> {
	const name = read.runbook?.id ?? `${slug(read.runbook?.title ?? '')}-${day(form.t0)}`;
	const {id, folder} = folderFor(root, name);
	try {
		const begun = await start(io, id, folder, read, form, by);
		if (isRefusal(begun)) rmSync(folder, {recursive: true});
		return begun;
	} catch (error) {
		rmSync(folder, {recursive: true, force: true});
		throw error;
	}
}
