/*
Health: each endpoint in full, what would fire and when, and every outage. Where no endpoint is bound the screen says that
nothing measures it, and the outage clock by hand and the facts of the triggers are here.
*/

import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {triggerSections} from '../board/triggers.ts';
import {paragraph} from '../flow.ts';
import {blank, type Line, shape} from '../line.ts';
import {allOrPart} from '../scroll.ts';
import {type Section, textSection} from '../section.ts';
import {firingSection, outagesSections} from './health-clocks.ts';
import {endpointsInFull} from './health-details.ts';
import {sumOfEndpoints} from './health-sum.ts';
import {watchSpans} from './watching.ts';

const words =
	'Health is not measured: no endpoint is bound to this cutover. Unknown is neither up nor down, so nothing here is green. When a critical endpoint is down, run the clock of its trigger by hand (t), and stop it when it is up again.';

/** What the last samples said is no news once nobody asks any more. */
const aboutHealth = (props: PanelProps): string => {
	const {closedAt, watchEnded} = props.snapshot;
	return watchEnded === null
		? `${sumOfEndpoints(props)} · ${textOf(watchSpans(props))}`
		: `nobody asks since ${closedAt === null ? 'it was abandoned' : 'the close'} at ${wall(watchEnded)}`;
};

const textOf = (line: Line): string => line.map(({text}) => text).join('');

/** What would fire; where people answer it here, what they said of each. */
const sectionsOf = (props: PanelProps): readonly Section[] => {
	const {snapshot, size, theme} = props;
	if (snapshot.endpoints.length > 0)
		return [textSection('HEALTH', aboutHealth(props), endpointsInFull(props)), firingSection(props)];
	const said = paragraph(size.columns, words, {lead: [shape(theme.unknown), blank(1)]});
	const triggers = snapshot.t0Started === null ? [firingSection(props)] : triggerSections(props);
	return [textSection('HEALTH', 'not measured', said), ...triggers];
};

export const healthLines = (props: PanelProps): readonly Line[] =>
	allOrPart(
		[...sectionsOf(props), ...outagesSections(props)],
		props,
		'arrows show the rest, Tab goes to the triggers and back',
	);
