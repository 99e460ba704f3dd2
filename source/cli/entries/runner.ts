/* The process `runner`: FOLDER ATTEMPT GRACE, ATTEMPT as in T-30-2. It runs one attempt and ends; nobody waits for it. */

import process from 'node:process';
import {runAttempt} from '../../attempts/attempt.ts';
import {keep} from '../../evidence/attach.ts';
import {passed, secretsOf} from '../../processes/environment.ts';
import {programs} from '../../processes/programs.ts';
import {takeSecrets} from '../../processes/spawn.ts';
import {journalOf} from '../journal-of.ts';
import {showZoneOf} from '../zone.ts';

const [folder = '', attempt = '', grace = ''] = process.argv.slice(2);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const env = takeSecrets();
const {journal, clock, hosts} = await journalOf(folder, env, {compares: true, keeps: false, runs: true});
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
