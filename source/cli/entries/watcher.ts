/* The process `watcher`: FOLDER. It watches one cutover until that is closed; nobody waits for it. */
import process from 'node:process';
import {redaction} from '../../attempts/processes/environment.ts';
import {programs} from '../../attempts/processes/programs.ts';
import {takeSecrets} from '../../attempts/processes/spawn.ts';
import {byProcess, Reconciler} from '../../attempts/reconcile.ts';
import {openJournal} from '../../journal/journal.ts';
import {openProgress} from '../../journal/progress.ts';
import {storeOf} from '../../journal/stores.ts';
import {notifier} from '../../watch/notify.ts';
import {sampling} from '../../watch/sampling.ts';
import {watch, watcherPerson} from '../../watch/watcher.ts';
import {clockOf, instantsOf} from '../clock.ts';
import {observe} from '../observe.ts';
import {showZoneOf} from '../zone.ts';

const [folder = ''] = process.argv.slice(2);
process.on('SIGHUP', () => {});

const env = takeSecrets();

const clock = clockOf(folder);
const {journal: store, copies} = await storeOf(folder, clock, env);
const journal = await openJournal({
	store,
	clock,
	look: observe(folder, env, {compares: false}),
	onAppended: openProgress(folder).save,
	redact: redaction(env),
});
showZoneOf(process.env, journal);
// What it starts of its own accord it starts at once, all else after the others had their time.
const reconciler = new Reconciler({
	folder,
	journal,
	clock,
	programs,
	env,
	by: watcherPerson,
	asked: byProcess,
});

const {look: notify, finish: notified} = notifier({folder, journal, clock, env, by: watcherPerson});

let said = '';
const complain = (text: string): void => {
	if (text !== said) process.stderr.write(`${text}\n`);
	said = text;
};

/** What cannot be sent now is sent later: it stays in the folder. */
let sending: Promise<void> | null = null;
const send = (): Promise<void> => {
	sending ??= copies
		.send()
		.catch(error => complain(`Files could not be sent: ${error instanceof Error ? error.message : String(error)}`))
		.finally(() => {
			sending = null;
		});
	return sending;
};
const stopSending = clock.every(1000, () => void send());

await watch({
	folder,
	journal,
	clock,
	reconcile: () => reconciler.pass(),
	notify,
	notified,
	sample: noticed => sampling({folder, clock, instant: instantsOf(folder), env, complain, noticed}),
	complain,
});
stopSending();
await sending;
// What was written since.
await send();
await journal.close();
process.exit(0);
