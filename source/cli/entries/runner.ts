/* The process `runner`: FOLDER OF ATTEMPT GRACE. It runs one attempt and ends; nobody waits for it. */
import process from 'node:process';
import {keep} from '../../evidence/attach.ts';
import {fileStore} from '../../journal/file-store.ts';
import {openJournal} from '../../journal/journal.ts';
import {openProgress} from '../../journal/progress.ts';
import {runAttempt} from '../../run/attempt.ts';
import {passed} from '../../run/environment.ts';
import {programs} from '../../run/programs.ts';
import {clockOf} from '../clock.ts';
import {seeing} from '../seeing.ts';

const [folder = '', of = '', attempt = '', grace = ''] = process.argv.slice(2);
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const env = {...process.env};
const clock = clockOf(folder);
const journal = await openJournal({
	store: fileStore(folder, clock),
	clock,
	look: seeing(folder, env, {compares: true}),
	onAppended: openProgress(folder).save,
});
const {runbook} = journal.state();
// A playbook sees of this process what its commands see.
const seen = passed(env, {pass: runbook?.pass ?? []});
for (const name of Object.keys(process.env)) if (!(name in seen)) delete process.env[name];

await runAttempt(
	{folder, journal, clock, programs, env, grace: Number(grace), keep: (file, name) => keep(folder, file, name)},
	{of, attempt: Number(attempt)},
);
journal.close();
process.exit(0);
