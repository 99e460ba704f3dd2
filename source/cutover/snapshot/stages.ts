/** A stage as it stands: planned, started, slip, and whom it waits for. */
import {minutes} from '../../text/time.ts';
import {attemptsOf} from '../due/attempts-of.ts';
import {bandOf, bandText, type DurationBand} from '../due/duration-band.ts';
import type {Beside, StageForecast} from '../due/forecast.ts';
import {isSettled} from '../due/gate-verdict.ts';
import {commandProgress} from '../due/next-command.ts';
import {isDecided, longMs, plannedAt, type StageStateWord, stageWord, workBegan} from '../due/schedule.ts';
import type {Observation} from '../model/command.ts';
import {silenceOf} from '../model/hosts.ts';
import type {Stage} from '../model/runbook.ts';
import type {State} from '../model/state.ts';

/** Times in ms. */
export type StageSnapshot = Pick<Stage, 'id' | 'kind' | 'offsetSeconds' | 'action' | 'owners'> & {
	/** From T0 as planned, or from the real one once it is begun. */
	readonly planned: number;
	readonly started: number | null;
	readonly ended: number | null;
	readonly state: StageStateWord;
	/** It runs on a host that is silent: nobody knows whether it does. */
	readonly unheard: boolean;
	/** Later (or earlier, below zero) than planned; null before it is begun or due. */
	readonly slippageSeconds: number | null;
	readonly attempt: number;
	/** Who has to act for it to go on: roles. */
	readonly awaits: readonly string[];
	/** In a word or two: `for the hold`, `for go`, `took 11:30`, the reason of a failure. */
	readonly remark: string | null;
	readonly by: string | null;
	readonly reference: string | null;
	/** It failed or was lost, and every gate that it judges passes by now: nothing waits for it. */
	readonly settled: boolean;
	/** Running longer than 15 min without a limit of its own (RULES S6). */
	readonly long: boolean;
	/** When it is expected to begin, ms; null where that is its planned time, or it began. */
	readonly expected: number | null;
	/** On the critical path, and not over. */
	readonly critical: boolean;
	/** How long its newest attempt took against those before; null where that is not known. */
	readonly band: DurationBand | null;
	/** Its place among stages that are side by side; null where it is alone. */
	readonly beside: Beside | null;
};

const over: readonly StageStateWord[] = ['done', 'skipped', 'not reached'];

const pollOf = (state: State, stage: Stage) =>
	stage.kind === 'closing' ? state.polls.keep : stage.kind === 'decision' ? state.polls.go : null;

const awaits = (state: State, stage: Stage, word: StageStateWord): readonly string[] => {
	if (over.includes(word)) return [];
	const votes = pollOf(state, stage)?.votes ?? {};
	return stage.owners.filter(role => votes[role] === undefined || votes[role].vote === 'no-go');
};

const waitingFor = (state: State, stage: Stage): string | null => {
	if (state.status === 'hold') return stage.offsetSeconds <= 0 ? 'for the hold' : null;
	if (stage.kind === 'act') return state.status === 'preparing' ? 'for go' : null;
	return stage.offsetSeconds > 0 && state.status === 'executing' ? 'for T0' : null;
};

/** Of a stage that ran again, beside how long that took. */
export const againText = ({state, attempt}: Pick<StageSnapshot, 'state' | 'attempt'>): string | null =>
	state === 'done' && attempt > 1 ? `attempt ${attempt}` : null;

const isBad = (word: StageStateWord): boolean => word === 'failed' || word === 'lost';

/** Its attempt stays as it ended; what the reason says of its gates holds no more. */
const badRemark = (state: State, {id, gates}: Stage, settled: boolean): string | null => {
	const reason = state.stages[id]?.reason ?? null;
	const now = settled ? `${gates.join(', ')} ${gates.length === 1 ? 'passes' : 'pass'} now` : null;
	return [reason, now].filter(text => text !== null).join(' · ') || null;
};

