/*
The attempts of a gate or stage, newest first, and the steps of the one that is shown.
*/
import {attemptsOf} from '../../../cutover/due/attempts-of.ts';
import {attemptText} from '../../../cutover/model/attempt-target.ts';
import type {Attempt, Step} from '../../../cutover/model/state.ts';
import {minutes, wall, wallWidth} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {blank, bold, cell, inset, type Line, markOf, plain, shape, span} from '../line.ts';
import {lazyRow, row, type Section} from '../section.ts';
import {outcomeMark, outcomeWord, stepMark, stepTook, stillText, turning} from './outcome.ts';

/** The one chosen on the screen, else the newest. */
export const attemptShown = (props: PanelProps, id: string): Attempt | undefined => {
	const {attempt: chosen} = props.view;
	const all = attemptsOf(props.state, id);
	return chosen === null ? all.at(-1) : all.find(({attempt}) => attempt === chosen);
};

const reported = (attempt: Attempt): string => {
	const {ended, limitSeconds} = attempt;
	if (ended === null) return limitSeconds === null ? 'no time limit' : `limit ${minutes(limitSeconds * 1000)}`;
	const parts = [
		ended.exit === null ? '' : `exit code ${ended.exit}`,
		ended.reason ?? '',
		ended.log === null ? '' : `${ended.log.lines} lines`,
		...stillText(ended.still),
	];
	return parts.filter(part => part !== '').join(', ');
};

const attemptLine = (props: PanelProps, attempt: Attempt, shown: boolean): Line => {
	const {theme, snapshot, size} = props;
	const took = minutes((attempt.ended?.at ?? snapshot.now) - attempt.at);
	const within = attempt.within === null ? '' : ` inside ${attemptText(attempt.within)}`;
	const said = ` ${attempt.attempt}${within}  ${wall(attempt.at)} by ${attempt.by.name}  ${outcomeWord(props, attempt)}  ${reported(attempt)}`;
	const left = [shape(outcomeMark(props, attempt)), span(said, shown ? bold : plain)];
	return inset(size.columns, left, [...turning(props, attempt), span(took)], markOf(theme, shown));
};

export const attemptsSection = (props: PanelProps, id: string): Section => {
	const all = attemptsOf(props.state, id);
	const shown = attemptShown(props, id);
	return {
		title: 'ATTEMPTS',
		about: all.length === 0 ? 'none yet' : `${all.length}, newest first`,
		rows: [...all]
			.reverse()
			.map(attempt => row([String(attempt.attempt)], [attemptLine(props, attempt, attempt === shown)])),
		chosen: shown === undefined ? null : String(shown.attempt),
		least: Math.min(2, all.length),
	};
};

const stepLine = (props: PanelProps, attempt: Attempt, step: Step): Line => {
	const why = step.why === null ? '' : `: ${step.why}`;
	const left = [
		shape(stepMark(props, attempt, step)),
		blank(1),
		cell(wall(step.begun), wallWidth(step.begun)),
		span(`  ${step.name}${why}`),
	];
	return inset(props.size.columns, left, [span(stepTook(props, attempt, step))]);
};

/** None for an attempt without steps. */
export const stepsSections = (props: PanelProps, id: string): readonly Section[] => {
	const attempt = attemptShown(props, id);
	const steps = attempt?.steps ?? [];
	if (attempt === undefined || steps.length === 0) return [];
	const done = steps.filter(({outcome}) => outcome === 'done').length;
	return [
		{
			title: 'STEPS',
			about: `${done} done`,
			rows: steps.map((step, at) => lazyRow([String(at)], 1, () => [stepLine(props, attempt, step)])),
			chosen: String(steps.length - 1),
			least: Math.min(1, steps.length),
		},
	];
};
