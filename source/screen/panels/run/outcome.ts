/** How an attempt ended, in a word and a mark. What could not be judged, was lost or stopped is unknown, neither good nor bad. */

import type {Attempt} from '../../../cutover/model/state.ts';
import {isUnheard} from '../../../cutover/snapshot/running.ts';
import {safe} from '../../../text/clean.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {blank, type Line, shape, span} from '../line.ts';

type Outcome = NonNullable<Attempt['ended']>['outcome'];

const words = {
	pass: 'SUCCEEDED',
	fail: 'FAILED',
	unknown: 'UNKNOWN',
	lost: 'LOST',
	stopped: 'STOPPED',
} satisfies Record<Outcome, string>;

/** Of what runs on a host that is silent nobody knows whether it runs. */
const outcomeNow = ({snapshot}: PanelProps, attempt: Attempt): Outcome | null =>
	attempt.ended?.outcome ?? (isUnheard(snapshot.running, attempt) ? 'unknown' : null);

export function outcomeWord(props: PanelProps, attempt: Attempt): string {
	const outcome = outcomeNow(props, attempt);
	return outcome === null ? 'RUNNING' : words[outcome];
}

export function outcomeMark(props: PanelProps, attempt: Attempt): Mark {
	const {theme} = props;
	const outcome = outcomeNow(props, attempt);
	if (outcome === null) return theme.stage.running;
	if (outcome === 'pass') return theme.yes;
	return outcome === 'fail' ? theme.no : theme.unknown;
}

/** What turns while it runs. */
export const turning = (props: PanelProps, attempt: Attempt): Line =>
	outcomeNow(props, attempt) === null ? [span(props.theme.stage.running.shape, {spin: true}), blank(1)] : [];

export const stepMark = ({theme}: PanelProps, {outcome}: Attempt['steps'][number]): Mark => {
	if (outcome === null) return theme.stage.running;
	return outcome === 'done' ? theme.yes : theme.no;
};

/** Each of its steps in short: `gap` stands before how long it took. */
export const stepPieces = (props: PanelProps, {steps}: Attempt, gap = ' '): readonly Line[] =>
	steps.map(step => {
		const took = minutes((step.ended ?? props.snapshot.now) - step.begun);
		return [shape(stepMark(props, step)), span(safe(` ${step.name}${gap}${took}`))];
	});
