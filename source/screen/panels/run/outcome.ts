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

type Step = Attempt['steps'][number];

/** A step whose attempt is gone runs no more, and nobody knows how it ended. */
export const stepMark = (props: PanelProps, attempt: Attempt, {outcome}: Step): Mark => {
	const {theme} = props;
	if (outcome === null) return outcomeNow(props, attempt) === null ? theme.stage.running : theme.unknown;
	return outcome === 'done' ? theme.yes : theme.no;
};

export const stepTook = ({snapshot}: PanelProps, attempt: Attempt, {begun, ended}: Step): string =>
	minutes((ended ?? attempt.ended?.at ?? snapshot.now) - begun);

/** Each of its steps in short: `gap` stands before how long it took. */
export const stepPieces = (props: PanelProps, attempt: Attempt, gap = ' '): readonly Line[] =>
	attempt.steps.map(step => [
		shape(stepMark(props, attempt, step)),
		span(safe(` ${step.name}${gap}${stepTook(props, attempt, step)}`)),
	]);
