/** How an attempt ended, in a word and a mark. What could not be judged, was lost or stopped is unknown, neither good nor bad. */

import type {Attempt} from '../../../cutover/model/state.ts';
import {isUnheard} from '../../../cutover/snapshot/running.ts';
import {minutes} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {flowing, paragraph} from '../flow.ts';
import {blank, bold, type Line, shape, span} from '../line.ts';

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

/** Its steps in short, the newest `most` rows of them. */
export const stepLines = (props: PanelProps, attempt: Attempt, most: number): readonly Line[] =>
	flowing(
		props.size.columns,
		attempt.steps.map(step => [
			shape(stepMark(props, attempt, step)),
			span(` ${step.name} ${stepTook(props, attempt, step)}`),
		]),
	).slice(-most);

/** What an attempt left running. */
export const stillText = (still: readonly string[]): readonly string[] =>
	still.length === 0 ? [] : [`STILL RUNS: ${still.join(', ')}`];

const mostReason = 3;

/** Why it ended as it did, and what of it still runs. */
export const endLines = ({size: {columns}, theme}: PanelProps, {ended}: Attempt): readonly Line[] => {
	if (ended === null || ended.outcome === 'pass') return [];
	// A reason names the exit code itself.
	const why = ended.reason ?? (ended.exit === null ? [] : `exit ${ended.exit}`);
	return [why, ...stillText(ended.still)]
		.flat()
		.flatMap(text => paragraph(columns, text, {lead: [shape(theme.no), blank(1)], look: bold}))
		.slice(0, mostReason);
};
