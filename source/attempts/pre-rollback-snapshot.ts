/*
What a rollback destroys is kept before it begins (RULES R7): the state of the endpoints, the newest samples, the difference
from the baseline, and the ends of the logs. It may take a moment and may fail; the rollback waits for neither.
*/

import {resolve} from 'node:path';
import {stageOfKind} from '../cutover/due/schedule.ts';
import {attemptText, isStage} from '../cutover/model/attempt-target.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {logPath, samplesFile} from '../processes/folder.ts';
import {now} from '../processes/work.ts';
import {inOneLine} from '../text/error-text.ts';
import {local} from '../text/time.ts';
import {logsOf} from '../workspace/service-logs/marks.ts';
import {attach} from './attach.ts';
import type {Job} from './job.ts';
import {lastLines} from './log/tail.ts';

const longestMs = 3000;
const rows = 400;

const section = (title: string, lines: readonly string[]): readonly string[] => ['', `== ${title}`, ...lines];

/** Of every attempt that is T0's, the end of its log. */
function attemptLogs(job: Job): readonly string[] {
	const act = stageOfKind(job.runbook, 'act')?.id;
	return Object.values(now(job).attempts)
		.filter(({target}) => act !== undefined && isStage(target, act))
		.flatMap(attempt =>
			section(`log of ${attemptText(attempt)}`, lastLines(resolve(job.folder, logPath(attempt)), rows)),
		);
}

async function textOf(job: Job): Promise<string> {
	const observed = await job.journal.look();
	const {endpoints, headline, triggers} = snapshotOf(now(job), job.clock.now(), observed, null);
	const health = endpoints.map(({name, state, since, reason, compared}) =>
		[
			`${name} ${state.toUpperCase()}`,
			since === null ? '' : `since ${local(since)}`,
			reason ?? '',
			compared === null ? '' : `baseline ${JSON.stringify(compared)}`,
		]
			.filter(part => part !== '')
			.join('  '),
	);
	const lines = [
		`Kept at ${local(job.clock.now())}, before ${attemptText(job.attempt)}: ${headline.word} ${headline.text}`,
		...triggers.map(({id, state, text}) => `trigger ${id} ${state.toUpperCase()}: ${text}`),
		...section('endpoints', health),
		...section('newest samples', lastLines(samplesFile(job.folder), rows)),
		...logsOf(job.runbook).flatMap(({file}) =>
			section(`end of ${file}`, lastLines(resolve(job.workspace, file), rows)),
		),
		...attemptLogs(job),
	];
	return `${lines.join('\n')}\n`;
}

/** Kept as evidence of the closing stage, whose decision the rollback is. Never rejects, and takes at most three seconds. */
export async function keepPreRollbackSnapshot(job: Job): Promise<void> {
	const {runbook, clock, attempt, say} = job;
	const of = (stageOfKind(runbook, 'closing') ?? stageOfKind(runbook, 'act'))?.id;
	if (of === undefined) return;
	const kept = textOf(job)
		.then(text => attach(job, of, `pre-rollback-snapshot-${attemptText(attempt)}.txt`, text))
		.catch((error: unknown) => say(`the pre-rollback snapshot could not be kept: ${inOneLine(error)}`));
	const late = Promise.withResolvers<void>();
	const stop = clock.after(longestMs, () => {
		say('the pre-rollback snapshot takes too long: the rollback continues');
		late.resolve();
	});
	await Promise.race([kept, late.promise]);
	stop();
}
