/*
`begin RUNBOOK`: shows what will run and approves exactly these bytes. The id is the last line of stdout, for scripts.
*/
import {randomUUID} from 'node:crypto';
import {isRefusal} from '../../cutover/decide/refusal.ts';
import type {Catalog} from '../../cutover/store.ts';
import {personOf, refuse, startDesiredWork} from '../act.ts';
import type {Args} from '../args.ts';
import {ahead, beginCutover, oneOpen, openOf, plannedFor} from '../beginning.ts';
import {cutovers, withCatalog} from '../compose.ts';
import {say, tell} from '../io.ts';
import {type Read, readFor} from '../opening.ts';
import {UsageError} from '../usage-error.ts';
import {tellProblems, whatWasRead, willRunLines} from '../what-was-read.ts';
import {machineZone, showZone} from '../zone.ts';

function show(call: Args, read: Read, t0: number): void {
	say(call.io, ...whatWasRead(read, t0), ...willRunLines(read));
	tellProblems(call.io, read);
}

async function begin(call: Args, catalog: Catalog, read: Read): Promise<number> {
	const {runbook} = read;
	showZone(call.io.env, runbook?.zone);
	const by = personOf(call, runbook);
	const planned = plannedFor(call, runbook);
	if (planned.t0 === null)
		throw new UsageError('When is T0? Give --t0 WHEN: 2031-03-08T22:00:00+01:00, 22:00, or +90m.');
	const form = {
		...planned,
		t0: ahead(planned.t0),
		commandId: call.text('command-id') ?? randomUUID(),
		// The command is itself the word.
		confirm: ['BEGIN'],
		another: call.flag('new'),
	};
	showZone(call.io.env, runbook?.zone, form.t0);
	const {doubt} = machineZone(call.io.env);
	if (doubt !== null && !runbook?.zone) tell(call.io, `${doubt}. Set zone: in the settings.`);
	show(call, read, form.t0);
	const begun = await beginCutover(call.io, catalog, read, form, by);
	if (isRefusal(begun)) return refuse(call.io, begun).code;
	await startDesiredWork(call.io, begun);
	await begun.close();
	say(call.io, '');
	say(call.io, begun.id);
	return 0;
}

export const run = async (call: Args): Promise<number> => {
	const read = readFor(call, call.must(0));
	if (read.runbook === null) return tellProblems(call.io, read);
	const {path} = read.runbook;
	return withCatalog(call, async catalog => {
		const known = await cutovers(catalog);
		const id = call.text('command-id');
		const before = known.find(({cause}) => cause === id);
		if (before !== undefined) {
			if (before.runbook !== path)
				throw new UsageError(
					`--command-id ${id} was used for ${before.id}, of another runbook. Give each act an id of its own.`,
				);
			say(call.io, before.id);
			return 0;
		}
		// Asked again under the lock; here it saves the reader the whole list of what would run.
		const open = call.flag('new') ? null : openOf(known, path);
		return open === null ? begin(call, catalog, read) : refuse(call.io, oneOpen(open)).code;
	});
};
