/*
What the settings say of the world outside: logs to scan, where a workflow is dispatched, the change window.
*/
import type * as z from 'zod/mini';
import type {LogFile, Remote, Runbook} from '../../cutover/model/runbook.ts';
import {secondsIn} from '../../text/time.ts';
import type * as shape from './shape.ts';

const usualErrors = 'ERROR|FATAL';

type Log = z.infer<typeof shape.log>;

export const logsIn = (logs: readonly Log[]): readonly LogFile[] =>
	logs.map(({file, errors, max}) => ({file, errors: errors ?? usualErrors, max: max ?? 0}));

/** Null where the settings name no repository or no ref: a dispatch needs both. */
export function remoteIn(rollback: z.infer<typeof shape.rollback>): Remote | null {
	const {repository, ref, token = 'GITHUB_TOKEN', api = 'https://api.github.com'} = rollback;
	return repository === undefined || ref === undefined ? null : {repository, ref, token, api: api.replace(/\/+$/, '')};
}

/** Absent ends are open; without `rollback` it takes as long as the slowest one before. */
export const windowIn = ({
	start,
	end,
	rollback,
}: z.infer<typeof shape.changeWindow>): NonNullable<Runbook['window']> => ({
	start: start ?? null,
	end: end ?? null,
	rollbackSeconds: secondsIn(rollback),
});
