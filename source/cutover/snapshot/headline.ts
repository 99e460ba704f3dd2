/** Row 1: the one thing that matters now, its word first. Loud ones are shown in reverse and ring once. */

import {minutes, wall} from '../../text/time.ts';
import {listed} from '../decide/refusal.ts';
import {commandProgress, goesOnBy} from '../due/next-command.ts';
import {stageOfKind} from '../due/schedule.ts';
import {isStage} from '../model/attempt-target.ts';
import {silenceText} from '../model/hosts.ts';
import type {State, Status} from '../model/state.ts';
import {endedAs} from './ending.ts';
import {downWith} from './endpoints.ts';
import {passingText} from './gates.ts';
import {linkSnapshots} from './links.ts';
import type {RollbackPathState} from './rollback.ts';
import {runningNow} from './running.ts';
import type {Headline} from './snapshot.ts';
import type {TriggerSnapshot} from './triggers.ts';
import {passesNow, type Whole} from './whole.ts';

const line = (word: string, text: string, loud = false, since: number | null = null): Headline => ({
	word,
	text,
	loud,
	since,
});

const later = ({state, at}: Whole): Headline | null =>
	at > state.t0 + 60_000
		? line('T0 LATE', `by ${minutes(at - state.t0)}, planned ${wall(state.t0)}`, true, state.t0)
		: null;

const goOn = {run: 'run its command again, ', resume: 'resume it, ', report: ''} as const;

const executing = ({state, observed}: Whole): Headline => {
	const stage = stageOfKind(state.runbook, 'act');
	const run = runningNow(state, observed).find(({target}) => stage && isStage(target, stage.id));
	const silence = run && silenceText(observed.hosts, run);
	if (silence) return line('T0 UNKNOWN', silence, true, run.since);
	const was = stage ? state.stages[stage.id] : undefined;
	if (stage && (was?.outcome === 'failed' || was?.outcome === 'lost')) {
		const waysOn = `${goOn[goesOnBy(state, stage) ?? 'report']}record its result, or roll back`;
		return line(`T0 ${was.outcome.toUpperCase()}`, was.reason ?? waysOn, true, was.ended);
	}
	return line(
		'EXECUTING',
		stage && commandProgress(state, stage) !== null
			? `T0: ${commandProgress(state, stage)}`
			: stage?.playbook
				? `T0 runs ${stage.playbook}`
				: 'T0 is done outside; its result is awaited',
		false,
		state.t0Started,
	);
};

/** When what fired it is over: by its samples where endpoints are measured, else as people reported; null while it is not. */
const upSince = ({state, endpoints}: Whole, {id, measured}: TriggerSnapshot): {names: string; at: number} | null => {
	const was = state.triggers[id];
	if (measured) {
		const fired = was?.fired?.measured?.endpoints.map(({endpoint}) => endpoint) ?? [];
		const those = endpoints.filter(({name}) => fired.includes(name));
		if (those.length === 0 || endpoints.some(({critical, state: now}) => critical && now !== 'up')) return null;
		return {names: listed(fired), at: Math.max(...those.map(({since}) => since ?? 0))};
	}
	const last = was?.outages.at(-1);
	return was?.down || !last || was?.fired?.measured ? null : {names: '', at: last.end};
};

/** `20:40:42 · api UP again since 20:44 · down 07:10 in all`: fired stays fired, also when the outage is over. */
const recoveredText = (whole: Whole, trigger: TriggerSnapshot): string | null => {
	const {kind, firedAt, downSeconds} = trigger;
	const up = kind === 'outage' && firedAt !== null ? upSince(whole, trigger) : null;
	if (up === null || firedAt === null || up.at < firedAt) return null;
	const who = up.names === '' ? '' : `${up.names} `;
	return `${wall(firedAt)} · ${who}UP again since ${wall(up.at)} · down ${minutes(downSeconds * 1000)} in all`;
};

/** `api down 11:34`: how long by now, which is longer than when it fired. Null where people report it, and where it is up. */
const stillDown = ({state, endpoints, at}: Whole, {id}: TriggerSnapshot): string | null => {
	const fired = state.triggers[id]?.fired?.measured?.endpoints.map(({endpoint}) => endpoint) ?? [];
	const down = endpoints.filter(
		({name, state: now, since}) => fired.includes(name) && now === 'down' && since !== null,
	);
	if (down.length === 0) return null;
	const since = Math.min(...down.map(each => each.since ?? at));
	return `${listed(down.map(({name}) => name))} down ${minutes(at - since)}`;
};

