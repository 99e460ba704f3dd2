/*
What the settings say of the world outside: endpoints to probe, logs to scan, where a workflow is dispatched.
*/
import type * as z from 'zod/mini';
import type {Endpoint} from '../../cutover/model/endpoint.ts';
import type {LogFile, Remote, Runbook} from '../../cutover/model/runbook.ts';
import {secondsIn} from '../../text/time.ts';
import type * as shape from './shape.ts';

type Set = z.infer<typeof shape.endpoint>;

const usual = {every: 15, timeout: 5, errors: 'ERROR|FATAL'} as const;

/** A probe that may take longer than its interval would leave holes: it then has as long as the interval. */
export const timeoutOf = ({every, timeout}: Set): {readonly asked: number; readonly used: number} => {
	const most = secondsIn(every) ?? usual.every;
	const asked = secondsIn(timeout) ?? Math.min(usual.timeout, most);
	return {asked, used: Math.min(asked, most)};
};

const common = (set: Set) => ({
	name: set.name,
	everySeconds: secondsIn(set.every) ?? usual.every,
	timeoutSeconds: timeoutOf(set).used,
	critical: set.critical ?? true,
	...(set.threshold === undefined ? {} : {thresholdSeconds: secondsIn(set.threshold) ?? 0}),
});

const kinds = {
	http: set => ({
		...common(set),
		kind: 'http',
		url: set.url ?? '',
		status: set.expect?.status ?? null,
		body: set.expect?.body ?? null,
		follow: set.follow ?? false,
		version: set.version ?? null,
		...(set.headers === undefined ? {} : {headers: set.headers}),
		...(set.auth === undefined ? {} : {auth: set.auth}),
		...(set.proxy === undefined ? {} : {proxy: set.proxy}),
		...(set.insecure === true ? {insecure: true} : {}),
	}),
	tcp: set => ({...common(set), kind: 'tcp', address: set.address ?? ''}),
	script: set => ({...common(set), kind: 'script', run: set.run ?? ''}),
} satisfies {[K in Endpoint['kind']]: (set: Set) => Extract<Endpoint, {kind: K}>};

export const endpointsIn = (endpoints: readonly Set[]): readonly Endpoint[] =>
	endpoints.map(set => kinds[set.kind ?? 'http'](set));

type Log = z.infer<typeof shape.log>;

export const logsIn = (logs: readonly Log[]): readonly LogFile[] =>
	logs.map(({file, errors, max}) => ({file, errors: errors ?? usual.errors, max: max ?? 0}));

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
