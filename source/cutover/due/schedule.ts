/*
When each stage is planned and whether it is due. Stages before T0 count from the planned T0; the later ones from the
real one once it is begun (RULES S3). In a hold nothing is due.
*/

import {sameName} from '../../text/same-name.ts';
import type {Runbook, Stage, StageKind} from '../model/runbook.ts';
import type {Attempt, State} from '../model/state.ts';
import {attemptsOf} from './attempts-of.ts';
import {runsOwn} from './next-command.ts';

/** Two minutes early is in time (RULES S2). */
export const graceMs = 120_000;

/** Later than this after its time a stage reads overdue. */
const overdueMs = 60_000;

/** Beneath this, clocks are just set right. */
export const clockToleranceMs = 2000;

/** Longer than this without a limit of its own an attempt reads OVERDUE (RULES S6). */
export const longMs = 900_000;

export const stageOf = (runbook: Runbook | null, id: string): Stage | undefined =>
	runbook?.stages.find(stage => sameName(stage.id, id));

export const stageOfKind = (runbook: Runbook | null, kind: StageKind): Stage | undefined =>
	runbook?.stages.find(stage => stage.kind === kind);

/** T0 as it was planned at that time. */
const t0At = ({t0, t0Before}: State, time: number): number => t0Before.find(({until}) => until > time)?.t0 ?? t0;

/** When a stage is planned, in ms. Work that began before T0 was moved is neither late nor early for that; a decision is made anew. */
export const plannedAt = (state: State, stage: Stage): number => {
	if (stage.kind === 'closing' && state.extended) return state.extended.until;
	const started = stage.kind === 'decision' || stage.kind === 'act' ? undefined : state.stages[stage.id]?.started?.at;
	const before = started === undefined ? state.t0 : t0At(state, started);
	const zero = stage.offsetSeconds > 0 ? (state.t0Started ?? state.t0) : before;
	return zero + stage.offsetSeconds * 1000;
};

/** The go/no-go, once it is due: who is on call is asked again then. */
export const decisionDue = (state: State, now: number): Stage | null => {
	const decision = stageOfKind(state.runbook, 'decision');
	return decision && now >= plannedAt(state, decision) ? decision : null;
};

export const stagesInOrder = (state: State): readonly Stage[] => state.runbook?.stages ?? [];

/** A verification that nobody measured yet, and that is not recorded either. */
export const awaitsMeasuring = ({attempts, stages}: State, {id, kind, playbook, commands = []}: Stage): boolean =>
	kind === 'verification' &&
	playbook === null &&
	commands.length === 0 &&
	(stages[id]?.outcome ?? null) !== 'done' &&
	!attemptsOf({attempts}, id).some(({ended}) => ended?.outcome === 'pass');

/** Something of it is measured: endpoints, or logs that the settings name. */
export const isMeasured = ({runbook}: State, {logs = []}: Stage): boolean =>
	logs.length > 0 || (runbook?.endpoints ?? []).length > 0;

/** An attempt of it runs. */
export const running = (state: State, id: string): Attempt | undefined =>
	attemptsOf(state, id).find(({ended}) => ended === null);

const polled: readonly StageKind[] = ['decision', 'closing'];

/** When its work began: with its newest run from the start, unless people vote on it or give each command its go-ahead. */
export const workBegan = ({stages, attempts}: State, {id, kind}: Stage): number | null => {
	const run = attemptsOf({attempts}, id).findLast(({resume}) => !resume);
	if (run !== undefined && run.command === null && !polled.includes(kind)) return run.at;
	return stages[id]?.started?.at ?? null;
};

/** The stage may be worked on in this status. */
const open = (state: State, stage: Stage): boolean => {
	if (stage.offsetSeconds < 0 || stage.kind === 'act') return state.status === 'preparing' || state.status === 'go';
	return state.status === 'observing';
};

/** The cutover is decided: stages that have not started never will. */
export const isDecided = ({status}: State): boolean => over.includes(status);

const over: readonly State['status'][] = [
	'kept',
	'rolling-back',
	'rolled-back',
	'rollback-failed',
	'abandoned',
	'closed',
];

/** `open`: it has begun, nothing runs, and people have to answer. `not reached`: the cutover ended before it. */
export type StageStateWord =
	| 'waiting'
	| 'due'
	| 'overdue'
	| 'running'
	| 'open'
	| 'done'
	| 'failed'
	| 'lost'
	| 'skipped'
	| 'not reached';

/** How a stage reads at an instant. */
export const stageWord = (state: State, stage: Stage, at: number): StageStateWord => {
	const was = state.stages[stage.id];
	if (running(state, stage.id)) return 'running';
	if (was?.outcome) return was.outcome;
	// T0 without a command runs outside, where nobody sees it: once all is decided, nobody says any more that it does.
	if (was?.started) return stage.kind === 'act' && !runsOwn(stage) && !isDecided(state) ? 'running' : 'open';
	if (isDecided(state)) return 'not reached';
	const planned = plannedAt(state, stage);
	if (!open(state, stage) || at < planned) return 'waiting';
	return at > planned + overdueMs ? 'overdue' : 'due';
};

/** Stages that start by themselves now (`start: auto`). */
export const dueToStart = (state: State, at: number): readonly Stage[] =>
	stagesInOrder(state).filter(stage => {
		const word = stageWord(state, stage, at);
		return stage.start === 'auto' && stage.kind !== 'act' && (word === 'due' || word === 'overdue');
	});
