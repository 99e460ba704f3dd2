/*
The snapshot as JSON, for `status --json` and the page: times RFC 3339 in UTC, null where not reached.
*/

import {stamp, stampOrNull} from '../../text/time.ts';
import type {Comparison} from '../health/baseline/compare.ts';
import {targetName} from '../model/attempt-target.ts';
import {nextText} from './next-step.ts';
import type {Snapshot} from './snapshot.ts';

export const gateJson = ({
	id,
	title,
	verdict,
	unheard,
	judging,
	since,
	until,
	by,
	attempt,
	reason,
	awaits,
	words,
}: Snapshot['gates'][number]) => ({
	id,
	title,
	verdict,
	unheard,
	judging,
	since: stampOrNull(since),
	until: stampOrNull(until),
	by,
	attempt,
	reason,
	awaits,
	words: words.map(word => ({...word, at: stampOrNull(word.at)})),
});

export const stageJson = ({
	id,
	kind,
	planned,
	started,
	ended,
	state,
	unheard,
	slippageSeconds,
	attempt,
	awaits,
	remark,
	reference,
	expected,
	critical,
	band,
}: Snapshot['stages'][number]) => ({
	id,
	kind,
	planned: stampOrNull(planned),
	started: stampOrNull(started),
	ended: stampOrNull(ended),
	state,
	unheard,
	slippageSeconds,
	attempt,
	awaits,
	remark,
	expected: stampOrNull(expected),
	critical,
	reference,
	/** Seconds. */
	duration: band && {
		took: band.took / 1000,
		shortest: band.shortest / 1000,
		longest: band.longest / 1000,
		count: band.count,
		verdict: band.verdict,
	},
});

export const triggerJson = ({
	id,
	kind,
	text,
	state,
	outageSeconds,
	thresholdSeconds,
	firedAt,
	confirmedBy,
	answerBy,
	facts,
	measured,
	firesAt,
	outages,
	downSeconds,
	blind,
	automaticAt,
	autoRollbackSkipped,
}: Snapshot['triggers'][number]) => ({
	id,
	kind,
	text,
	state,
	outageSeconds,
	thresholdSeconds,
	firedAt: stampOrNull(firedAt),
	confirmedBy,
	answerBy: stampOrNull(answerBy),
	facts,
	measured,
	firesAt: stampOrNull(firesAt),
	outages,
	downSeconds,
	blind,
	automaticAt: stampOrNull(automaticAt),
	autoRollbackSkipped,
});

const comparison = ({decision, latency, errors}: Comparison) => ({
	decision,
	n: latency.n,
	medians: latency.medians,
	ratio: latency.ratio,
	p: latency.p,
	errors: {decision: errors.decision, before: errors.before, after: errors.after, p: errors.p},
});

const endpoint = ({
	name,
	target,
	state,
	since,
	lastLatencyMs,
	critical,
	lastAt,
	reason,
	proxy,
	insecure,
	answered,
	version,
	compared,
}: Snapshot['endpoints'][number]) => ({
	name,
	url: target,
	state,
	since: stampOrNull(since),
	lastLatencyMs,
	critical,
	lastSampleAt: stampOrNull(lastAt),
	reason,
	proxy,
	insecure,
	answered,
	version,
	baseline: compared === null ? null : comparison(compared),
});

const rollback = ({
	path,
	state,
	since,
	url,
	reason,
	run,
	unseen,
	still,
	approvals,
	jobs,
	settling,
	proveBy,
}: NonNullable<Snapshot['rollback']>) => ({
	path,
	state,
	since: stampOrNull(since),
	url,
	reason,
	run,
	unseen: unseen === null ? null : {since: stampOrNull(unseen.since), why: unseen.why},
	still,
	approvals,
	jobs,
	proof: settling.map(({name, up, proved, why}) => ({endpoint: name, upSeconds: Math.floor(up / 1000), proved, why})),
	proveBy: stampOrNull(proveBy),
});

