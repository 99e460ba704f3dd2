/*
The timeline. Before T0 two later stages may share a row; from the real T0 on the stages before it are left out, unless
one moves among them.
*/
import type {StageSnapshot} from '../../../cutover/snapshot/snapshot.ts';
import {safe} from '../../../text/clean.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../chosen.ts';
import {blank, cellEnd, fitted, type Line, span, widthOf} from '../line.ts';
import type {Row, Section} from '../section.ts';
import {detailLines} from './stage-details.ts';
import {beginning, begun, stageLine, who} from './stage-row.ts';

/** Cells of the left one's name. */
const leftName = 9;

/** Two that wait, in one row. */
const pairLine = (props: PanelProps, left: StageSnapshot, right: StageSnapshot, chosen: string | null): Line => {
	const {columns} = props.size;
	const start = [...beginning(props, left, left.id === chosen), blank(2)];
	const first = fitted([...start, span(who(props, left))], widthOf(start) + leftName);
	const second = beginning(props, right, right.id === chosen);
	const room = columns - widthOf(first) - widthOf(second) - 2;
	return [...first, ...second, blank(1), cellEnd(who(props, right), Math.max(0, room)), blank(1)];
};

const waitsAfterT0 = ({snapshot}: PanelProps, stage: StageSnapshot | undefined): boolean =>
	snapshot.t0Started === null && stage?.state === 'waiting' && stage.planned > snapshot.t0;

/** Once T0 is begun those from it on, unless the mark stands on an earlier one. */
const shown = (props: PanelProps, chosen: string | null): readonly StageSnapshot[] => {
	const {stages} = props.snapshot;
	const act = stages.findIndex(({kind}) => kind === 'act');
	const marked = stages.findIndex(({id}) => id === chosen);
	const all = !begun(props) || act < 0 || (marked >= 0 && marked < act);
	return all ? stages : stages.filter((stage, at) => at >= act || stage.state === 'running');
};

const rows = (props: PanelProps, chosen: string | null, paired: boolean): readonly Row[] => {
	const found: Row[] = [];
	const stages = shown(props, chosen);
	for (let at = 0; at < stages.length; at++) {
		const [left, right] = [stages[at], stages[at + 1]];
		if (left === undefined) continue;
		const both = paired && right !== undefined && waitsAfterT0(props, left) && waitsAfterT0(props, right);
		if (both) found.push({ids: [left.id, right.id], lines: [pairLine(props, left, right, chosen)]});
		else {
			const line = stageLine(props, left, left.id === chosen);
			found.push({ids: [left.id], lines: [line, ...detailLines(props, left)]});
		}
		if (both) at++;
	}
	return found;
};

/** `paired`: two waiting stages after T0 share a row, where there is little room. */
export const stagesSection = (props: PanelProps, paired: boolean): Section => {
	const chosen = chosenIn('stages', props);
	return {
		title: safe(begun(props) ? 'STAGES' : 'TIMELINE'),
		about: safe(begun(props) ? 'from the real T0' : 'planned · started · slip'),
		rows: rows(props, chosen, paired && props.size.columns >= 80),
		chosen,
		least: 2,
	};
};
