/**
 * A run and how it goes on. Time is counted in looks: each GET of a run moves it one step, so that a test is the same
 * each time however fast it asks, and a rehearsal goes at the pace of whoever watches it.
 */

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'timed_out' | 'skipped';

export type PlannedJob = {
	readonly name: string;
	/** Looks at the run while it runs; 1 unless set. */
	readonly looks?: number;
	readonly conclusion?: Conclusion;
	readonly log?: string;
};

export type Plan = {
	/** Looks before it leaves the queue; 1 unless set, Infinity: never. */
	readonly queued?: number;
	/** Environments that want an approval before the jobs begin. */
	readonly approvals?: readonly string[];
	/** Who says no to them, at the first look that finds it waiting. */
	readonly rejectedBy?: {readonly login: string; readonly comment: string};
	readonly jobs?: readonly PlannedJob[];
	/** The run's own status stays so while its jobs run, as GitHub's sometimes does. */
	readonly says?: 'queued';
	/** What a cancellation leads to; `confirms` unless set. */
	readonly cancel?: 'confirms' | 'refuses' | 'only forced' | 'ignores';
	/** Lists of runs in which it is missing at first. */
	readonly unlisted?: number;
};

export type Job = {
	readonly id: number;
	readonly name: string;
	status: 'queued' | 'in_progress' | 'completed';
	conclusion: Conclusion | null;
	log: string;
	looks: number;
};

/** What a run does besides being looked at: its end decides the run's, once every planned look is over. */
export type Work = (run: Run, signal: AbortSignal) => Promise<{readonly conclusion: Conclusion; readonly log?: string}>;

export type Run = {
	readonly id: number;
	/** `owner/name`. */
	readonly repository: string;
	/** File name. */
	readonly workflow: string;
	readonly branch: string;
	readonly event: string;
	readonly actor: string;
	/** On GitHub's clock, in ms. */
	readonly created: number;
	readonly inputs: Readonly<Record<string, string>>;
	readonly plan: Plan;
	readonly jobs: readonly Job[];
	readonly waitsFor: Set<string>;
	readonly reviews: {
		readonly environment: string;
		readonly state: 'approved' | 'rejected';
		readonly login: string;
		readonly comment: string;
	}[];
	readonly stop: AbortController;
	status: 'queued' | 'waiting' | 'in_progress' | 'completed';
	conclusion: Conclusion | null;
	queued: number;
	unlisted: number;
	/** A cancellation was taken and has not come through. */
	ending: boolean;
	working: Promise<void> | null;
};

export function end(run: Run, conclusion: Conclusion): void {
	for (const job of run.jobs) {
		if (job.status === 'completed') continue;
		job.conclusion = job.status === 'queued' ? 'skipped' : conclusion;
		job.status = 'completed';
	}
	run.status = 'completed';
	run.conclusion = conclusion;
	run.stop.abort();
}

function work(run: Run, job: Job, doing: Work): void {
	run.working ??= doing(run, run.stop.signal)
		.catch((error: unknown) => ({conclusion: 'failure' as const, log: `${String(error)}\n`}))
		.then(({conclusion, log}) => {
			if (job.status === 'completed') return;
			job.log += log ?? '';
			job.conclusion = conclusion;
			job.status = 'completed';
		});
}

function finish(job: Job): void {
	job.status = 'completed';
	job.conclusion ??= 'success';
}

function stepJobs(run: Run, doing: Work | null): void {
	const failed = run.jobs.find(({status, conclusion}) => status === 'completed' && conclusion !== 'success');
	const job = run.jobs.find(({status}) => status !== 'completed');
	if (failed || job === undefined) {
		end(run, failed?.conclusion ?? 'success');
	} else if (job.status === 'queued') {
		job.status = 'in_progress';
	} else if (--job.looks <= 0) {
		if (doing && job === run.jobs.at(-1)) work(run, job, doing);
		else finish(job);
	}
}

/** One look further. */
export function step(run: Run, doing: Work | null): void {
	if (run.status === 'completed') return;
	if (run.ending) {
		end(run, 'cancelled');
	} else if (run.status === 'queued') {
		if (run.queued-- > 0) return;
		run.status = run.waitsFor.size > 0 ? 'waiting' : 'in_progress';
	} else if (run.status === 'waiting') {
		const {rejectedBy} = run.plan;
		for (const environment of [...run.waitsFor])
			if (rejectedBy) review(run, environment, 'rejected', rejectedBy.login, rejectedBy.comment);
		if (run.waitsFor.size === 0 && run.status === 'waiting') run.status = 'in_progress';
	} else {
		stepJobs(run, doing);
	}
}

/** Null where GitHub refuses it. */
export function cancel(run: Run, forced: boolean): 'taken' | null {
	const {cancel: leads = 'confirms'} = run.plan;
	if (run.status === 'completed' || leads === 'refuses') return null;
	if (leads === 'confirms' || (leads === 'only forced' && forced)) run.ending = true;
	return 'taken';
}

export function review(
	run: Run,
	environment: string,
	state: 'approved' | 'rejected',
	login = 'somebody',
	comment = '',
): void {
	run.reviews.push({environment, state, login, comment});
	run.waitsFor.delete(environment);
	if (state === 'rejected') end(run, 'failure');
}
