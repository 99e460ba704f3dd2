/*
A running outage against its threshold, with marks at the shares of it that warn, and when they are reached.
*/
import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {safe} from '../../../text/clean.ts';
import {minutes, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {bold, inset, type Line, type Span, span, widthOf} from '../line.ts';

/** By hand a clock warns at these. */
const usual: readonly number[] = [50, 80];

const bar = ({theme}: PanelProps, share: number, width: number, marks: readonly number[]): Span => {
	const {full, empty, bar: tick} = theme.glyph;
	const filled = Math.min(width, Math.floor(share * width));
	const ticks = marks.map(percent => Math.round((percent / 100) * width));
	const glyphs = Array.from({length: width}, (_, at) => (at < filled ? full : ticks.includes(at) ? tick : empty));
	return span(safe(glyphs.join('')), {colour: share * 100 >= (marks[0] ?? 50) ? 'red' : 'yellow'});
};

/** `02:15 ███░░│░░ 10:00   50% 22:33  80% 22:36`; null where no outage runs. `marks`: per cent, ascending. */
export const gaugeLine = (
	props: PanelProps,
	{outageSeconds, thresholdSeconds, firesAt}: TriggerSnapshot,
	marks: readonly number[] = usual,
): Line | null => {
	if (outageSeconds === null || thresholdSeconds === null || thresholdSeconds <= 0) return null;
	const {columns} = props.size;
	const at = (percent: number): string =>
		firesAt === null ? '' : wallShort(firesAt - (1 - percent / 100) * thresholdSeconds * 1000);
	const ends = firesAt === null ? '' : marks.map(percent => `${percent}% ${at(percent)}`).join('  ');
	const left = [span(safe(`${minutes(outageSeconds * 1000)} `), bold)];
	const right = [span(safe(` ${minutes(thresholdSeconds * 1000)}`))];
	const width = Math.max(5, columns - 8 - widthOf(left) - widthOf(right) - ends.length);
	return inset(
		columns,
		[...left, bar(props, outageSeconds / thresholdSeconds, width, marks), ...right],
		[span(safe(ends))],
	);
};
