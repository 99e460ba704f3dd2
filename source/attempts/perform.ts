/* The work of an attempt by what it is an attempt of: a gate's check, a stage's playbook, a path of the rollback. */

import {copyFileSync, readFileSync} from 'node:fs';
import {basename, join, relative} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import type {Gate, Path, StageKind} from '../cutover/model/runbook.ts';
import {digestOf} from '../disk/digest.ts';
import {makeFolders} from '../disk/file.ts';
import {endOfCommand} from '../gates/exit.ts';
import {runLine} from '../gates/run-commands.ts';
import {attemptFolder} from '../processes/folder.ts';
import {type Ending, now, pathTried} from '../processes/work.ts';
import {driverOf} from '../rollback/drivers.ts';
import {inOneLine} from '../text/error-text.ts';
import {copyApproved} from '../workspace/approved.ts';
import {changedUnder} from '../workspace/approved-run.ts';
import type {Job} from './job.ts';
import {check, type Judged} from './judge.ts';
import {bind} from './playbook-api/cutover.ts';
import {type Cutover, during} from './playbook-api/playbook.ts';
import {provideModules} from './playbook-api/playbook-modules.ts';
import {takeOver, zxFor} from './playbook-api/zx.ts';
import {keepPreRollbackSnapshot} from './pre-rollback-snapshot.ts';

/** Shipped playbook of a stage kind; an act has none: people do it, or the settings name one. */
const shipped = {
	checks: 'checks',
	decision: 'decision',
	act: null,
	verification: 'verification',
	closing: 'closing',
	manual: 'manual',
} as const satisfies {[K in StageKind]: string | null};

const done: Ending = {outcome: 'pass', exit: null, reason: null};

/** Where the copies of an attempt's playbooks are. */
const copiesOf = ({folder, attempt}: Job): Path => join(attemptFolder(folder, attempt), 'playbook');

function copyShipped(job: Job, name: string): Path {
	const source = job.programs.playbook(name);
	const copy = join(copiesOf(job), basename(source));
	makeFolders(copiesOf(job));
	copyFileSync(source, copy);
	return copy;
}

/** The date functions only for a playbook that names them: the package is large. */
const dates = async ({programs}: Job, file: Path): Promise<Record<string, Readonly<Record<string, unknown>>>> =>
	readFileSync(file, 'utf8').includes('date-fns') ? {'date-fns': await import(programs.dates())} : {};

/** Runs the playbook in `file`, a copy. */
async function load(job: Job, file: Path, cutover: Cutover, used: ReadonlySet<string>): Promise<void> {
	job.say(`playbook ${relative(copiesOf(job), file)}, ${digestOf(readFileSync(file))}`);
	takeOver(job);
	const zx = await zxFor(job);
	const takeBack = provideModules(copiesOf(job), {zx: zx.exports, ...(await dates(job, file))});
	const before = used.size;
	const run = <T>(work: () => Promise<T>): Promise<T> => zx.within(() => during(cutover, work));
	process.exitCode = undefined;
	try {
		const module: {readonly default?: unknown} = await run(() => import(pathToFileURL(file).href));
		if (typeof module.default === 'function')
			await run(async () => (module.default as (cutover: Cutover) => unknown)(cutover));
		else if (used.size === before)
			throw new Error(
				`${basename(file)} does nothing: it has no default export. Write: export default async ({step}) => { … }`,
			);
		await zx.settled();
		if (process.exitCode) throw new Error(`exit ${process.exitCode}: the playbook set process.exitCode`);
	} finally {
		process.exitCode = undefined;
		takeBack();
	}
}

/** Copies an approved playbook in. Throws a sentence where it, or a script that it names, is not as it was approved. */
function approved(job: Job, path: Path | null): Path {
	const state = now(job);
	const copy = copyApproved(job.folder, state, copiesOf(job), path ?? '');
	const changed = changedUnder(job.folder, state, path ?? '');
	if (changed === null) return copy;
	throw new Error(`not run: ${changed}. Approve it (cutover-tui approve), or put the approved file back.`);
}

async function playbook(job: Job, file: () => Path): Promise<Ending> {
	try {
		const copy = file();
		const {cutover, used} = bind(job, (row, own) => load(job, approved(job, row.playbook), own, used));
		await load(job, copy, cutover, used);
		return done;
	} catch (error) {
		return endingOf(job, error);
	}
}

/** Where in a playbook of the operator's own it was thrown; what lies below that is nothing to who wrote it. */
function placesIn(job: Job, error: unknown): readonly string[] {
	if (job.attempt.playbook === null && job.gate === null) return [inOneLine(error)];
	const {stack = ''} = error instanceof Error ? error : {};
	const own = pathToFileURL(`${copiesOf(job)}/`).href;
	const frames = stack.split('\n').flatMap(line => {
		const [, at] = line.split(own);
		return at === undefined ? [] : [`  at ${at.replace(/[?)].*$|\)$/, '')}`];
	});
	return [inOneLine(error), ...frames];
}

function endingOf(job: Job, error: unknown): Ending {
	const end = endOfCommand(error);
	if (end !== null) {
		const {verdict, reason, exit} = end;
		return {outcome: verdict === 'pass' ? 'fail' : verdict, exit, reason: reason === null ? null : job.redact(reason)};
	}
	for (const line of placesIn(job, error)) job.say(line);
	return {outcome: 'fail', exit: null, reason: job.redact(inOneLine(error))};
}

/** A gate's own attempt. */
async function gate(job: Job, row: Gate): Promise<Ending & {readonly judged: Judged}> {
	const judged = await check(job, row, job.attempt, async own => {
		const {cutover, used} = bind(job, () => Promise.reject(new Error('A gate does not judge another gate.')));
		await load(job, approved(job, own.playbook), cutover, used);
	});
	const {verdict: outcome, exit, reason, cutShort = false} = judged;
	return {outcome, exit, reason, cutShort, judged};
}

/** One command of a stage, verbatim: its go-ahead was for this one. */
async function commandOf(job: Job, text: string): Promise<Ending> {
	const {runbook, workspace, folder, environment, output, say, signal} = job;
	const found = await runLine(text, {
		runbook,
		workspace,
		folder,
		approval: now(job),
		access: null,
		environment,
		output,
		say,
		playbook: () => Promise.reject(new Error('A command runs no playbook.')),
		signal,
	});
	const {verdict: outcome, exit, reason, cutShort = false} = found;
	return {outcome, exit, reason: reason === null ? null : job.redact(reason), cutShort};
}

/** A path of the rollback, once what it destroys is kept. */
async function rollBack(job: Job): Promise<Ending> {
	await keepPreRollbackSnapshot(job);
	const path = pathTried(job);
	if (path === null) return {outcome: 'fail', exit: null, reason: 'the runbook names no such path'};
	return driverOf(path).run(
		{...job, playbook: name => playbook(job, () => copyShipped(job, name)), line: text => commandOf(job, text)},
		path,
	);
}

/** Does the work. Never throws; `judged` for a gate's own attempt. */
export async function perform(job: Job): Promise<Ending & {readonly judged?: Judged}> {
	const {attempt, stage} = job;
	if (job.gate !== null) return gate(job, job.gate);
	if (stage === null) return rollBack(job);
	if (attempt.command !== null) return commandOf(job, attempt.command.text);
	const own = attempt.playbook;
	if (own !== null) return playbook(job, () => approved(job, own));
	const name = shipped[stage.kind];
	if (name === null)
		return {outcome: 'fail', exit: null, reason: `${stage.id} has no playbook: people do it, and record its result`};
	return playbook(job, () => copyShipped(job, name));
}
