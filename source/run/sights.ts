/*
What a playbook is told of the service: endpoints as the samples tell them, with their baseline, and the logs of its stage
since T0.
*/
import type {Comparison} from '../cutover/baseline.ts';
import {stand} from '../cutover/stand.ts';
import {stamp} from '../text/time.ts';
import {type Job, now} from './job.ts';
import type {EndpointSight, LogSight} from './playbook.ts';
import {markIn} from './service-logs/marks.ts';
import {scanLog} from './service-logs/scan.ts';

const baselineOf = ({decision, latency, errors}: Comparison): NonNullable<EndpointSight['baseline']> => ({
	decision,
	samples: latency.n,
	medians: latency.medians,
	ratio: latency.ratio,
	p: latency.p,
	failed: [errors.before.failed, errors.after.failed],
});

/** Looks anew. */
export async function healthSights(job: Job): Promise<readonly EndpointSight[]> {
	const seen = await job.journal.look();
	const {endpoints} = stand(now(job), job.clock.now(), seen, null);
	return endpoints.map(({name, critical, state, since, lastLatencyMs, reason, version, compared}) => ({
		name,
		critical,
		state,
		since: since === null ? null : stamp(since),
		latencyMs: lastLatencyMs,
		reason,
		version,
		baseline: compared === null ? null : baselineOf(compared),
	}));
}

/** Real ms of T0: a rehearsal's clock says nothing of when files were changed. */
const startedAt = (job: Job, at: number | null): number => (now(job).rehearsal === null && at !== null ? at : 0);

export const logSights = (job: Job): Promise<readonly LogSight[]> =>
	Promise.all(
		(job.stage?.logs ?? []).map(async log => {
			const {t0Started} = now(job);
			const found = await scanLog(log, job.workspace, markIn(job.folder, log.file), startedAt(job, t0Started));
			const {file, errors, max, lines, since, shown, fault} = found;
			return {
				file,
				errors,
				max,
				lines,
				since: since === null ? null : stamp(since),
				shown: shown.map(job.redact),
				fault,
			};
		}),
	);
