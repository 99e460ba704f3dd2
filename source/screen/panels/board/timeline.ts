/*
The timeline as a drawing in the title of its section: what is done, where we are, what is ahead. The line between two
stages is their time; its full part ends now.
*/
import type {StageSnapshot} from '../../../cutover/snapshot/stages.ts';
import {safe} from '../../../text/clean.ts';
import {cells} from '../../../text/fit.ts';
import type {PanelProps} from '../../panel.ts';
import {blank, bold, dim, type Line, plain, shape, span} from '../line.ts';

const isAhead = ({state}: StageSnapshot): boolean => state === 'waiting' || state === 'not reached';

const over: readonly StageSnapshot['state'][] = ['done', 'skipped'];

const leastLine = 2;

/** Label, a blank, the mark, a line of at least two, a blank. */
const leastOf = ({id}: StageSnapshot): number => cells(safe(id)) + 1 + 1 + leastLine + 1;

/** From one stage before the first that is not over, as many as fit. */
const windowOf = (stages: readonly StageSnapshot[], width: number): readonly StageSnapshot[] => {
	const current = stages.findIndex(({state}) => !over.includes(state));
	let from = Math.max(0, (current < 0 ? stages.length : current) - 1);
	let used = 0;
	let to = from;
	for (let stage = stages[to]; stage && used + leastOf(stage) <= width; stage = stages[to]) {
		used += leastOf(stage);
		to++;
	}
	for (let stage = stages[from - 1]; stage && used + leastOf(stage) <= width; stage = stages[from - 1]) {
		used += leastOf(stage);
		from--;
	}
	return stages.slice(from, to);
};

const markOf = ({theme, snapshot}: PanelProps, stage: StageSnapshot, isNext: boolean): Line => {
	if (!isAhead(stage)) return [shape(theme.stage[stage.state])];
	return isNext && snapshot.heldSince !== null ? [span(theme.glyph.paused, {colour: 'red', bold: true})] : [];
};

/** Share of the time from one stage to the next that has passed. */
const passed = ({snapshot}: PanelProps, stage: StageSnapshot, next: StageSnapshot): number => {
	if (isAhead(stage)) return 0;
	if (!isAhead(next)) return 1;
	const now = snapshot.heldSince ?? snapshot.closedAt ?? snapshot.now;
	const whole = next.planned - stage.planned;
	return whole <= 0 ? 1 : Math.max(0, Math.min(1, (now - stage.planned) / whole));
};

/** Cells of each line between two stages: the least, and of what is left as their times are to each other. */
const lengths = (stages: readonly StageSnapshot[], spare: number): readonly number[] => {
	const gaps = stages.slice(1).map((stage, at) => Math.sqrt(Math.max(1, stage.planned - (stages[at]?.planned ?? 0))));
	const all = gaps.reduce((sum, gap) => sum + gap, 0);
	return gaps.map(gap => leastLine + Math.floor((gap / all) * spare));
};

/** At most `width` cells; empty where not even two stages fit. */
export const timeline = (props: PanelProps, width: number): Line => {
	const {theme, snapshot} = props;
	const all = snapshot.stages;
	const stages = windowOf(all, width);
	if (stages.length < 2) return [];
	const next = all.find(({state}) => state === 'waiting');
	const spare = width - stages.reduce((sum, stage) => sum + leastOf(stage), 0);
	const lines = lengths(stages, Math.max(0, spare));
	return stages.flatMap((stage, at): Line => {
		const follower = stages[at + 1];
		const isOver = over.includes(stage.state);
		const label = span(safe(stage.id), isOver ? dim : isAhead(stage) ? plain : bold);
		const mark = markOf(props, stage, stage === next);
		if (follower === undefined) return [label, ...(mark.length === 0 ? [] : [blank(1), ...mark])];
		const length = (lines[at] ?? leastLine) + (mark.length === 0 ? 1 : 0);
		const done = Math.floor(length * passed(props, stage, follower));
		return [
			label,
			blank(1),
			...mark,
			span(safe(theme.glyph.done.repeat(done)), {colour: isOver ? 'green' : 'cyan'}),
			span(safe(theme.glyph.ahead.repeat(length - done)), dim),
			blank(1),
		];
	});
};
