/*
From a runbook that was read to a cutover that is open: its folder, the exact bytes that are approved, the first entry.
The entry comes last, so that a folder without one was never begun and nobody takes it for a cutover. Whether the runbook has
an open cutover already is asked under the lock that the first entry is written under.
*/

import {fields, isRefusal, refuse, statusWord} from '../cutover/decide/refusal.ts';
import type {Rehearsal} from '../cutover/model/event.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import {type Answer, type BeginForm, StoreFault} from '../cutover/ports.ts';
import type {Catalog} from '../cutover/store.ts';
import {authoritiesIn, provided, shortSecrets, shortSecretText} from '../processes/environment.ts';
import {day, instant, local, stamp, zoneShown} from '../text/time.ts';
import {type Args, when} from './args.ts';
import {setPace, systemClock} from './clock.ts';
import {cutovers, type Listed, type Opened, openCreated} from './compose.ts';
import type {Io} from './io.ts';
import {keepBytes} from './keep-bytes.ts';
import type {Read} from './opening.ts';
import {UsageError} from './usage-error.ts';

export type Form = BeginForm & {
	readonly commandId: string;
	/** Also where another cutover of this runbook is open. */
	readonly another?: boolean;
	/** On a clock of its own, which shows `start` (ms) now; one that hurries goes at real speed until somebody hurries it. */
	readonly rehearsal?: {readonly start: number; readonly as: Rehearsal};
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

/** The first free id: `ID`, `ID-2`, … */
async function createFor(catalog: Catalog, id: string): Promise<string> {
	for (let number = 1; ; number++) {
		const name = number === 1 ? id : `${id}-${number}`;
		if (await catalog.create(name)) return name;
	}
}

/** T0 in ms, which nobody begins in the past. Throws UsageError. */
export function ahead(t0: number): number {
	const now = systemClock.now();
	if (t0 > now) return t0;
	throw new UsageError(`T0 ${local(t0)} is in the past: it is ${local(now)} now. Name a later one.`);
}

/** What is planned, by the options of the call, else by the settings; T0 in ms. Throws UsageError where an option is no time, or past. */
export function plannedFor(
	call: Args,
	runbook: Runbook | null,
): {t0: number | null} & Pick<Form, 'ticket' | 'environment'> {
	const given = call.text('t0');
	const set = runbook?.t0 ? instant(runbook.t0) : null;
	return {
		t0: given === null ? set : ahead(when(given, systemClock.now())),
		ticket: call.text('ticket') ?? runbook?.ticket ?? null,
		environment: call.text('environment') ?? runbook?.environment ?? null,
	};
}

/** The open cutover of this runbook, null where there is none. Throws the fault of one that may be it and cannot be read. */
export function openOf(known: readonly Listed[], runbook: Path): Listed | null {
	const open = known.find(({runbook: path, status}) => path === runbook && status !== 'closed');
	const {fault} = known.find(({status}) => status === 'unreadable') ?? {};
	if (open === undefined && fault !== undefined)
		throw new StoreFault(
			fault.code,
			fault.message,
			`${fault.fix} To begin another cutover beside it, use begin --new.`,
		);
	return open ?? null;
}

export const oneOpen = ({id, status}: Pick<Listed, 'id' | 'status'>): Refusal =>
	refuse(
		'one-open',
		`${id} of this file is ${statusWord(status)}.`,
		`${status === 'abandoned' ? 'Close' : 'Continue'} it, or begin another one.`,
		fields('new'),
	);

async function start(
	io: Io,
	catalog: Catalog,
	id: string,
	read: Read,
	form: Form,
	by: Person,
): Promise<Opened | Refusal> {
	const {runbook, workspace, approved} = read;
	if (runbook === null) throw new TypeError('A runbook with errors cannot be begun.');
	const short = shortSecrets(io.env, runbook);
	if (short.length > 0) return refuse('secret-short', `${shortSecretText(short)}.`, 'Set a longer one.');
	const folder = catalog.folder(id);
	keepBytes(folder, read);
	const {t0, ticket, environment, commandId, rehearsal} = form;
	if (rehearsal) setPace(folder, rehearsal.start, rehearsal.as.speed, rehearsal.as.hurries ? rehearsal.start : null);
	const opened = await openCreated(io, catalog, id);
	let answer: Answer | null = null;
	try {
		answer = await opened.journal.decide(
			{
				id: commandId,
				type: 'begin',
				confirm: form.confirm,
				data: {
					id,
					runbook,
					t0: stamp(t0),
					ticket,
					environment,
					zone: zoneShown(),
					provided: provided(io.env, runbook),
					authorities: authoritiesIn(io.env),
					workspace,
					approved,
					rehearsal: rehearsal?.as ?? null,
				},
			},
			by,
		);
	} finally {
		// The catalog discards what was not begun: it stays open.
		if (answer === null || answer.refused) await opened.journal.close();
	}
	return answer.refused ? answer : opened;
}

async function create(io: Io, catalog: Catalog, read: Read, form: Form, by: Person): Promise<Opened | Refusal> {
	const id = await createFor(catalog, read.runbook?.id ?? `${slug(read.runbook?.title ?? '')}-${day(form.t0)}`);
	try {
		const begun = await start(io, catalog, id, read, form, by);
		if (isRefusal(begun)) await catalog.discard(id);
		return begun;
	} catch (error) {
		await catalog.discard(id);
		throw error;
	}
}

/**
 * Begins a cutover of what was read; the same command id again opens what it began. A refusal, or a fault, leaves nothing,
 * and the catalog open. Throws StoreFault.
 */
export const beginCutover = (io: Io, catalog: Catalog, read: Read, form: Form, by: Person): Promise<Opened | Refusal> =>
	catalog.exclusively(async () => {
		if (read.runbook?.unreviewed)
			return refuse(
				'map-unreviewed',
				'Nobody looked at the map of this runbook yet.',
				`Read it, then: cutover-tui adopt ${read.file} --review --by NAME`,
			);
		if (form.another) return create(io, catalog, read, form, by);
		const known = await cutovers(catalog);
		const before = known.find(({cause}) => cause === form.commandId);
		if (before !== undefined) return openCreated(io, catalog, before.id);
		const open = openOf(known, read.runbook?.path ?? '');
		return open === null ? create(io, catalog, read, form, by) : oneOpen(open);
	});
