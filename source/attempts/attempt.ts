/*
One attempt, from its owner record to its result record. The order is the promise: the owner record says first who runs
it, so that two runners are one; the end reaches the journal with the log's digest; the result record comes last, and
holds what the journal could not take.
*/
import process from 'node:process';
import {attemptKey, isGate, isStage, targetText} from '../cutover/model/attempt-target.ts';
import type {Command} from '../cutover/model/command.ts';
import type {Log} from '../cutover/model/event.ts';
import {processNamed} from '../cutover/model/person.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Attempt, State} from '../cutover/model/state.ts';
import {type Clock, type Journal, StoreFault} from '../cutover/ports.ts';
import type {Hosts} from '../cutover/store.ts';
import {claim, reserve} from '../disk/atomic-file.ts';
import {makeFolder} from '../disk/file.ts';
import {pause} from '../net/limit.ts';
import {markName, ofAttempt, passed, secretsOf, shortSecrets, shortSecretText} from '../processes/environment.ts';
import {attemptFolder, markOf, ownerFile, resultFile} from '../processes/folder.ts';
import {beating, stepLease} from '../processes/lease.ts';
import {identityOf} from '../processes/process.ts';
import type {Programs} from '../processes/programs.ts';
import {endTree, type Mark, settled} from '../processes/tree.ts';
import {type Ending, pathTried} from '../processes/work.ts';
import {inOneLine} from '../text/error-text.ts';
import {redactor} from '../text/redact.ts';
import {stamp} from '../text/time.ts';
import {type Delivery, delivery} from './delivery.ts';
import {interrupted, uncaught} from './interrupt.ts';
import type {Job, Keep} from './job.ts';
import type {Judged} from './judge.ts';
import {AttemptLog, usualLimits} from './log/attempt-log.ts';
import type {Limits} from './log/bounded-log-file.ts';
import {perform} from './perform.ts';

/**
The commands that record an attempt's end. Their ids are fixed, so that sending them again adds nothing.
`judged`: for a gate's own attempt what its verdict speaks of, null where the check did not end by itself.
*/
function commandsOf(
	attempt: Attempt,
	{outcome, exit, reason}: Ending,
	judged: Judged | null,
	log: Log | null,
	still: readonly string[],
): readonly Command[] {
	const key = attemptKey(attempt);
	const {target, attempt: number} = attempt;
	const verdict = outcome === 'pass' || outcome === 'fail' ? outcome : 'unknown';
	const on = judged ?? {head: null, files: {}};
	const judge = (gate: string): Command => ({
		id: `${key}/judge`,
		type: 'judge',
		data: {gate, attempt: number, verdict, reason, head: on.head, files: on.files, log},
	});
	return [
		...('gate' in target ? [judge(target.gate)] : []),
		{id: `${key}/end`, type: 'end', data: {target, attempt: number, outcome, exit, reason, log, still}},
	];
}

export type RunnerWorld = {
	readonly folder: Path;
	/** Null where a cutover has one host. */
	readonly hosts: Hosts | null;
	readonly journal: Journal;
	readonly clock: Clock;
	readonly programs: Programs;
	/** As the runner was started, the secrets among it. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly keep: Keep;
	/** TERM to KILL, in ms. */
	readonly grace?: number;
	readonly limits?: Limits;
};

export const usualGrace = 10_000;
const room = 16_384;
const patience = 1000;

/** The runner, as the journal names it. */
const runnerPerson = processNamed('runner');

/** Read anew, once all that was kept is recorded. Rejects where others recorded its end. */
async function isStillOwn({journal}: RunnerWorld, attempt: Attempt, reports: Delivery): Promise<boolean> {
	if (reports.waiting()) return false;
	try {
		await journal.settle(runnerPerson);
	} catch (error) {
		if (error instanceof StoreFault && error.mayPass) return false;
		throw error;
	}
	const ended = journal.state().attempts[attemptKey(attempt)]?.ended ?? null;
	if (ended === null) return true;
	throw new Error(`recorded ${ended.outcome} by others: ${ended.reason}`);
}

function jobOf(
	world: RunnerWorld,
	state: State,
	attempt: Attempt,
	log: AttemptLog,
	mark: Mark,
	signal: AbortSignal,
	reports: Delivery,
): Job {
	const {runbook, workspace} = state;
	if (runbook === null) throw new Error('This cutover was never begun.');
	const {folder, journal, clock, programs, env, keep, grace = usualGrace} = world;
	return {
		folder,
		journal,
		clock,
		programs,
		runbook,
		attempt,
		stage: runbook.stages.find(stage => isStage(attempt.target, stage.id)) ?? null,
		gate: runbook.gates.find(gate => isGate(attempt.target, gate.id)) ?? null,
		workspace,
		environment: ofAttempt(
			passed(env, runbook),
			attempt.environment,
			markOf(folder, attempt),
			state.rehearsal !== null,
		),
		asker: {folder, clock, env, signal},
		output: log,
		grace,
		mark,
		signal,
		keep,
		say: line => log.say(line),
		print: bytes => log.print(bytes),
		redact: redactor(secretsOf(env, runbook)),
		mayBegin:
			world.hosts === null
				? async () => {}
				: stepLease({
						folder,
						clock,
						signal,
						say: line => log.say(line),
						verify: () => isStillOwn(world, attempt, reports),
					}),
		tell: reports.tell,
	};
}

