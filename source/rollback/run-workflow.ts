/*
A rollback path that is a GitHub workflow: dispatched at most once, its run looked up when GitHub does not name it, and followed
until GitHub says that it ended. A runner that takes over from a lost one looks up the run and dispatches nothing.
*/

import {attemptKey} from '../cutover/model/attempt-target.ts';
import {lackText} from '../processes/environment.ts';
import {type Ending, now, type Work} from '../processes/work.ts';
import {accessOf} from './access.ts';
import {findRun, refuseNamed} from './find.ts';
import {followToItsEnd} from './follow.ts';
import type {Remotely, Workflow} from './remotely.ts';
import {cancelOf} from './remotely.ts';
import {sendOnce} from './send.ts';

const failed = (reason: string): Ending => ({outcome: 'fail', exit: null, reason});

async function run(remotely: Remotely): Promise<Ending> {
	const {job} = remotely;
	const before = now(job).attempts[attemptKey(job.attempt)]?.dispatch;
	if (before) {
		job.say('it was sent before: its run is looked up, and nothing is sent');
		const no = await refuseNamed(remotely, before);
		if (no !== null) return no;
	} else {
		const over = await sendOnce(remotely);
		if (over !== null) return over;
	}
	const found = await findRun(remotely);
	return 'outcome' in found ? found : followToItsEnd(remotely, found.run);
}

/** Throws StoreFault where the journal cannot take what must be in it before anything is sent. */
export async function runWorkflow(job: Work, path: Workflow): Promise<Ending> {
	const access = accessOf(now(job), job.asker);
	if (access === null) return failed('not configured: the settings name no repository and ref');
	const lack = lackText(job.asker.env, now(job));
	if (lack !== null) return failed(`not sent: ${lack}`);
	const cancel = cancelOf(job);
	try {
		return await run({job, access, path, cancel: cancel.signal});
	} finally {
		cancel.stop();
	}
}
