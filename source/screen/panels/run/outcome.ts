/** How an attempt ended, in a word and a mark. What could not be judged, was lost or stopped is unknown, neither good nor bad. */
import type {Attempt} from '../../../cutover/model/state.ts';
import type {Mark, Theme} from '../../theme.ts';

type Outcome = NonNullable<Attempt['ended']>['outcome'];

const words = {
	pass: 'SUCCEEDED',
	fail: 'FAILED',
	unknown: 'UNKNOWN',
	lost: 'LOST',
	stopped: 'STOPPED',
} satisfies Record<Outcome, string>;

export const outcomeWord = ({ended}: Attempt): string => (ended === null ? 'RUNNING' : words[ended.outcome]);

export const outcomeMark = (theme: Theme, {ended}: Attempt): Mark => {
	if (ended === null) return theme.stage.running;
	if (ended.outcome === 'pass') return theme.yes;
	return ended.outcome === 'fail' ? theme.no : theme.unknown;
};
