/* The snapshot as JSON, for `status --json` and the page: times RFC 3339 in UTC, null where not reached. */

import {stamp, stampOrNull} from '../../text/time.ts';
import type {Comparison} from '../health/baseline/compare.ts';
import {targetName} from '../model/attempt-target.ts';
import {nextText} from './next-step.ts';
import type {Snapshot} from './snapshot.ts';

/** These fields as they are. */
const pick = <T, K extends keyof T>(row: T, ...names: readonly K[]): Pick<T, K> =>
	Object.fromEntries(names.map(name => [name, row[name]])) as Pick<T, K>;

/** These fields, which are times. */
const times = <K extends string>(
	row: Readonly<Record<K, number | null>>,
	...names: readonly K[]
): Record<K, string | null> =>
	Object.fromEntries(names.map(name => [name, stampOrNull(row[name])])) as Record<K, string | null>;

export const gateJson = (gate: Snapshot['gates'][number]) => ({
	...pick(gate, 'id', 'title', 'verdict', 'unheard', 'judging'),
	...times(gate, 'since', 'until'),
	...pick(gate, 'by', 'attempt', 'reason', 'awaits'),
	words: gate.words.map(word => ({...word, ...times(word, 'at')})),
});

export const stageJson = (stage: Snapshot['stages'][number]) => ({
	...pick(stage, 'id', 'kind'),
	...times(stage, 'planned', 'started', 'ended'),
	...pick(stage, 'state', 'unheard', 'slippageSeconds', 'attempt', 'awaits', 'remark'),
	...times(stage, 'expected'),
	...pick(stage, 'critical', 'reference'),
	/** Seconds. */
	duration: stage.band && {
		took: stage.band.took / 1000,
		shortest: stage.band.shortest / 1000,
		longest: stage.band.longest / 1000,
		...pick(stage.band, 'count', 'verdict'),
	},
});

export const triggerJson = (trigger: Snapshot['triggers'][number]) => ({
	...pick(trigger, 'id', 'kind', 'text', 'state', 'outageSeconds', 'thresholdSeconds'),
	...times(trigger, 'firedAt'),
	...pick(trigger, 'confirmedBy'),
	...times(trigger, 'answerBy'),
	...pick(trigger, 'facts', 'measured'),
	...times(trigger, 'firesAt'),
	...pick(trigger, 'outages', 'downSeconds', 'blind'),
	...times(trigger, 'automaticAt'),
	...pick(trigger, 'autoRollbackSkipped'),
});

const comparison = ({decision, latency, errors}: Comparison) => ({
	decision,
	...pick(latency, 'n', 'medians', 'ratio', 'p'),
	errors: pick(errors, 'decision', 'before', 'after', 'p'),
});

const endpoint = (each: Snapshot['endpoints'][number]) => ({
	name: each.name,
	url: each.target,
	state: each.state,
	...times(each, 'since'),
	...pick(each, 'lastLatencyMs', 'critical'),
	lastSampleAt: stampOrNull(each.lastAt),
	...pick(each, 'reason', 'proxy', 'insecure', 'answered', 'version'),
	baseline: each.compared === null ? null : comparison(each.compared),
});

const rollback = (path: NonNullable<Snapshot['rollback']>) => ({
	...pick(path, 'path', 'state'),
	...times(path, 'since'),
	...pick(path, 'url', 'reason', 'run'),
	unseen: path.unseen && {...times(path.unseen, 'since'), why: path.unseen.why},
	...pick(path, 'still', 'approvals', 'jobs'),
	proof: path.settling.map(({name, up, proved, why}) => ({
		endpoint: name,
		upSeconds: Math.floor(up / 1000),
		proved,
		why,
	})),
	...times(path, 'proveBy'),
});

export const signOffJson = (item: Snapshot['signOffs'][number]) => ({
	...pick(item, 'id', 'role', 'text', 'signed', 'by'),
	...times(item, 'at'),
	...pick(item, 'blockedBy', 'identity'),
	signature: item.signed ? (item.identity === 'signature' ? 'signed' : 'unsigned') : null,
	notRecorded: item.notRecorded,
});

const pollJson = (poll: NonNullable<Snapshot['poll']>) => ({
	...pick(poll, 'stage', 'kind'),
	...times(poll, 'opened'),
	votes: poll.votes.map(vote => ({...vote, ...times(vote, 'at')})),
	withdrawn: poll.fallen && {...times(poll.fallen, 'at'), reason: poll.fallen.reason},
});

/** What this process knows beside the snapshot. `restricted`: nothing can be recorded now; `watcher`: one is running. */
export type Here = {readonly folder: string; readonly restricted: boolean; readonly watcher: boolean};

export type StatusJson = ReturnType<typeof statusJson>;

const windowJson = (window: NonNullable<Snapshot['window']>) => ({
	...times(window, 'start', 'end'),
	rollback: window.rollback,
	...times(window, 'latestGo', 'latestRollback'),
	next: window.next && {...window.next, at: stamp(window.next.at)},
});

export const statusJson = (snapshot: Snapshot, {folder, restricted, watcher}: Here) => ({
	...pick(snapshot, 'id', 'title'),
	folder,
	...pick(snapshot, 'status', 'count', 'ticket', 'environment'),
	t0: stamp(snapshot.t0),
	...times(snapshot, 't0Started'),
	now: stamp(snapshot.now),
	headline: {...snapshot.headline, ...times(snapshot.headline, 'since')},
	next: snapshot.next && {
		text: nextText(snapshot.next),
		...pick(snapshot.next, 'who', 'role'),
		...times(snapshot.next, 'since', 'due'),
		...pick(snapshot.next, 'after', 'act', 'target'),
	},
	waits: snapshot.waits.map(({roles, ...wait}) => ({
		text: nextText(wait),
		roles,
		...times(wait, 'since', 'due'),
		...pick(wait, 'saysDue', 'after', 'act', 'target'),
	})),
	holdSince: stampOrNull(snapshot.heldSince),
	...times(snapshot, 'closedAt'),
	restricted,
	poll: snapshot.poll && pollJson(snapshot.poll),
	gates: snapshot.gates.map(gateJson),
	stages: snapshot.stages.map(stageJson),
	forecast: snapshot.forecast && {...snapshot.forecast, end: stamp(snapshot.forecast.end)},
	window: snapshot.window && windowJson(snapshot.window),
	triggers: snapshot.triggers.map(triggerJson),
	endpoints: snapshot.endpoints.map(endpoint),
	rollback: snapshot.rollback && rollback(snapshot.rollback),
	signOffs: snapshot.signOffs.map(signOffJson),
	...pick(snapshot, 'fields', 'here'),
	links: snapshot.links.map(link => ({...link, since: stamp(link.since), until: stamp(link.until)})),
	command: snapshot.command,
	relayedUnconfirmed: snapshot.unconfirmed,
	running: snapshot.running.map(({target, attempt, since, step}) => ({
		of: targetName(target),
		attempt,
		since: stamp(since),
		step,
	})),
	...pick(snapshot, 'changed', 'calls', 'bridge', 'durability'),
	clockBehindSeconds: snapshot.clockBehind && Math.round(snapshot.clockBehind / 1000),
	notNotified: snapshot.notNotified.map(({since, ...missed}) => ({...missed, since: stamp(since)})),
	watcher: {alive: watcher, lastSampleAt: stampOrNull(snapshot.lastSampleAt)},
});