export const signOffJson = ({
	id,
	role,
	text,
	signed,
	by,
	at,
	identity,
	blockedBy,
	notRecorded,
}: Snapshot['signOffs'][number]) => ({
	id,
	role,
	text,
	signed,
	by,
	at: stampOrNull(at),
	blockedBy,
	identity,
	signature: signed ? (identity === 'signature' ? 'signed' : 'unsigned') : null,
	notRecorded,
});

const pollJson = ({stage, kind, opened, votes, fallen}: NonNullable<Snapshot['poll']>) => ({
	stage,
	kind,
	opened: stampOrNull(opened),
	votes: votes.map(vote => ({...vote, at: stampOrNull(vote.at)})),
	withdrawn: fallen === null ? null : {at: stampOrNull(fallen.at), reason: fallen.reason},
});

/** What this process knows beside the snapshot. `restricted`: nothing can be recorded now; `watcher`: one is running. */
export type Here = {readonly folder: string; readonly restricted: boolean; readonly watcher: boolean};

export type StatusJson = ReturnType<typeof statusJson>;

const windowJson = ({start, end, rollback, latestGo, latestRollback, next}: NonNullable<Snapshot['window']>) => ({
	start: stampOrNull(start),
	end: stampOrNull(end),
	rollback,
	latestGo: stampOrNull(latestGo),
	latestRollback: stampOrNull(latestRollback),
	next: next && {...next, at: stamp(next.at)},
});

export const statusJson = (snapshot: Snapshot, {folder, restricted, watcher}: Here) => ({
	id: snapshot.id,
	title: snapshot.title,
	folder,
	status: snapshot.status,
	count: snapshot.count,
	ticket: snapshot.ticket,
	environment: snapshot.environment,
	t0: stamp(snapshot.t0),
	t0Started: stampOrNull(snapshot.t0Started),
	now: stamp(snapshot.now),
	headline: {...snapshot.headline, since: stampOrNull(snapshot.headline.since)},
	next:
		snapshot.next === null
			? null
			: {
					...snapshot.next,
					text: nextText(snapshot.next),
					since: stampOrNull(snapshot.next.since),
					due: stampOrNull(snapshot.next.due),
				},
	waits: snapshot.waits.map(({roles, ...wait}) => ({
		text: nextText(wait),
		roles,
		since: stampOrNull(wait.since),
		due: stampOrNull(wait.due),
		after: wait.after,
		act: wait.act,
		target: wait.target,
	})),
	holdSince: stampOrNull(snapshot.heldSince),
	closedAt: stampOrNull(snapshot.closedAt),
	restricted,
	poll: snapshot.poll === null ? null : pollJson(snapshot.poll),
	gates: snapshot.gates.map(gateJson),
	stages: snapshot.stages.map(stageJson),
	forecast: snapshot.forecast && {...snapshot.forecast, end: stamp(snapshot.forecast.end)},
	window: snapshot.window && windowJson(snapshot.window),
	triggers: snapshot.triggers.map(triggerJson),
	endpoints: snapshot.endpoints.map(endpoint),
	rollback: snapshot.rollback === null ? null : rollback(snapshot.rollback),
	signOffs: snapshot.signOffs.map(signOffJson),
	fields: snapshot.fields,
	here: snapshot.here,
	links: snapshot.links.map(link => ({...link, since: stamp(link.since), until: stamp(link.until)})),
	command: snapshot.command,
	relayedUnconfirmed: snapshot.unconfirmed,
	running: snapshot.running.map(({target, attempt, since, step}) => ({
		of: targetName(target),
		attempt,
		since: stamp(since),
		step,
	})),
	changed: snapshot.changed,
	calls: snapshot.calls,
	bridge: snapshot.bridge,
	durability: snapshot.durability,
	notNotified: snapshot.notNotified.map(({since, ...missed}) => ({...missed, since: stamp(since)})),
	watcher: {alive: watcher, lastSampleAt: stampOrNull(snapshot.lastSampleAt)},
});
