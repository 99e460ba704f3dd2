/*
`begin RUNBOOK`: shows what will run and approves exactly these bytes. The id is the last line of stdout, for scripts.
*/
import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {isRefusal} from '../../cutover/decide/refusal.ts';
import {origin} from '../../journal/entry.ts';
import {journalFile} from '../../journal/file-store.ts';
import {openReader} from '../../journal/reader.ts';
import {safe} from '../../text/clean.ts';
import {instant, local} from '../../text/time.ts';
import {personOf, refusalText, startDesiredWork} from '../act.ts';
import {type Args, when} from '../args.ts';
import {beginCutover} from '../beginning.ts';
import {systemClock} from '../clock.ts';
import {cutovers, type Listed, stateRoot} from '../compose.ts';
import {say, tell} from '../io.ts';
import {type Read, readFor} from '../opening.ts';
import {problemLines, understood, willRunLines} from '../understood.ts';
import {UsageError} from '../usage-error.ts';

/** Planned T0 in ms, from --t0 or the settings. Throws Misuse where there is none, or where it is past. */
function t0Of(call: Args, {runbook}: Read): number {
	const now = systemClock.now();
	const given = call.text('t0');
	if (given === null && !runbook?.t0)
		throw new UsageError('When is T0? Give --t0 WHEN: 2031-03-08T22:00:00+01:00, 22:00, or +90m.');
	const t0 = given === null ? instant(runbook?.t0 ?? '') : when(given, now);
	if (t0 <= now) throw new UsageError(`T0 ${local(t0)} is in the past: it is ${local(now)} now. Name a later one.`);
	return t0;
}

/** The cutover that this command id began before (RULES C2). */
function begunBy(id: string | null, known: readonly Listed[]): Listed | undefined {
	return id === null
		? undefined
		: known.find(
				({folder, status}) =>
					status !== 'unreadable' && openReader(join(folder, journalFile)).read(origin)[0]?.cause === id,
			);
}

function alreadyOpen(call: Args, file: string, known: readonly Listed[]): Listed | undefined {
	return call.flag('new') ? undefined : known.find(({runbook, status}) => runbook === file && status !== 'closed');
}

function show(call: Args, read: Read, t0: number): void {
	for (const line of [...understood(read, t0), ...willRunLines(read)]) say(call.io, line);
	for (const line of problemLines(read)) tell(call.io, line);
}

async function begin(call: Args, root: string, read: Read): Promise<number> {
	const {runbook} = read;
	const by = personOf(call, runbook?.roles ?? []);
	const form = {
		t0: t0Of(call, read),
		ticket: call.text('ticket') ?? runbook?.ticket ?? null,
		environment: call.text('environment') ?? runbook?.environment ?? null,
		commandId: call.text('command-id') ?? randomUUID(),
	};
	show(call, read, form.t0);
	const begun = await beginCutover(call.io, root, read, form, by);
	if (isRefusal(begun)) {
		tell(call.io, safe(refusalText(begun)));
		return begun.usageError ? 2 : 1;
	}
	await startDesiredWork(call.io, begun);
	begun.close();
	say(call.io, '');
	say(call.io, safe(begun.id));
	return 0;
}

export const run = async (call: Args): Promise<number> => {
	const read = readFor(call, call.must(0));
	if (read.runbook === null) {
		for (const line of problemLines(read)) tell(call.io, line);
		return 2;
	}
	const root = stateRoot(call);
	const known = cutovers(root);
	const before = begunBy(call.text('command-id'), known);
	if (before !== undefined) {
		say(call.io, safe(before.id));
		return 0;
	}
	const open = alreadyOpen(call, read.runbook.path, known);
	if (open !== undefined) {
		tell(
			call.io,
			safe(
				`A runbook has one open cutover: ${open.id} of this file is ${open.status}. Go on with it, or begin another one with --new.`,
			),
		);
		return 1;
	}
	return begin(call, root, read);
};