/** A countdown is before all that may be cut off. */
const firedText = (whole: Whole, trigger: TriggerSnapshot): string => {
	const {state, at} = whole;
	const {id, text, measured, automaticAt, autoRollbackSkipped} = trigger;
	const recovered = recoveredText(whole, trigger);
	const reported =
		recovered ?? stillDown(whole, trigger) ?? (measured ? listed(state.triggers[id]?.fired?.facts ?? []) : text);
	if (recovered !== null && automaticAt === null && autoRollbackSkipped === null) return recovered;
	if (autoRollbackSkipped !== null)
		return `trigger ${id} · could NOT start automatically: ${autoRollbackSkipped} · ${reported}`;
	// A moment late is nobody's fault.
	if (automaticAt !== null && at > automaticAt + 5000)
		return `trigger ${id} · did NOT start automatically at ${wall(automaticAt)}: no watcher ran, or this clock was set · ${reported}`;
	return automaticAt === null
		? `trigger ${id}: ${reported}`
		: `trigger ${id} · rolls back in ${minutes(Math.max(0, automaticAt - at))} unless stood down · ${reported}`;
};

/** `api down 02:15 of 10:00 · fires after 22:38:05`; from the first confirmed fail on, or as people tell it. */
const outageText = (
	{endpoints, at}: Whole,
	{down, outageSeconds, thresholdSeconds, firesAt}: TriggerSnapshot,
): string => {
	const who = down === null ? '' : `${listed(downWith(endpoints, down.endpoint))} `;
	const past = firesAt !== null && firesAt <= at;
	const fires = past ? 'fires with the next failed sample' : `fires after ${wall(firesAt ?? 0)}`;
	return `${who}down ${minutes((outageSeconds ?? 0) * 1000)} of ${minutes((thresholdSeconds ?? 0) * 1000)} · ${fires}`;
};

const isOutage = ({firesAt, down}: TriggerSnapshot): boolean => firesAt !== null && (down === null || down.confirmed);

/** Blind for longer than this rings. */
const blindMs = 60_000;

const blindness = ({endpoints, at}: Whole): Headline | null => {
	const blind = endpoints.filter(
		({critical, state, since, answered}) =>
			critical && state === 'unknown' && answered === null && at - (since ?? at) > blindMs,
	);
	if (blind.length === 0) return null;
	const since = Math.min(...blind.map(each => each.since ?? at));
	const names = listed(blind.map(({name}) => name));
	return line('BLIND', `nobody can see ${names} since ${wall(since)}`, true, since);
};

/** Of the endpoint that decides: the same until another one does, so that it rings once. By hand, as it was reported. */
const outageSince = ({endpoints, state}: Whole, {id, down}: TriggerSnapshot): number | null =>
	endpoints.find(({name}) => name === down?.endpoint)?.since ?? state.triggers[id]?.down?.since ?? null;

const alarm = (whole: Whole): Headline | null => {
	const {state, triggers} = whole;
	const fired = triggers.find(({state}) => state === 'fired');
	if (fired) return line('FIRED', firedText(whole, fired), true, state.triggers[fired.id]?.missed?.at ?? fired.firedAt);
	const outage = triggers.find(isOutage);
	if (outage) return line('OUTAGE', outageText(whole, outage), true, outageSince(whole, outage));
	return blindness(whole);
};

const upcoming = ({stages}: Whole): string => {
	const next =
		stages.find(({state}) => ['due', 'overdue', 'running', 'open'].includes(state)) ??
		stages.find(({state}) => state === 'waiting');
	return next
		? `${next.id} ${next.state === 'waiting' ? `at ${wall(next.planned)}` : next.state}`
		: 'every stage is done';
};

/** Who has to, is in NEXT: row 1 has room for how long it waits, and that must not be cut off. */
const approval = ({approvals}: NonNullable<Whole['rollback']>): string =>
	approvals.length > 0 && approvals.every(({reviewers}) => reviewers.length === 0)
		? 'the workflow waits for its timer'
		: 'the workflow waits for an approval';

