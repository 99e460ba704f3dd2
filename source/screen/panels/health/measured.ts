/*
An outage trigger that samples decide: its clock while an outage runs, each endpoint, what else there is to know, and the sum
since T0.
*/

import {listed} from '../../../cutover/decide/refusal.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoint-snapshot.ts';
import type {TriggerSnapshot} from '../../../cutover/snapshot/trigger-snapshot.ts';
import {safe} from '../../../text/clean.ts';
import type {PanelProps} from '../../panel.ts';
import {gaugeLine} from '../board/gauge.ts';
import {firedLine} from '../facts.ts';
import {inset, type Line, span, withMark} from '../line.ts';
import {endpointLine, foldedLine, inOrder, widthsOf} from './endpoint-row.ts';
import {sumText, warnedAt} from './outage-about.ts';
import {automaticLines, blindLines, flappingLines} from './outage-remarks.ts';
import {watchSpans} from './watching.ts';

const clockLines = (props: PanelProps, trigger: TriggerSnapshot): readonly Line[] => {
	const {facts = []} = props.state.triggers[trigger.id]?.fired ?? {};
	if (trigger.state === 'fired') return [firedLine(props, trigger, listed(facts), false)];
	const gauge = trigger.firesAt === null ? null : gaugeLine(props, trigger, warnedAt(props, trigger.id));
	return gauge === null ? [] : [gauge];
};

const isPlain = ({snapshot}: PanelProps, {name, state, compared}: EndpointSnapshot): boolean =>
	state === 'up' &&
	compared?.decision !== 'worse' &&
	compared?.decision !== 'watch' &&
	!snapshot.triggers.some(({flapping}) => flapping?.endpoint === name);

/** `folded`: those that are up and of which there is nothing to say share a line, where there is little room. */
const endpointLines = (props: PanelProps, folded: boolean): readonly Line[] => {
	const all = inOrder(props.snapshot.endpoints);
	const quiet = all.filter(endpoint => isPlain(props, endpoint));
	const widths = widthsOf(props);
	const isFolded = folded && quiet.length > 1;
	const rows = (isFolded ? all.filter(endpoint => !quiet.includes(endpoint)) : all).map(endpoint =>
		endpointLine(props, endpoint, widths),
	);
	return isFolded ? [...rows, foldedLine(props, quiet)] : rows;
};

/** Several clocks may run on the same endpoints: they are listed once. */
const isFirst = ({snapshot}: PanelProps, {id}: TriggerSnapshot): boolean =>
	snapshot.triggers.find(({measured}) => measured)?.id === id;

/** `folded` as in `endpointLines`. */
export const measuredLines = (
	props: PanelProps,
	trigger: TriggerSnapshot,
	chosen: boolean,
	folded: boolean,
): readonly Line[] => {
	const [first = [], ...rest] = [
		...clockLines(props, trigger),
		...automaticLines(props, trigger),
		...(isFirst(props, trigger) ? endpointLines(props, folded) : []),
		...blindLines(props, trigger),
		...flappingLines(props, trigger),
		inset(props.size.columns, [span(safe(sumText(trigger)))], watchSpans(props, sumText(trigger))),
	];
	return [withMark(first, props.theme, chosen), ...rest];
};
