/*
How it stands now, for somebody who comes back to a cutover whose health is measured: the outage or who is up, whether the
rollback could begin from this screen, and who is in command.
*/

import {attemptKey, targetText} from '../../../cutover/model/attempt-target.ts';
import type {State} from '../../../cutover/model/state.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {safe} from '../../../text/clean.ts';
import {sameName} from '../../../text/same-name.ts';
import type {PanelProps} from '../../panel.ts';
import {inOrder, saidText} from '../health/endpoint-row.ts';
import {worstMark} from '../health/health-sum.ts';
import {blank, bold, cell, inset, type Line, shape, span} from '../line.ts';
import {readiness} from '../rollback/readiness.ts';

/** Something is measured or could be sent: then there is more to say than row 1 does. */
export const hasNow = ({runbook}: State): boolean =>
	(runbook?.endpoints ?? []).length > 0 || (runbook?.rollback?.remote ?? null) !== null;

const standsAs = ({theme}: PanelProps, endpoints: readonly EndpointSnapshot[]): Line =>
	endpoints.flatMap(({name, state}, at): Line => {
		const mark = theme.endpoint[state];
		return [...(at === 0 ? [] : [blank(2)]), span(safe(`${name} ${mark.word}`))];
	});

const nameWidth = 9;

const healthLine = (props: PanelProps): readonly Line[] => {
	const {snapshot, theme, size} = props;
	const all = inOrder(snapshot.endpoints);
	const [worst] = all;
	if (worst === undefined) return [];
	const isOutage = snapshot.headline.word === 'OUTAGE';
	const mark = worstMark(props) ?? theme.yes;
	const start = [shape(mark), blank(1), cell(safe(isOutage ? 'OUTAGE' : 'health'), nameWidth), blank(1)];
	if (worst.state === 'up') return [inset(size.columns, [...start, ...standsAs(props, all)])];
	const text = isOutage
		? snapshot.headline.text
		: `${worst.name} ${theme.endpoint[worst.state].word}: ${saidText(worst)}`;
	return [inset(size.columns, [...start, span(safe(text), bold)], standsAs(props, all.slice(1)))];
};

const rollbackLine = (props: PanelProps): Line => {
	const [first, second] = readiness(props).points;
	if (first === undefined) return inset(props.size.columns, []);
	const more = second === undefined ? [] : [shape(second.mark), blank(1), span(safe(second.text))];
	return inset(props.size.columns, [shape(first.mark), blank(1), span(safe(first.text))], more);
};

const commandLine = ({snapshot, state, person, size}: PanelProps): Line => {
	const mine = snapshot.running.filter(ref => sameName(state.attempts[attemptKey(ref)]?.by.name ?? '', person.name));
	const running =
		mine.length === 0
			? 'nothing of yours is running'
			: `yours runs: ${mine.map(({target}) => targetText(target)).join(', ')}`;
	return inset(
		size.columns,
		[blank(2), cell(safe('command'), nameWidth), blank(1), span(safe(snapshot.command ?? 'nobody'))],
		[span(safe(running))],
	);
};

export const nowLines = (props: PanelProps): readonly Line[] => [
	...healthLine(props),
	...(props.snapshot.rollback === null ? [rollbackLine(props)] : []),
	commandLine(props),
];
