/*
`status --json`, key for key as docs/cli.md promises: times RFC 3339 in UTC, null where not reached.
*/
import type {Comparison} from '../cutover/baseline.ts';
import type {Standing} from '../cutover/standing.ts';
import {stamp} from '../text/time.ts';
import type {Opened} from './world.ts';

const time = (ms: number | null): string | null => (ms === null ? null : stamp(ms));

const gate = ({id, title, verdict, judging, since, until, by, attempt, reason, awaits}: Standing['gates'][number]) => ({
	id,
	title,
	verdict,
	judging,
	since: time(since),
	until: time(until),
	by,
	attempt,
	reason,
	awaits,
});

const stage = ({
	id,
	kind,
	planned,
	started,
	ended,
	state,
	slippageSeconds,
	attempt,
	awaits,
	remark,
	reference,
}: Standing['stages'][number]) => ({
	id,
	kind,
	planned: time(planned),
	started: time(started),
	ended: time(ended),
	state,
	slippageSeconds,
	attempt,
	awaits,
	remark,
	reference,
});

const trigger = ({
	id,
	kind,
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
	automaticMissed,
}: Standing['triggers'][number]) => ({
	id,
	kind,
	state,
	outageSeconds,
	thresholdSeconds,
	firedAt: time(firedAt),
	confirmedBy,
	answerBy: time(answerBy),
	facts,
	measured,
	firesAt: time(firesAt),
	outages,
	downSeconds,
	blind,
	automaticAt: time(automaticAt),
	automaticMissed,
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
}: Standing['endpoints'][number]) => ({
	name,
	url: target,
	state,
	since: time(since),
	lastLatencyMs,
	critical,
	lastSampleAt: time(lastAt),
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
}: NonNullable<Standing['rollback']>) => ({
	path,
	state,
	since: time(since),
	url,
	reason,
	run,
	unseen: unseen === null ? null : {since: time(unseen.since), why: unseen.why},
	still,
	approvals,
	jobs,
	proof: settling.map(({name, up, proved, why}) => ({endpoint: name, upSeconds: Math.floor(up / 1000), proved, why})),
	proveBy: time(proveBy),
});

const signOff = ({id, role, text, signed, by, at, blockedBy, notRecorded}: Standing['signOffs'][number]) => ({
	id,
	role,
	text,
	signed,
	by,
	at: time(at),
	blockedBy,
	signature: signed ? ('unsigned' as const) : null,
	notRecorded,
});

export const asJson = (
	standing: Standing,
	{folder, journal, watcher}: Pick<Opened, 'folder' | 'journal' | 'watcher'>,
) => ({
	id: standing.id,
	title: standing.title,
	folder,
	status: standing.status,
	count: standing.count,
	ticket: standing.ticket,
	environment: standing.environment,
	t0: stamp(standing.t0),
	t0Started: time(standing.t0Started),
	now: stamp(standing.now),
	headline: {word: standing.headline.word, text: standing.headline.text, since: time(standing.headline.since)},
	next:
		standing.next === null
			? null
			: {text: standing.next.text, role: standing.next.role, due: time(standing.next.due), key: standing.next.key},
	restricted: journal.fault() !== null,
	gates: standing.gates.map(gate),
	stages: standing.stages.map(stage),
	triggers: standing.triggers.map(trigger),
	endpoints: standing.endpoints.map(endpoint),
	rollback: standing.rollback === null ? null : rollback(standing.rollback),
	signOffs: standing.signOffs.map(signOff),
	fields: standing.fields,
	here: standing.here,
	command: standing.command,
	relayedUnconfirmed: standing.unconfirmed,
	running: standing.running.map(({of, attempt, since, step}) => ({of, attempt, since: stamp(since), step})),
	changed: standing.changed,
	watcher: {alive: watcher(), lastSampleAt: time(standing.lastSampleAt)},
});