const remark = (
	state: State,
	stage: Stage,
	word: StageStateWord,
	{at, band, settled}: {readonly at: number; readonly band: DurationBand | null; readonly settled: boolean},
): string | null => {
	const was = state.stages[stage.id];
	const odd = word === 'done' ? bandText(band) : null;
	if (odd !== null) return odd;
	const began = workBegan(state, stage);
	if (word === 'done' && began !== null && was?.ended != null && was.ended - began >= 1000)
		return `took ${minutes(was.ended - began)}`;
	if (isBad(word)) return badRemark(state, stage, settled);
	if (word === 'skipped') return was?.reason ?? null;
	if (word === 'waiting' || word === 'due' || word === 'overdue') return waitingFor(state, stage);
	if (word === 'open' && isDecided(state)) return 'no result recorded';
	const progress = word === 'open' ? commandProgress(state, stage) : null;
	if (progress !== null) return progress;
	return (word === 'running' || word === 'open') && began !== null ? `since ${minutes(at - began)}` : null;
};

const slippage = (state: State, stage: Stage, word: StageStateWord, at: number): number | null => {
	const started = state.stages[stage.id]?.started?.at;
	const planned = plannedAt(state, stage);
	if (stage.kind === 'act' && state.t0Started !== null) return Math.round((state.t0Started - state.t0) / 1000);
	if (started !== undefined) return Math.round((started - planned) / 1000);
	return word === 'due' || word === 'overdue' ? Math.round((at - planned) / 1000) : null;
};

/** `expectation`: where the runbook says lengths. */
export const stageSnapshot = (
	state: State,
	stage: Stage,
	at: number,
	expectation: StageForecast | null,
	beside: StageSnapshot['beside'],
	observed: Observation,
): StageSnapshot => {
	const was = state.stages[stage.id];
	const word = stageWord(state, stage, at);
	const attempt = attemptsOf(state, stage.id).at(-1);
	const band = attempt === undefined ? null : bandOf(state, attempt, observed.earlier);
	const settled = isBad(word) && isSettled(state, stage, at, observed);
	return {
		id: stage.id,
		kind: stage.kind,
		offsetSeconds: stage.offsetSeconds,
		action: stage.action,
		owners: stage.owners,
		planned: plannedAt(state, stage),
		started: was?.started?.at ?? null,
		ended: was?.ended ?? null,
		state: word,
		unheard: attempt?.ended === null && silenceOf(observed.hosts, attempt) !== null,
		slippageSeconds: slippage(state, stage, word, at),
		attempt: was?.attempts ?? 0,
		awaits: awaits(state, stage, word),
		remark: remark(state, stage, word, {at, band, settled}),
		settled,
		band,
		by: (was?.by && was.by.strength !== 'process' ? was.by.name : was?.started?.by.name) ?? null,
		reference: was?.reference ?? null,
		expected:
			expectation && was?.started == null && word !== 'skipped' && expectation.begin - plannedAt(state, stage) >= 60_000
				? expectation.begin
				: null,
		critical: expectation?.critical === true && !over.includes(word) && !settled,
		beside,
		long: attempt !== undefined && attempt.ended === null && attempt.limitSeconds === null && at - attempt.at > longMs,
	};
};

/** Work before T0 that is not done. */
export const isOpenWork = ({kind, offsetSeconds, state}: StageSnapshot): boolean =>
	(kind === 'checks' || kind === 'manual') && offsetSeconds < 0 && state !== 'done' && state !== 'skipped';

/** That no gate tells of: a go is given without it. */
export const undoneWork = ({runbook}: State, stages: readonly StageSnapshot[]): readonly StageSnapshot[] => {
	const judging = new Set((runbook?.stages ?? []).flatMap(({id, gates}) => (gates.length > 0 ? [id] : [])));
	return stages.filter(stage => isOpenWork(stage) && !judging.has(stage.id));
};

/** `not begun` where it waits, is due or overdue: what does not change with the clock. */
export const progressWord = ({state}: StageSnapshot): string =>
	state === 'waiting' || state === 'due' || state === 'overdue' ? 'not begun' : state;
