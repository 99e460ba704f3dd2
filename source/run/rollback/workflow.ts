/*
A path of the rollback that is a workflow of GitHub's: sent at most once, looked up where its run is not told, and followed
until GitHub says that it ended. A runner that takes over from a lost one looks up what that sent, and sends nothing.
*/
import type {Clock} from '../../cutover/ports.ts';
import type {Remote, RollbackPath} from '../../cutover/runbook.ts';
import {attemptKey} from '../../cutover/state.ts';
import type {Access} from '../github/request.ts';
import {type Ending, type Job, now} from '../job.ts';
import {cancelOf} from './cancel.ts';
import {findRun} from './find.ts';
import {followToItsEnd} from './follow.ts';
import {sendOnce} from './send.ts';

export type Workflow = Extract<RollbackPath, {kind: 'workflow'}>;

/** What the work on one dispatch needs. `cancel`: a person cancelled the path. */
export type Remotely = {
	readonly job: Job;
	readonly access: Access;
	readonly path: Workflow;
	readonly cancel: AbortSignal;
};

const failed = (reason: string): Ending => ({outcome: 'fail', exit: null, reason});

async function run(remotely: Remotely): Promise<Ending> {
	const {job} = remotely;
	if (now(job).attempts[attemptKey(job.attempt)]?.dispatch) {
		job.say('it was sent before: its run is looked up, and nothing is sent');
	} else {
		const over = await sendOnce(remotely);
		if (over !== null) return over;
	}
	const found = await findRun(remotely);
	return 'outcome' in found ? found : followToItsEnd(remotely, found.run);
}

const longestWait = 10_000;
/** A rehearsal does not wait longer for its own GitHub than for its own services, and asks it no faster than this. */
const fastest = 25;

/** Waits as the cutover's time runs; time-outs are those of the network, which no rehearsal hurries. */
function accessOf({clock, journal, token, signal}: Job, remote: Remote): Access {
	const speed = Math.min(fastest, journal.state().rehearsal?.speed ?? 1);
	const hurried: Clock = {
		...clock,
		steady: () => clock.steady() * speed,
		after: (ms, act) => clock.after(ms / speed, act),
	};
	return {remote, token, clock: hurried, signal, timeoutMs: longestWait * speed};
}

/** Throws StoreFault where the journal cannot take what must stand in it before anything is sent. */
export async function runWorkflow(job: Job, path: Workflow): Promise<Ending> {
	const remote = job.runbook.rollback?.remote ?? null;
	if (remote === null) return failed('not configured: the settings name no repository and ref');
	const access = accessOf(job, remote);
	const cancel = cancelOf(job);
	try {
		return await run({job, access, path, cancel: cancel.signal});
	} finally {
		cancel.stop();
	}
}
