/*
One stage in one row: when it is planned and when it really started, how much later, what is said of it and what it does.
Once T0 has started there is one time a row: the real one where there is one.
*/
import {isStage} from '../../../cutover/model/attempt-target.ts';
import type {RunningSnapshot} from '../../../cutover/snapshot/running.ts';
import type {StageSnapshot} from '../../../cutover/snapshot/stages.ts';
import {cells} from '../../../text/fit.ts';
import {day, minutes, slip, wall, wallOn, wallShortOn} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {rememberLast} from '../../remember.ts';
import {stageMark} from '../../theme.ts';
import {
	blank,
	bold,
	cell,
	fitted,
	type Line,
	markOf,
	type Span,
	shape,
	short,
	span,
	spread,
	widest,
	widthOf,
	word,
} from '../line.ts';
import {namesOf} from '../names.ts';
import {isNarrow} from './bars.ts';

const idWidths = rememberLast<number>();

/** Mapped stages have names for ids: there is room for those where the row has any. */
const idWidth = ({state, snapshot: {stages}, size: {columns}}: PanelProps): number => {
	const most = columns < 50 ? 8 : columns < 100 ? 14 : 24;
	return idWidths(state, `${most}`, () => widest(stages, ({id}) => id, 4, most));
};

/** Who did it, or for whom it waits. */
const who = ({state}: PanelProps, {by, state: word, awaits, owners}: StageSnapshot): string => {
	if (by !== null && (word === 'done' || word === 'failed' || word === 'skipped')) return by;
	return namesOf(state, awaits.length > 0 ? awaits : owners);
};

export const isStarted = ({snapshot}: PanelProps): boolean => snapshot.t0Started !== null;

const timeText = (props: PanelProps, {planned, started}: StageSnapshot): string => {
	const {now} = props.snapshot;
	return isStarted(props) && !isNarrow(props.size.columns)
		? wallOn(started ?? planned, now)
		: wallShortOn((isStarted(props) ? started : null) ?? planned, now);
};

const timeWidths = rememberLast<number>();

/** As wide as the widest: the time of another day is longer, so they change at midnight. */
const time = (props: PanelProps, stage: StageSnapshot): Span => {
	const {stages, now} = props.snapshot;
	const width = timeWidths(props.state, `${day(now)} ${isNarrow(props.size.columns)}`, () =>
		Math.max(...stages.map(each => timeText(props, each).length)),
	);
	return cell(timeText(props, stage), width);
};

const widths = rememberLast<{readonly word: number; readonly wait: number}>();

/** Of the widest word, RUNNING, or NOT REACHED once it is over; and of the longest reason to wait. */
const widthsOf = (props: PanelProps) => {
	const {stages} = props.snapshot;
	return widths(stages, '', () => ({
		word: stages.some(({state}) => state === 'not reached') ? 11 : 7,
		wait: widest(
			stages.filter(({started}) => started === null),
			stage => waits(props, stage),
			8,
			16,
		),
	}));
};

const runOf = ({snapshot}: PanelProps, {id}: StageSnapshot): RunningSnapshot | undefined =>
	snapshot.running.find(({target}) => isStage(target, id));

/** Up to its time: mark, shape, id, word, time. */
const beginning = (props: PanelProps, stage: StageSnapshot, chosen: boolean): Line => {
	const mark = stageMark(props.theme, stage);
	const id = cell(stage.id, idWidth(props));
	const {glyph} = props.theme;
	const beside = stage.beside === null ? blank(1) : span(glyph[stage.beside]);
	const decides = stage.critical ? span(glyph.critical, bold) : blank(1);
	const start = [markOf(props.theme, chosen), shape(mark), beside, id, decides, word(mark, widthsOf(props).word)];
	return [...start, blank(isNarrow(props.size.columns) ? 1 : 2), time(props, stage)];
};

