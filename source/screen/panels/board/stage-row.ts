/*
One stage in one row: when it is planned and really began, how much later, what it does and what is said of it. Once T0 is
begun there is one time a row: the real one where there is one.
*/
import {isStage} from '../../../cutover/model/attempt-target.ts';
import type {StageSnapshot} from '../../../cutover/snapshot/snapshot.ts';
import {phrase, type SafeText, safe} from '../../../text/clean.ts';
import {cells} from '../../../text/fit.ts';
import {minutes, slip, wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {markOf} from '../chosen.ts';
import {blank, cell, type Line, type Span, shape, short, span, spread, widthOf, word} from '../line.ts';
import {namesOf} from '../names.ts';

const idWidth = ({snapshot}: PanelProps): number =>
	Math.min(8, Math.max(4, ...snapshot.stages.map(({id}) => cells(safe(id)))));

/** Who did it, or for whom it waits. */
export const who = ({state}: PanelProps, {by, state: word, awaits, owners}: StageSnapshot): SafeText => {
	if (by !== null && (word === 'done' || word === 'failed' || word === 'skipped')) return safe(by);
	return namesOf(state, awaits.length > 0 ? awaits : owners);
};

export const begun = ({snapshot}: PanelProps): boolean => snapshot.t0Started !== null;

const time = (props: PanelProps, {planned, started}: StageSnapshot): Span =>
	begun(props) ? cell(safe(wall(started ?? planned)), 8) : cell(safe(wallShort(planned)), 5);

/** Up to its time: mark, shape, id, word, time. */
export const beginning = (props: PanelProps, stage: StageSnapshot, chosen: boolean): Line => {
	const mark = props.theme.stage[stage.state];
	const id = cell(safe(stage.id), idWidth(props));
	return [
		markOf(props.theme, chosen),
		shape(mark),
		blank(1),
		id,
		blank(1),
		word(mark, 7),
		blank(2),
		time(props, stage),
	];
};

/** Elapsed time with what turns while it runs, and its step. */
const runs = (props: PanelProps, stage: StageSnapshot): Line => {
	const {running, now} = props.snapshot;
	const run = running.find(({target}) => isStage(target, stage.id));
	const step = run?.step ? `, ${run.step}` : '';
	const elapsed = `${minutes(now - (run?.since ?? stage.started ?? now))}${stage.long ? ' OVERDUE' : ''}${step}  `;
	const turning = run === undefined ? [] : [span(props.theme.stage.running.shape, {spin: true}), blank(1)];
	return [...turning, span(safe(elapsed))];
};

/** Why it failed stands below its row, in full. */
export const isBad = ({state}: StageSnapshot): boolean => state === 'failed' || state === 'lost';

/** What it does, cut before what is said of it. */
const described = (stage: StageSnapshot, room: number): SafeText => {
	const {action, remark} = stage;
	const said = safe(remark === null || isBad(stage) ? '' : `, ${remark}`);
	return short(phrase`${short(safe(action), Math.max(8, room - cells(said)))}${said}`, Math.max(0, room));
};

const waits = (props: PanelProps, {planned, remark}: StageSnapshot): SafeText => {
	const left = planned - props.snapshot.now;
	const comes = props.snapshot.status === 'executing' || props.snapshot.status === 'observing';
	return safe(remark ?? (comes && left > 0 ? `in ${minutes(left)}` : ''));
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

const startedTime = (props: PanelProps, {started}: StageSnapshot): Line =>
	begun(props) || started === null ? [] : [cell(safe(wall(started)), 8), blank(2)];

const rest = (props: PanelProps, stage: StageSnapshot, room: number): Line => {
	const {action, started, reference, slippageSeconds} = stage;
	const start = startedTime(props, stage);
	if (stage.state === 'running') return [...start, ...runs(props, stage), span(safe(action))];
	if (started === null)
		return [cell(waits(props, stage), begun(props) ? 12 : 20), blank(2), span(safe(noKeep(props, stage) ?? action))];
	const late = cell(safe(slip((slippageSeconds ?? 0) * 1000)), 6);
	const known = [
		...start,
		late,
		blank(begun(props) ? 2 : 3),
		span(safe(reference === null ? '' : `ref ${reference}   `)),
	];
	return [...known, span(described(stage, room - widthOf(known)))];
};

/** Exactly as wide as the panel; who stands at the end. */
export const stageLine = (props: PanelProps, stage: StageSnapshot, chosen: boolean): Line => {
	const {columns} = props.size;
	const name = short(who(props, stage), Math.floor(columns / 3));
	const left = [...beginning(props, stage, chosen), blank(2)];
	const room = columns - widthOf(left) - cells(name) - 3;
	return spread(columns, [...left, ...rest(props, stage, room)], [blank(1), span(name), blank(1)]);
};
