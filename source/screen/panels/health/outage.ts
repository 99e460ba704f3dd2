/*
An outage trigger: as its samples tell it; or, where nothing measures it, its clock by hand while it runs, what was down since
T0, and that nobody measures it, which is never green.
*/

import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {safe} from '../../../text/clean.ts';
import {counted} from '../../../text/counted.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {gaugeLine} from '../board/gauge.ts';
import {answerHint, firedLine} from '../facts.ts';
import {blank, bold, inset, type Line, markOf, shape, span} from '../line.ts';
import {measuredLines} from './measured.ts';

const downLine = ({theme, size, state}: PanelProps, {id}: TriggerSnapshot, chosen: boolean): Line => {
	const down = state.triggers[id]?.down ?? null;
	const reason = down?.reason ? `: "${down.reason}"` : '';
	const since = down === null ? '' : `  since ${wall(down.since)}   reported by ${down.by.name}${reason}`;
	const end = [span(safe('by hand   ')), ...answerHint];
	return inset(
		size.columns,
		[shape(theme.no), span(safe(' DOWN'), bold), span(safe(since))],
		end,
		markOf(theme, chosen),
	);
};

const sumLines = ({size}: PanelProps, {outages, downSeconds}: TriggerSnapshot): readonly Line[] => {
	if (outages === 0) return [];
	const said = `since T0: ${counted(outages, 'outage')}, ${minutes(downSeconds * 1000)} down in all`;
	return [inset(size.columns, [span(safe(said))], [span(safe('health not measured'))])];
};

const unmeasuredLine = ({theme, size, snapshot}: PanelProps, {state}: TriggerSnapshot, chosen: boolean): Line => {
	const before = state === 'disarmed' && snapshot.t0Started === null;
	const how = before ? 'armed when T0 starts' : 'its clock is run by hand';
	const said = span(safe(`not measured, no endpoint is bound: ${how}`));
	return inset(size.columns, [shape(theme.unknown), blank(1), said], answerHint, markOf(theme, chosen));
};

const byHandLines = (props: PanelProps, trigger: TriggerSnapshot, chosen: boolean): readonly Line[] => {
	const sum = sumLines(props, trigger);
	if (trigger.state === 'fired') return [firedLine(props, trigger, trigger.text, chosen), ...sum];
	const gauge = gaugeLine(props, trigger);
	if (gauge !== null) return [gauge, downLine(props, trigger, chosen), ...sum];
	return [unmeasuredLine(props, trigger, chosen), ...(trigger.outages === 0 ? [] : sum)];
};

/** `folded`: endpoints that are up share a line. */
export const outageLines = (
	props: PanelProps,
	trigger: TriggerSnapshot,
	chosen: boolean,
	folded: boolean,
): readonly Line[] =>
	trigger.measured ? measuredLines(props, trigger, chosen, folded) : byHandLines(props, trigger, chosen);
