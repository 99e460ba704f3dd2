/* The process `runner`: FOLDER ATTEMPT GRACE, ATTEMPT as in T-30-2. It runs one attempt and ends; nobody waits for it. */
import process from 'node:process';
import {runAttempt} from '../../attempts/attempt.ts';
import {keep} from '../../evidence/attach.ts';
import {openJournal} from '../../journal/journal.ts';
import {openProgress} from '../../journal/progress.ts';
import {storeOf} from '../../journal/stores.ts';
import {passed, redaction, secretsOf} from '../../processes/environment.ts';
import {programs} from '../../processes/programs.ts';
import {takeSecrets} from '../../processes/spawn.ts';
import {clockOf} from '../clock.ts';
import {observe} from '../observe.ts';
import {showZoneOf} from '../zone.ts';

const [folder = '', attempt = '', grace = ''] = process.argv.slice(2);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const env = takeSecrets();
const clock = clockOf(folder);
const {journal: store, hosts} = await storeOf(folder, clock, env);
const journal = await openJournal({
	store,
	clock,
	look: observe(folder, env, {compares: true, hosts, runs: true}),
	onAppended: openProgress(folder).save,
	redact: redaction(env),
});
showZoneOf(env, journal, clock);
const {runbook} = journal.state();
// A playbook sees of this process what its commands see.
const observed = passed(env, {pass: runbook?.pass ?? []});
for (const name of Object.keys(process.env)) if (!(name in observed)) delete process.env[name];

// What a playbook throws has listeners by now, which would take an error from here for one of its own and run on.
try {
	await runAttempt(
		{
			folder,
			journal,
			hosts,
			clock,
			programs,
			env,
			grace: Number(grace),
			keep: (file, name) => keep(folder, file, name, runbook === null ? [] : secretsOf(env, runbook)),
		},
		attempt,
	);
	await journal.close();
} catch (error) {
	// Its folder may be gone, and with it all that could be recorded.
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
}
process.exit(0);
