/* The process `watcher`: FOLDER. It watches that cutover, and others beside it that are asked of it; nobody waits for it. */
import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {lackingIn, lackText, redaction} from '../../attempts/processes/environment.ts';
import {programs} from '../../attempts/processes/programs.ts';
import {takeSecrets} from '../../attempts/processes/spawn.ts';
import {Reconciler} from '../../attempts/reconcile.ts';
import type {Clock, Copies} from '../../cutover/ports.ts';
import {openJournal} from '../../journal/journal.ts';
import {openProgress} from '../../journal/progress.ts';
import {storeOf} from '../../journal/stores.ts';
import {host} from '../../watch/host.ts';
import {notifier} from '../../watch/notify.ts';
import {sampling} from '../../watch/sampling.ts';
import {type Lost, watch, watcherPerson} from '../../watch/watcher.ts';
import {clockOf, instantsOf, systemClock} from '../clock.ts';
import {observe} from '../observe.ts';
import {showZoneOf} from '../zone.ts';

const [first = ''] = process.argv.slice(2);
const given = takeSecrets();
process.on('SIGHUP', () => {});

const said = new Map<string, string>();
const complain = (folder: string, text: string): void => {
	if (said.get(folder) === text) return;
	said.set(folder, text);
	try {
		appendFileSync(join(folder, 'watcher.err'), `${text}\n`, {mode: 0o600});
	} catch {
		// No room, or the folder is gone: the record of this watcher gets old, and that is seen.
	}
};
// What one cutover throws outside its own promises must not end the watch of the others.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
	process.on(event, (error: unknown) => complain(first, String(error)));

/** What cannot be sent now is sent later: it stays in the folder. */
function sending(copies: Copies, clock: Clock, told: (text: string) => void) {
	let now: Promise<void> | null = null;
	const send = (): Promise<void> => {
		now ??= copies
			.send()
			.catch(error => told(`Files could not be sent: ${error instanceof Error ? error.message : String(error)}`))
			.finally(() => {
				now = null;
			});
		return now;
	};
	const stop = clock.every(1000, () => void send());
	return {
		send,
		async stop(): Promise<void> {
			stop();
			await now;
		},
	};
}

let shown: string | null = null;

async function watchOne(folder: string, lost: (lost: Lost) => void): Promise<void> {
	// Secrets are of whoever started it for the first; a cutover that needs some is not asked of a host.
	const env = folder === first ? given : process.env;
	const clock = clockOf(folder);
	const {journal: store, copies} = await storeOf(folder, clock, env);
	const journal = await openJournal({
		store,
		clock,
		look: observe(folder, env, {compares: false}),
		onAppended: openProgress(folder).save,
		redact: redaction(env),
	});
	const by = watcherPerson;
	// Times are shown in one zone by a process: a cutover of another zone has a watcher of its own.
	const {zone} = journal.state();
	shown ??= zone ?? '';
	if (shown !== (zone ?? '')) {
		await journal.close();
		throw new Error(`its times are shown in ${zone}, those of this watcher in ${shown}`);
	}
	showZoneOf(env, journal);
	// What it starts of its own accord it starts at once, all else after the others had their time.
	const reconciler = new Reconciler({
		folder,
		journal,
		clock,
		programs,
		env,
		by,
		isMine: ({byProcess}) => byProcess,
	});
	const told = (text: string): void => complain(folder, text);
	const lack = lackText(env, journal.state());
	if (lack !== null) told(lack);
	const instant = instantsOf(folder);
	const {send, stop} = sending(copies, clock, told);
	const {look: notify, finish: notified} = notifier({folder, journal, clock, env, by});
	try {
		await watch({
			folder,
			journal,
			clock,
			lacks: lackingIn(env, journal.state()),
			lost,
			reconcile: () => reconciler.pass(),
			notify,
			notified,
			sample: noticed => sampling({folder, clock, instant, env, complain: told, noticed}),
			complain: told,
		});
	} finally {
		await stop();
		// What was written since.
		await send();
		await journal.close();
	}
}

await host(first, {clock: systemClock, watch: watchOne, complain});
process.exit(0);
