/** Acts that share a key: the one that fits what is selected is opened, or a menu of those that do. */
import {goesOnBy} from '../../cutover/due/next-command.ts';
import type {ScreenContext} from '../acts/act.ts';
import type {ActName} from '../acts/effect.ts';
import {gateOrStage} from '../acts/selection.ts';
import {openAct, openOneOf, refusalOf} from '../dialogs/opening.ts';
import type {Transition} from '../state/transition.ts';

export const runs = ['run', 'report', 'resume', 'done'] as const;

/** What their key is called where another one than `run` is meant. */
export const runLabels: Readonly<Partial<Record<ActName, string>>> = {
	report: 'record',
	resume: 'resume',
	done: 'mark done',
};

const resumesFirst = ['resume', 'report', 'done', 'run'] as const;
export const answers = ['acknowledge', 'confirmRelay'] as const;

/** T0 that was lost or failed is resumed before anything else is thought of, unless it stopped where resuming it does not go on. */
export const openRuns = (at: ScreenContext): Transition => {
	const id = gateOrStage(at);
	const stage = at.state.runbook?.stages.find(row => row.id === id);
	const outcome = id === null ? null : at.state.stages[id]?.outcome;
	const isHalf = stage?.kind === 'act' && (outcome === 'lost' || outcome === 'failed');
	return openOneOf(at, 'What is to be done?', isHalf && goesOnBy(at.state, stage) === 'resume' ? resumesFirst : runs);
};

/** Where no path can run here, people roll back, and record it. */
export const openRollback = (at: ScreenContext): Transition => {
	const isByHand = refusalOf(at, 'rollback', '') !== null && refusalOf(at, 'byHand', '') === null;
	return openAct(at, isByHand ? 'byHand' : 'rollback');
};
