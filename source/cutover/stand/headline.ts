/** Row 1: the one thing that matters now, its word first. Loud ones are shown in reverse and ring once. */

import {minutes, wall} from '../../text/time.ts';
import {listed} from '../refusal.ts';
import {stageOfKind} from '../schedule.ts';
import type {Headline} from '../standing.ts';
import type {State, Status} from '../state.ts';
import type {Whole} from './whole.ts';

const line = (word: string, text: string, loud = false, since: number | null = null): Headline => ({
	word,
	text,
	loud,
	since,
});

const passing = ({gates}: Whole): string =>
	`${gates.filter(({verdict}) => verdict === 'pass').length} of ${gates.length} gates pass`;

const act = (state: State) => state.runbook && stageOfKind(state.runbook, 'act');

const later = ({state, at}: Whole): Headline | null =>
	at > state.t0 + 60_000
		? line('T0 LATE', `by ${minutes(at - state.t0)}, planned ${wall(state.t0)}`, true, state.t0)
		: null;

const executing = ({state}: Whole): Headline => {
	const stage = act(state);
	const was = stage ? state.stages[stage.id] : undefined;
	if (was?.outcome === 'failed' || was?.outcome === 'lost')
		return line(
			`T0 ${was.outcome.toUpperCase()}`,
			was.reason ?? 'resume it, record its outcome, or roll back',
			true,
			was.ended,
		);
	return line(
		'EXECUTING',
		stage?.playbook ? `T0 runs ${stage.playbook}` : 'T0 is done outside; its outcome is awaited',
		false,
		state.t0Started,
	);
};

const alarm = ({triggers}: Whole): Headline | null => {
	const fired = triggers.find(({state}) => state === 'fired');
	if (fired) return line('FIRED', `trigger ${fired.id}: ${fired.text}`, true, fired.firedAt);
	const outage = triggers.find(({firesAt}) => firesAt !== null);
	if (!outage) return null;
	return line(
		'OUTAGE',
		`down ${minutes((outage.outageSeconds ?? 0) * 1000)} of ${minutes((outage.thresholdSeconds ?? 0) * 1000)} · fires after ${wall(outage.firesAt ?? 0)}`,
		true,
		null,
	);
};

const upcoming = ({stages}: Whole): string => {
	const next =
		stages.find(({state}) => state === 'due' || state === 'overdue' || state === 'running') ??
		stages.find(({state}) => state === 'waiting');
	return next
		? `${next.id} ${next.state === 'waiting' ? `at ${wall(next.planned)}` : next.state}`
		: 'every stage is done';
};

const rollingBack = ({rollback}: Whole): string =>
	rollback?.state === 'proof awaited'
		? `proof awaited until ${wall(rollback.proveBy ?? 0)}`
		: `${rollback?.path ?? ''} ${rollback?.state ?? ''}`;

const open = ({signOffs}: Whole): string => {
	const missing = signOffs.filter(({signed, notRecorded}) => !signed && notRecorded === null).map(({id}) => id);
	return missing.length === 0 ? 'every sign-off is there' : `${listed(missing)} not signed`;
};

/** The gate that made the hold passes by now: what is left is to lift it. */
const mended = ({hold}: State, gates: Whole['gates']): string =>
	hold?.cause === 'gate' && gates.some(({id, verdict}) => id === hold.on && verdict === 'pass')
		? ` · ${hold.on} passes now`
		: '';

const byStatus: {readonly [K in Status]: (whole: Whole) => Headline} = {
	preparing: whole => later(whole) ?? line('PREPARING', passing(whole)),
	hold: ({state, gates}) =>
		line('HOLD', `${state.hold?.reason ?? ''}${mended(state, gates)}`, true, state.hold?.at ?? null),
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
	closed: ({state}) => line('CLOSED', state.closed?.reason ?? ''),
};

/** After T0 a change of approved bytes is a warning here (RULES H1). */
const warned = (headlined: Headline, {state, changed}: Whole): Headline =>
	state.t0Started === null || changed.length === 0
		? headlined
		: {...headlined, text: `${headlined.text} · ! ${listed(changed)} changed since the approval`};

export const headline = (whole: Whole): Headline => warned(byStatus[whole.state.status](whole), whole);