/** Elapsed time with what turns while it runs, against what it usually takes, and its step. */
const runs = (props: PanelProps, stage: StageSnapshot): Line => {
	const {now} = props.snapshot;
	const run = runOf(props, stage);
	const of = run?.usual == null ? '' : ` of ~${minutes(run.usual.typical)}`;
	const step = run?.step ? `, ${run.step}` : '';
	if (run?.gone) return [span(`its process on ${run.host} is gone`)];
	if (run != null && run.silentSeconds !== null)
		return [span(`silent for ${minutes(1000 * run.silentSeconds)}, ${run.host}`)];
	const on = run === undefined || run.host === null ? '' : ` on ${run.host}`;
	const elapsed = `${minutes(now - (run?.since ?? stage.started ?? now))}${of}${stage.long ? ' OVERDUE' : ''}${step}${on}`;
	const turning = run === undefined ? [] : [span(props.theme.stage.running.shape, {spin: true}), blank(1)];
	return [...turning, span(elapsed)];
};

/** Why it failed is below its row, in full. */
export const isBad = ({state}: StageSnapshot): boolean => state === 'failed' || state === 'lost';

const waits = (props: PanelProps, {planned, remark, expected}: StageSnapshot): string => {
	if (expected !== null) return `~${wallShortOn(expected, props.snapshot.now)}`;
	const left = planned - props.snapshot.now;
	const comes = props.snapshot.status === 'executing' || props.snapshot.status === 'observing';
	return remark ?? (comes && left > 0 ? `in ${minutes(left)}` : '');
};

/** Why nobody could say keep now, as far as health forbids it. */
const noKeep = ({snapshot, state: {status}}: PanelProps, {kind}: StageSnapshot): string | null => {
	if (kind !== 'closing' || (status !== 'executing' && status !== 'observing')) return null;
	const critical = snapshot.endpoints.filter(endpoint => endpoint.critical);
	const names = (word: 'down' | 'unknown'): string =>
		critical
			.filter(({state, answered}) => (answered ?? state) === word)
			.map(({name}) => name)
			.join(', ');
	if (names('down') !== '') return `no keep while ${names('down')} down`;
	return names('unknown') === '' ? null : `no keep while ${names('unknown')} unseen`;
};

/** `started 21:00:42  +00:42`; the real time is in the row's own column once T0 has started, a narrow row has no room. */
const begun = (props: PanelProps, {started, slippageSeconds}: StageSnapshot): Line => {
	if (started === null) return [];
	const late = cell(slip((slippageSeconds ?? 0) * 1000), 6);
	if (isStarted(props) || isNarrow(props.size.columns)) return [late, blank(2)];
	return [span(`started ${wall(started)}`), blank(2), late, blank(2)];
};

const saidOf = (stage: StageSnapshot): string =>
	[
		...(stage.reference === null ? [] : [`ref ${stage.reference}`]),
		...(isBad(stage) || stage.remark === null ? [] : [stage.remark]),
	].join('  ');

/** Why it waits, in a column; a narrow row has no cell to spare for a column. */
const waited = (props: PanelProps, stage: StageSnapshot): Line => {
	const why = waits(props, stage);
	if (!isNarrow(props.size.columns)) return [cell(why, widthsOf(props).wait), blank(2)];
	return why === '' ? [] : [span(why), blank(2)];
};

const rest = (props: PanelProps, stage: StageSnapshot): Line => {
	const {action} = stage;
	if (stage.started === null) return [...waited(props, stage), span(noKeep(props, stage) ?? action)];
	const said = stage.state === 'running' ? runs(props, stage) : [span(saidOf(stage))];
	const gap = widthOf(said) === 0 ? [] : [blank(2)];
	return [...begun(props, stage), ...said, ...gap, span(action)];
};

/** Exactly as wide as the panel; who is at the end. */
export const stageLine = (props: PanelProps, stage: StageSnapshot, chosen: boolean): Line => {
	const {columns} = props.size;
	const name = short(who(props, stage), Math.floor(columns / 3));
	const left = [...beginning(props, stage, chosen), blank(columns < 50 ? 1 : 2)];
	const room = Math.max(0, columns - widthOf(left) - cells(name) - 3);
	const said = columns < 50 && stage.state !== 'running' ? [span(stage.action)] : rest(props, stage);
	return spread(columns, [...left, ...fitted(said, room)], [blank(1), span(name), blank(1)]);
};
