/*
The timeline: each stage with when it is planned, when it really began, how much later, and whom it waits for. Before T0
the later stages may share a row; from the real T0 on each has its own.
*/
import type {StageStanding} from '../../cutover/standing.ts';
import {phrase, type SafeText, safe} from '../../text/clean.ts';
import {cells} from '../../text/fit.ts';
import {minutes, slip, wall, wallShort} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {chosenIn, markOf} from './chosen.ts';
import {blank, cell, cellEnd, fitted, type Line, type Span, shape, short, span, spread, word} from './line.ts';
import {namesOf} from './names.ts';
import type {Row, Section} from './section.ts';

const idWidth = ({standing}: PanelProps): number =>
	Math.min(8, Math.max(4, ...standing.stages.map(({id}) => cells(safe(id)))));

const who = (props: PanelProps, stage: StageStanding): SafeText => {
	if (stage.by !== null && (stage.state === 'done' || stage.state === 'failed' || stage.state === 'skipped'))
		return safe(stage.by);
	return namesOf(props.state, stage.awaits.length > 0 ? stage.awaits : stage.owners);
};

const begins = (props: PanelProps, stage: StageStanding, chosen: boolean): Line => {
	const mark = props.theme.stage[stage.state];
	return [
		markOf(props.theme, chosen),
		shape(mark),
		blank(1),
		cell(safe(stage.id), idWidth(props)),
		blank(1),
		word(mark, 7),
		blank(2),
	];
};

const after = (props: PanelProps): boolean => props.standing.t0Started !== null;

const planned = (props: PanelProps, stage: StageStanding): Span =>
	after(props) ? cell(safe(wall(stage.planned)), 8) : cell(safe(wallShort(stage.planned)), 5);

const runningStep = ({standing}: PanelProps, {id}: StageStanding): string => {
	const run = standing.running.find(({of}) => of === id);
	return run?.step ? `, ${run.step}` : '';
};

/** Elapsed time with what turns while it runs, and its step. */
const runs = (props: PanelProps, stage: StageStanding): Line => {
	const since = props.standing.running.find(({of}) => of === stage.id)?.since ?? stage.started ?? props.standing.now;
	const long = stage.long ? ' OVERDUE' : '';
	return [
		span(props.theme.stage.running.shape, {spin: true}),
		span(safe(` ${minutes(props.standing.now - since)}${long}${runningStep(props, stage)} `)),
	];
};

/** What it does, cut before what is said of it. */
const described = (stage: StageStanding, room: number): SafeText => {
	const said = safe(stage.remark === null ? '' : `, ${stage.remark}`);
	return short(phrase`${short(safe(stage.action), Math.max(8, room - cells(said)))}${said}`, room);
};

const waits = (props: PanelProps, stage: StageStanding): SafeText => {
	const left = stage.planned - props.standing.now;
	return safe(stage.remark ?? (after(props) && left > 0 ? `in ${minutes(left)}` : ''));
};

const reference = ({reference: text}: StageStanding): string => (text === null ? '' : `ref ${text}  `);

const middle = (props: PanelProps, stage: StageStanding, room: number): Line => {
	if (stage.state === 'running') {
		const started = span(safe(stage.started === null ? '' : `${wall(stage.started)}  `));
		const turning = runs(props, stage);
		return [
			started,
			...turning,
			span(short(safe(stage.action), Math.max(0, room - 10 - turning.reduce((sum, {text}) => sum + cells(text), 0)))),
		];
	}
	if (stage.started === null)
		return [
			cell(waits(props, stage), after(props) ? 12 : 20),
			blank(2),
			span(short(safe(stage.action), Math.max(0, room - 22))),
		];
	const late = cell(safe(slip((stage.slippageSeconds ?? 0) * 1000)), 6);
	const told = described(stage, Math.max(0, room - 19 - cells(safe(reference(stage)))));
	return [cell(safe(wall(stage.started)), 8), blank(2), late, blank(3), span(safe(reference(stage))), span(told)];
};

const line = (props: PanelProps, stage: StageStanding, chosen: boolean): Line => {
	const {columns} = props.size;
	const name = short(who(props, stage), Math.floor(columns / 3));
	const left = [...begins(props, stage, chosen), planned(props, stage), blank(2)];
	const used = left.reduce((sum, {text}) => sum + cells(text), 0) + cells(name) + 2;
	return spread(columns, [...left, ...middle(props, stage, Math.max(0, columns - used))], [span(name), blank(1)]);
};

const row = (props: PanelProps, stage: StageStanding, chosen: string | null): Row => ({
	ids: [stage.id],
	lines: [line(props, stage, stage.id === chosen)],
});

/** Two that wait, in one row. */
const pair = (props: PanelProps, left: StageStanding, right: StageStanding, chosen: string | null): Row => {
	const {columns} = props.size;
	const half = 29 + idWidth(props);
	const name = who(props, right);
	const start = [...begins(props, left, left.id === chosen), planned(props, left), blank(2), span(who(props, left))];
	const second = [...begins(props, right, right.id === chosen), planned(props, right)];
	const room = columns - half - second.reduce((sum, {text}) => sum + cells(text), 0) - 1;
	return {ids: [left.id, right.id], lines: [[...fitted(start, half), ...second, cellEnd(name, room), blank(1)]]};
};

const canPair = (props: PanelProps, left: StageStanding | undefined, right: StageStanding | undefined): boolean =>
	!after(props) &&
	left?.state === 'waiting' &&
	right?.state === 'waiting' &&
	left.planned > props.standing.t0 &&
	right.planned > props.standing.t0;

const rows = (props: PanelProps, chosen: string | null, paired: boolean): readonly Row[] => {
	const found: Row[] = [];
	const {stages} = props.standing;
	for (let at = 0; at < stages.length; at++) {
		const [left, right] = [stages[at], stages[at + 1]];
		if (left === undefined) continue;
		if (paired && right !== undefined && canPair(props, left, right)) {
			found.push(pair(props, left, right, chosen));
			at++;
		} else found.push(row(props, left, chosen));
	}
	return found;
};

/** `paired`: two waiting stages after T0 share a row, where there is little room. */
export const stagesSection = (props: PanelProps, paired: boolean): Section => {
	const chosen = chosenIn('stages', props);
	return {
		title: safe(after(props) ? 'STAGES' : 'TIMELINE'),
		about: safe(after(props) ? 'from the real T0' : 'planned · started · slip'),
		rows: rows(props, chosen, paired && props.size.columns >= 80),
		chosen,
		least: 2,
	};
};