/** The work, until it ends or is ended; then, where it was ended, its tree too. */
async function work(
	job: Job,
	control: AbortController,
): Promise<{ending: Ending; judged: Judged | null; still: readonly string[]}> {
	const {over, stop} = interrupted(job);
	// What runs elsewhere is cancelled there.
	const others = pathTried(job)?.workflow === undefined ? [over] : [];
	const performed: ReturnType<typeof perform> = perform(job).catch(error => ({
		outcome: 'unknown',
		exit: null,
		reason: inOneLine(error),
	}));
	const ended = await Promise.race([performed, ...others, uncaught(job)]);
	stop();
	const judged = 'judged' in ended ? (ended.judged ?? null) : null;
	// What passed may have left a service running on purpose.
	if (ended.outcome === 'pass') return {ending: ended, judged, still: []};
	control.abort();
	if (ended.cutShort) {
		job.say(ended.reason ?? ended.outcome);
		await endTree(job.mark, job.clock, job.grace);
		// So that a step which was killed is journaled as failed before its attempt ends.
		await Promise.race([performed, pause(job.clock, patience)]);
	}
	return {ending: ended, judged, still: (await settled(job.mark, job.clock, patience)).map(job.redact)};
}

/** From the log's first line to its last; answers with what is to be journaled. */
async function logged(
	world: RunnerWorld,
	state: State,
	attempt: Attempt,
	mark: Mark,
	reports: Delivery,
): Promise<readonly Command[]> {
	const {folder, clock, env, programs, limits = usualLimits} = world;
	const secrets = state.runbook === null ? [] : secretsOf(env, state.runbook);
	const environment = passed(env, {pass: []});
	const log = new AttemptLog({
		folder,
		ref: attempt,
		clock,
		scribe: programs.scribe,
		environment,
		secrets,
		limits,
		mark,
	});
	const control = new AbortController();
	const job = jobOf(world, state, attempt, log, mark, control.signal, reports);
	log.say(
		`attempt ${attempt.attempt} of ${targetText(attempt.target)}${attempt.resume ? ', resumed' : ''}${attempt.host === null ? '' : `, on ${attempt.host}`}`,
	);
	const {ending, judged, still} = await work(job, control);
	log.say(
		`${targetText(attempt.target)} ${ending.outcome.toUpperCase()}${ending.reason === null ? '' : `: ${ending.reason}`}`,
	);
	return commandsOf(attempt, ending, judged, await log.end(), still);
}

/** The record names this host already; the claim holds against a second machine of its name. */
async function mayRun(hosts: Hosts, key: string): Promise<boolean> {
	try {
		return await hosts.claim(key);
	} catch (error) {
		// Until the database answers it lives on what this host knows, and on its spool.
		if (error instanceof StoreFault && error.code === 'unreachable') return true;
		throw error;
	}
}

/** Runs what is left of this attempt; does nothing where another process has it, or it has ended. Throws StoreFault. */
export async function runAttempt(world: RunnerWorld, key: string): Promise<void> {
	const {folder, journal, clock} = world;
	const state = journal.state();
	const attempt = state.attempts[key];
	if (!attempt || attempt.ended !== null || attempt.within !== null || state.runbook === null) return;
	const {hosts} = world;
	if (hosts !== null && attempt.host !== null && attempt.host !== hosts.here) return;
	if (hosts !== null && !(await mayRun(hosts, key))) return;
	const stopBeating = hosts === null ? () => {} : beating(folder, hosts, clock);
	const reports = delivery({
		folder,
		ref: attempt,
		journal,
		clock,
		by: runnerPerson,
		keeps: hosts !== null,
	});
	makeFolder(attemptFolder(folder, key));
	const self = identityOf(process.pid);
	if (!claim(ownerFile(folder, key), {...self, at: stamp(clock.now()), mark: markOf(folder, key)})) return;
	const finish = reserve(resultFile(folder, key), room);
	const ends = (outcome: Ending['outcome'], exit: number | null, reason: string): readonly Command[] =>
		commandsOf(attempt, {outcome, exit, reason}, null, null, []);
	const leave = (code: number): void =>
		finish({commands: ends(code === 0 ? 'unknown' : 'fail', code, `it ended its own process with exit ${code}`)});
	process.once('exit', leave);
	const short = shortSecrets(world.env, state.runbook);
	const mark: Mark = {variable: `${markName}=${markOf(folder, key)}`, leader: self};
	const commands =
		short.length > 0
			? ends('unknown', null, shortSecretText(short))
			: await logged(world, state, attempt, mark, reports).catch(error => ends('unknown', null, inOneLine(error)));
	try {
		for (const command of commands) await reports.tell(command);
	} finally {
		stopBeating();
		reports.stop();
		process.removeListener('exit', leave);
		finish({commands});
	}
}
