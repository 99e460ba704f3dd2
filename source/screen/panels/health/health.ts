/*
Health: each endpoint in full, what would fire and when, and every outage. Where no endpoint is bound the screen says that
nothing measures it, and the outage clock by hand and the facts of the triggers stand here.
*/

import {safe} from '../../../text/clean.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {triggerRows, triggerSections} from '../board/triggers.ts';
import {paragraph} from '../flow.ts';
import {blank, inset, type Line, shape, span} from '../line.ts';
import {allOrPart} from '../scroll.ts';
import {heightOf, type Section, stacked, textSection} from '../section.ts';
import {firingSection, outagesSections} from './health-clocks.ts';
import {endpointsInFull} from './health-details.ts';
import {sumOfEndpoints} from './health-sum.ts';
import {watchSpans} from './watching.ts';

const words =
	'Health is not measured: no endpoint is bound to this cutover. Unknown is neither up nor down, so nothing here is green. When a critical endpoint is down, run the clock of its trigger by hand (t), and stop it when it is up again.';

const said = ({size, theme}: PanelProps): Section =>
	textSection('HEALTH', 'not measured', paragraph(size.columns, words, {lead: [shape(theme.unknown), blank(1)]}));

const outages = ({state, size, theme}: PanelProps): readonly Section[] => {
	const ended = Object.values(state.triggers).flatMap(({outages: list}) => list);
	if (ended.length === 0) return [];
	const lines = ended.map(({start, end, by}) =>
		inset(size.columns, [
			shape(theme.missing),
			blank(1),
			span(safe(`${wall(start)} to ${wall(end)}   ${minutes(end - start)}   said by ${by.name}`)),
		]),
	);
	return [textSection('OUTAGES', 'since T0, by hand', lines)];
};

const list = (props: PanelProps): readonly Section[] => {
	if (props.snapshot.t0Started !== null) return triggerSections(props);
	return [
		{
			title: safe('TRIGGERS'),
			about: safe('disarmed until T0 starts'),
			rows: triggerRows(props),
			chosen: chosenIn('triggers', props),
			least: 1,
		},
	];
};

const unmeasured = (props: PanelProps): readonly Line[] =>
	stacked([said(props), ...list(props), ...outages(props)], props.size, props.theme);

/** What the last samples said is no news once nobody asks any more. */
const aboutHealth = (props: PanelProps): string => {
	const {closedAt, watchEnded} = props.snapshot;
	return watchEnded === null
		? `${sumOfEndpoints(props)} · ${textOf(watchSpans(props))}`
		: `nobody asks since ${closedAt === null ? 'it was abandoned' : 'the close'} at ${wall(watchEnded)}`;
};

const textOf = (line: Line): string => line.map(({text}) => text).join('');

const measured = (props: PanelProps): readonly Line[] => {
	const sections = [
		textSection('HEALTH', aboutHealth(props), endpointsInFull(props)),
		firingSection(props),
		...outagesSections(props),
	];
	const lines = stacked(sections, {columns: props.size.columns, rows: heightOf(sections)}, props.theme);
	return allOrPart(lines, props, 'arrows show the rest, Tab goes to the triggers and back');
};

export const healthLines = (props: PanelProps): readonly Line[] =>
	props.snapshot.endpoints.length === 0 ? unmeasured(props) : measured(props);
