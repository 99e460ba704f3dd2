/*
The board: before T0 the gates and the timeline, after T0 the triggers and the stages, at the end the sign-offs. A wide
screen has the output of what runs and the sign-offs below.
*/
import {type SafeText, safe} from '../../../text/clean.ts';
import type {PanelProps} from '../../panel.ts';
import {phaseOf} from '../../state/phase.ts';
import {sizeClass} from '../../state/view.ts';
import {eventLines, inOneRow} from '../events.ts';
import {healthSpans} from '../health/health-sum.ts';
import {blank, inset, type Line, shape, span, widthOf} from '../line.ts';
import {Paint} from '../paint.tsx';
import {readiness} from '../rollback/readiness.ts';
import {outputLines, runningText} from '../run/output.ts';
import {header, heightOf, type Row, type Section, stacked} from '../section.ts';
import {signOffsSection} from '../sign-offs.tsx';
import {gatesSection} from './gates.ts';
import {stagesSection} from './stages.ts';
import {triggerRows, triggerSections} from './triggers.ts';

const fixed = (title: SafeText, about: SafeText, lines: readonly Line[]): Section => ({
	title,
	about,
	rows: lines.map((line): Row => ({ids: [], lines: [line]})),
	chosen: null,
	least: lines.length,
});

const summary = (props: PanelProps): Line => {
	const {snapshot, size} = props;
	const {mark, short} = readiness(props);
	const count = snapshot.triggers.length;
	const triggers =
		count === 0 ? 'no trigger in the runbook' : `${count} ${count === 1 ? 'trigger' : 'triggers'} disarmed`;
	const ready = [shape(mark), blank(1), span(short)];
	const reported = (isBrief: boolean): Line => [span(safe(`${triggers}   `)), ...healthSpans(props, isBrief)];
	const fits = widthOf(reported(false)) + widthOf(ready) + 3 <= size.columns;
	return inset(size.columns, reported(!fits), ready);
};

/** Triggers and rollback while they sleep; the list when it is in use. */
const sleeping = (props: PanelProps): Section => {
	const list = props.view.pane === 'triggers';
	const section = fixed(safe('AFTER T0'), safe(''), [summary(props), ...eventLines(props, 1)]);
	if (!list) return section;
	return {
		...section,
		rows: [...triggerRows(props), ...section.rows.slice(0, 1)],
		chosen: props.view.chosen.triggers ?? props.snapshot.triggers[0]?.id ?? null,
	};
};

const signing = (props: PanelProps): boolean => props.view.pane === 'signOffs' || phaseOf(props.state) === 'records';

/** Wide screens show the sign-offs below the board anyway. */
const extra = (props: PanelProps): readonly Section[] =>
	signing(props) && sizeClass(props.view.size) !== 'wide' ? [signOffsSection(props, false)] : [];

const before = (props: PanelProps, paired: boolean): readonly Section[] => [
	...extra(props),
	gatesSection(props),
	stagesSection(props, paired),
	sleeping(props),
];

const afterwards = (props: PanelProps, folded: boolean): readonly Section[] => [
	...extra(props),
	...(props.view.pane === 'gates' || phaseOf(props.state) === 'records' ? [gatesSection(props)] : []),
	...(phaseOf(props.state) === 'records' && props.view.pane !== 'triggers' ? [] : triggerSections(props, folded)),
	stagesSection(props, false),
];

const sections = (props: PanelProps, rows: number): readonly Section[] => {
	const all = props.snapshot.t0Started === null ? before : afterwards;
	const roomy = all(props, false);
	return heightOf(roomy) <= rows ? roomy : all(props, true);
};

/** More of what happened, where rows are left. */
const filled = (props: PanelProps, lines: readonly Line[], rows: number): readonly Line[] => {
	const left = rows - lines.length;
	if (left < 2 || sizeClass(props.view.size) === 'small') return lines;
	const events = eventLines(props, left - 1, props.snapshot.t0Started === null ? inOneRow : 0);
	return events.length === 0
		? lines
		: [...lines, header(props.theme, props.size.columns, safe('LAST'), safe('newest first')), ...events];
};

/** Output of what runs, and what each sign-off waits for. */
const below = (props: PanelProps, rows: number): readonly Line[] => {
	const {theme, size} = props;
	const signOffs = stacked(
		[signOffsSection(props, false)],
		{columns: size.columns, rows: Math.min(rows, props.snapshot.signOffs.length + 1)},
		theme,
	);
	const room = rows - signOffs.length - 1;
	const output = runningText(props);
	if (output === null || room < 1) return signOffs;
	return [header(theme, size.columns, safe('OUTPUT'), output), ...outputLines(props, room), ...signOffs];
};

export const boardLines = (props: PanelProps): readonly Line[] => {
	const {size, theme, view} = props;
	if (sizeClass(view.size) !== 'wide')
		return filled(props, stacked(sections(props, size.rows), size, theme), size.rows);
	const lower = Math.min(Math.floor(size.rows / 2), Math.max(9, size.rows - heightOf(sections(props, size.rows))));
	const upper = stacked(sections(props, size.rows - lower), {columns: size.columns, rows: size.rows - lower}, theme);
	return filled(props, [...upper, ...below(props, size.rows - upper.length)], size.rows);
};

export const Board = (props: PanelProps) => <Paint lines={boardLines(props)} size={props.size} theme={props.theme} />;