const words: Readonly<Partial<Record<RollbackPathState, string>>> = {
	sent: 'was sent, its run is looked for',
	queued: 'is queued',
	running: 'runs',
	cancelling: 'is being cancelled',
	unknown: 'UNKNOWN: nobody knows if it ran',
};

const rollingBack = ({rollback, at}: Whole): string => {
	if (rollback === null) return '';
	const {path, state, since, proveBy, still} = rollback;
	if (still.length > 0) return `${listed(still)} MAY STILL RUN: nothing begins`;
	if (state === 'declined') return `${path} stopped: ${rollback.reason}`;
	if (state === 'proof awaited') return `proof awaited until ${wall(proveBy ?? 0)}`;
	const lasts = since === null ? '' : ` ${minutes(at - since)}`;
	if (rollback.unseen !== null && state !== 'unknown')
		return `its run is not seen since ${wall(rollback.unseen.since)}`;
	if (state === 'approval') return `${approval(rollback)}${lasts}`;
	if (state === 'sent' && rollback.run !== null) return `${path} was sent${lasts}`;
	return `${path} ${words[state] ?? state}${state === 'unknown' ? '' : lasts}`;
};

const open = ({signOffs}: Whole): string => {
	if (signOffs.length === 0) return 'ready to be closed';
	const missing = signOffs.filter(({signed, notRecorded}) => !signed && notRecorded === null).map(({id}) => id);
	return missing.length === 0 ? 'every sign-off is there' : `${listed(missing)} not signed`;
};

/** `kept · the report follows`; who closed it mostly begins with how it ended, which is not said twice. */
const ending = (state: State): string => {
	const ended = endedAs(state) ?? 'kept';
	const how = ended === 'rollback failed' ? 'NOT RESTORED' : ended;
	const reason = state.closed?.reason ?? '';
	if (reason === '') return how;
	return reason.toLowerCase().startsWith(how.toLowerCase()) ? reason : `${how} · ${reason}`;
};

const byStatus: {readonly [K in Status]: (whole: Whole) => Headline} = {
	preparing: whole => later(whole) ?? line('PREPARING', passingText(whole.gates)),
	hold: whole => {
		const {hold} = whole.state;
		return line(
			'HOLD',
			`${hold?.reason ?? ''}${passesNow(whole) ? ` · ${hold?.on} passes now` : ''}`,
			true,
			hold?.at ?? null,
		);
	},
	go: whole => later(whole) ?? line('GO', `T0 at ${wall(whole.state.t0)}`, false, whole.state.goGiven?.at ?? null),
	executing: whole => alarm(whole) ?? executing(whole),
	observing: whole => alarm(whole) ?? line('OBSERVING', upcoming(whole)),
	kept: whole => alarm(whole) ?? line('KEPT', open(whole)),
	'rolling-back': whole => line('ROLLING BACK', rollingBack(whole), true, whole.state.rollback?.begun.at ?? null),
	'rolled-back': whole => line('ROLLED BACK', open(whole)),
	'rollback-failed': ({state}) =>
		line(
			'ROLLBACK FAILED',
			`NOT RESTORED: ${state.rollback?.failed?.reason ?? ''}`,
			true,
			state.rollback?.failed?.at ?? null,
		),
	abandoned: ({state}) => line('ABANDONED', state.abandoned?.reason ?? ''),
	closed: ({state}) => line('CLOSED', ending(state)),
};

/** After T0, and in a hold of another cause, a change of approved bytes is a warning here (RULES H1). */
const warned = (headlined: Headline, {state, changed}: Whole): Headline => {
	const isShownHere = state.t0Started !== null || (state.hold !== null && state.hold.cause !== 'bytes');
	return isShownHere && changed.length > 0
		? {...headlined, text: `${headlined.text} · ! ${listed(changed)} changed since the approval`}
		: headlined;
};

/** Somebody tried codes: shown in every state, until a new link takes its place. */
const locked = (headlined: Headline, {state, at}: Whole): Headline => {
	const links = state.closed === null ? linkSnapshots(state, at).filter(link => link.state === 'locked') : [];
	if (links.length === 0) return headlined;
	const text = listed(links.map(({link, name}) => `${link} of ${name}`));
	return {...headlined, text: `! link ${text} LOCKED by wrong codes · ${headlined.text}`};
};

export const headline = (whole: Whole): Headline => locked(warned(byStatus[whole.state.status](whole), whole), whole);
