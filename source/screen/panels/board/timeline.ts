/*
The timeline as a drawing in the title of its section: what is done, where we are, what is ahead. The line between two
stages is their time; its full part ends now. Where stages are left out is `…`.
*/
import type {StageSnapshot} from '../../../cutover/snapshot/stages.ts';
import {cells} from '../../../text/fit.ts';
import type {PanelProps} from '../../panel.ts';
import {stageMark} from '../../theme.ts';
import {blank, bold, dim, type Line, plain, shape, span, widthOfText} from '../line.ts';

const isAhead = ({state}: StageSnapshot): boolean => state === 'waiting' || state === 'not reached';

export const over: readonly StageSnapshot['state'][] = ['done', 'skipped'];

const leastLine = 2;

/** Stages of the timeline, by their place in it. */
type Places = readonly number[];

const omitted = ({theme}: PanelProps): string => (theme.ascii ? '...' : '…');

/** Label, a blank and the mark of each, a line between two neighbours, and the sign for what is left out. */
const leastOf = (props: PanelProps, places: Places): number => {
	const {stages} = props.snapshot;
	const sign = cells(omitted(props)) + 1;
	const links = places.map((at, index) => (at === (places[index - 1] ?? -1) + 1 ? leastLine + 1 : sign + 1));
	const labels = places.map(at => widthOfText(stages[at]?.id ?? '') + 2);
	const start = places[0] === 0 ? 0 : sign;
	const end = places.at(-1) === stages.length - 1 ? 0 : sign;
	return [...labels, ...links.slice(1), start, end].reduce((sum, width) => sum + width, 0);
};

/**
 * As many as fit: the first that is not over and T0 before all, then the one before it, those behind it and those before,
 * each without a gap.
 */
const placesIn = (props: PanelProps, width: number): Places => {
	const {stages} = props.snapshot;
	const first = stages.findIndex(({state}) => !over.includes(state));
	const current = first < 0 ? stages.length - 1 : first;
	const t0 = stages.findIndex(({kind}) => kind === 'act');
	const all = stages.map((_, at) => at);
	let places: Places = [];
	const take = (at: number): boolean => {
		const more = [...new Set([...places, at])].toSorted((one, other) => one - other);
		if (leastOf(props, more) > width) return false;
		places = more;
		return true;
	};
	for (const at of [current, t0]) if (at >= 0) take(at);
	const [near, ...before] = all.slice(0, current).toReversed();
	if (near !== undefined) take(near);
	all.slice(current + 1).every(take);
	if (near !== undefined && places.includes(near)) before.every(take);
	return places;
};

const markOf = ({theme, snapshot}: PanelProps, stage: StageSnapshot, isNext: boolean): Line => {
	if (!isAhead(stage)) return [shape(stageMark(theme, stage))];
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
const lengths = ({snapshot: {stages}}: PanelProps, places: Places, spare: number): readonly number[] => {
	const gaps = places.map(at => Math.sqrt(Math.max(1, (stages[at + 1]?.planned ?? 0) - (stages[at]?.planned ?? 0))));
	const isLine = places.map((at, index) => places[index + 1] === at + 1);
	const all = gaps.reduce((sum, gap, index) => sum + (isLine[index] ? gap : 0), 0);
	return gaps.map(gap => leastLine + Math.floor((gap / all) * spare));
};

/** At most `width` cells; empty where not even two stages fit. */
export const timeline = (props: PanelProps, width: number): Line => {
	const {theme, snapshot} = props;
	const {stages} = snapshot;
	const places = placesIn(props, width);
	if (places.length < 2) return [];
	const sign = span(omitted(props), dim);
	const next = stages.find(({state}) => state === 'waiting');
	const lines = lengths(props, places, width - leastOf(props, places));
	const drawn = places.flatMap((place, at): Line => {
		const stage = stages[place];
		if (stage === undefined) return [];
		const follower = stages[place + 1];
		const isOver = over.includes(stage.state);
		const label = span(stage.id, isOver ? dim : isAhead(stage) ? plain : bold);
		const mark = markOf(props, stage, stage === next);
		const marked = [label, ...(mark.length === 0 ? [] : [blank(1), ...mark])];
		if (follower === undefined) return marked;
		if (places[at + 1] !== place + 1)
			return [...marked, blank(1), sign, ...(at === places.length - 1 ? [] : [blank(1)])];
		const length = (lines[at] ?? leastLine) + (mark.length === 0 ? 1 : 0);
		const done = Math.floor(length * passed(props, stage, follower));
		return [
			label,
			blank(1),
			...mark,
			span(theme.glyph.done.repeat(done), {colour: isOver ? 'green' : 'cyan'}),
			span(theme.glyph.ahead.repeat(length - done), dim),
			blank(1),
		];
	});
	return places[0] === 0 ? drawn : [sign, blank(1), ...drawn];
};
