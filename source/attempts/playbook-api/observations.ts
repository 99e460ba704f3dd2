/*
What a playbook can read about the service: endpoints from the samples, with their baseline, and the logs of its stage
since T0.
*/

import type {Comparison} from '../../cutover/health/baseline/compare.ts';
import {snapshotOf} from '../../cutover/snapshot/snapshot-of.ts';
import {now} from '../../processes/work.ts';
import {stampOrNull} from '../../text/time.ts';
import {markIn} from '../../workspace/service-logs/marks.ts';
import {scanLog} from '../../workspace/service-logs/scan.ts';
import type {Job} from '../job.ts';
import type {EndpointReport, LogReport} from './playbook.ts';

const baselineOf = ({decision, latency, errors}: Comparison): NonNullable<EndpointReport['baseline']> => ({
	decision,
	samples: latency.n,
	medians: latency.medians,
	ratio: latency.ratio,
	p: latency.p,
	failed: [errors.before.failed, errors.after.failed],
});

/** Looks anew. */
export async function healthReports(job: Job): Promise<readonly EndpointReport[]> {
	const observed = await job.journal.look();
	const cutover = now(job);
	const at = job.clock.now();
	const {endpoints} = snapshotOf(cutover, at, observed, null);
	return endpoints.map(({name, critical, state, since, lastLatencyMs, reason, version, compared}) => ({
		name,
		critical,
		state,
		since: stampOrNull(since),
		forMs: since === null ? null : at - since,
		outages: cutover.outages.filter(
			({endpoint, until}) => endpoint === name && (until === null || until > (cutover.t0Started ?? until)),
		).length,
		latencyMs: lastLatencyMs,
		reason,
		version,
		baseline: compared === null ? null : baselineOf(compared),
	}));
}

/** Real ms of T0: a rehearsal's clock says nothing of when files were changed. */
const startedAt = (job: Job, at: number | null): number => (now(job).rehearsal === null && at !== null ? at : 0);

export const logReports = (job: Job): Promise<readonly LogReport[]> =>
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
				since: stampOrNull(since),
				shown: shown.map(job.redact),
				fault,
			};
		}),
	);
