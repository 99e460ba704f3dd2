/** Acts that share a key: the one that fits what is selected is opened, or a menu of those that do. */
import {stuckAt} from '../../cutover/due/attempts-of.ts';
import type {ScreenContext} from '../acts/act.ts';
import {gateOrStage} from '../acts/selection.ts';
import {openOneOf} from '../dialogs/opening.ts';
import type {Transition} from '../state/transition.ts';

export const runs = ['run', 'report', 'resume', 'done'] as const;
const resumesFirst = ['resume', 'report', 'done', 'run'] as const;
export const answers = ['acknowledge', 'confirmRelay'] as const;

/** T0 that was lost or failed is resumed before anything else is thought of, unless it stopped where resuming it does not go on. */
export const openRuns = (at: ScreenContext): Transition => {
	const stage = at.snapshot.stages.find(({id}) => id === gateOrStage(at));
	const isHalf = stage?.kind === 'act' && (stage.state === 'lost' || stage.state === 'failed');
	const resumes = isHalf && stuckAt(at.state, stage.id) === null;
	return openOneOf(at, 'What is to be done?', resumes ? resumesFirst : runs);
};
