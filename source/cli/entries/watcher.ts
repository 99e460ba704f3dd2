/* The process `watcher`: FOLDER. It watches that cutover, and others beside it that are asked of it; nobody waits for it. */

import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {Reconciler} from '../../attempts/reconcile.ts';
import type {Instant} from '../../cutover/health/outage/sample.ts';
import type {Hosts} from '../../cutover/store.ts';
import {lackingIn, lackText} from '../../processes/environment.ts';
import {pageKeeper} from '../../processes/page-process.ts';
import {programs} from '../../processes/programs.ts';
import {takeSecrets} from '../../processes/spawn.ts';
import {seldom} from '../../text/seldom.ts';
import {host} from '../../watch/host.ts';
import {notifier} from '../../watch/notify.ts';
import {onCallAsker} from '../../watch/on-call.ts';
import {sampling} from '../../watch/sampling.ts';
import {type Lost, watch, watcherPerson} from '../../watch/watcher.ts';
import {working} from '../../watch/working.ts';
import {instantsOf, systemClock} from '../clock.ts';
import {journalOf} from '../journal-of.ts';
import {showZoneOf} from '../zone.ts';

const [first = ''] = process.argv.slice(2);
const given = takeSecrets();
/** Without secrets. A copy, because each look at the real one asks the system anew. */
const bare = {...process.env};
process.on('SIGHUP', () => {});

const complaints = new Map<string, (text: string) => void>();
const complaintsOf = (folder: string): ((text: string) => void) =>
	seldom(systemClock.steady, text => {
		try {
			appendFileSync(join(folder, 'watcher.err'), `${text}\n`, {mode: 0o600});
		} catch {
			// No room, or the folder is gone: the record of this watcher gets old, and that is seen.
		}
	});
const complain = (folder: string, text: string): void => {
	const say = complaints.get(folder) ?? complaintsOf(folder);
	complaints.set(folder, say);
	say(text);
};
// What one cutover throws outside its own promises must not end the watch of the others.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
	process.on(event, (error: unknown) => complain(first, String(error)));

/** Each turn of leading counts as a boot of its own: its samples follow those of the host before. */
const instantOf = (instant: () => Instant, hosts: Hosts | null) => (): Instant => {
	const now = instant();
	return hosts === null ? now : {...now, boot: `${now.boot}/${hosts.term()}`};
};

let shown: string | null = null;

async function watchOne(folder: string, lost: (lost: Lost) => void): Promise<void> {
	// Secrets are of whoever started it for the first; a cutover that needs some is not asked of a host.
	const env = folder === first ? given : bare;
	const {journal, clock, copies, hosts} = await journalOf(folder, env, {compares: false, keeps: true});
	const by = watcherPerson;
	// Times are shown in one zone by a process: a cutover of another zone has a watcher of its own.
	const {zone} = journal.state();
	shown ??= zone ?? '';
	if (shown !== (zone ?? '')) {
		await journal.close();
		throw new Error(`its times are shown in ${zone}, those of this watcher in ${shown}`);
	}
	showZoneOf(env, journal, clock);
	// What it starts of its own accord it starts at once, all else after the others had their time.
	const reconciler = new Reconciler({
		folder,
		journal,
		clock,
		programs,
		env,
		by,
		isMine: ({byProcess}) => byProcess,
		host: hosts?.here ?? null,
		keepPage: pageKeeper({folder, clock, programs}),
	});
	const report = (text: string): void => complain(folder, text);
	const lack = lackText(env, journal.state());
	if (lack !== null) report(lack);
	const instant = instantsOf(folder);
	const sending = {folder, journal, clock, now: systemClock.now, env, by};
	const {look: notify, finish: notified} = notifier(sending);
	const askOnCall = onCallAsker({...sending, state: journal.state});
	let wake = (): void => {};
	const work = await working({folder, clock, journal, copies, hosts, complain: report, changed: () => wake()});
	try {
		await watch({
			folder,
			journal,
			clock,
			up: () => instant().up,
			lacks: lackingIn(env, journal.state()),
			lost,
			reconcile: () => reconciler.pass(),
			notify() {
				askOnCall();
				notify();
			},
			notified,
			host: hosts?.here ?? null,
			leads: work.leads,
			tookOver: work.tookOver,
			sample(noticed) {
				wake = noticed;
				return sampling({folder, clock, instant: instantOf(instant, hosts), env, complain: report, noticed, work});
			},
			complain: report,
		});
	} finally {
		await work.stop();
		await journal.close();
	}
}

await host(first, {clock: systemClock, watch: watchOne, complain});
process.exit(0);
