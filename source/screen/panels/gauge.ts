/*
A running outage against its threshold, with marks where half and four fifths of it are gone.
*/
import type {TriggerStanding} from '../../cutover/standing.ts';
import {safe} from '../../text/clean.ts';
import {minutes, wallShort} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {bold, inset, type Line, type Span, span} from './line.ts';

const marks = [0.5, 0.8] as const;

const bar = ({theme}: PanelProps, share: number, width: number): Span => {
	const {full, empty, bar: tick} = theme.glyph;
	const filled = Math.min(width, Math.floor(share * width));
	const ticks = marks.map(mark => Math.round(mark * width));
	const glyphs = Array.from({length: width}, (_, at) => (at < filled ? full : ticks.includes(at) ? tick : empty));
	return span(safe(glyphs.join('')), {colour: share >= marks[0] ? 'red' : 'yellow'});
};

/** `02:15 ███░░│░░ 10:00   50% 22:33  80% 22:36  100% 22:38:05`; null where no outage runs. */
export const gaugeLine = (
	props: PanelProps,
	{outageSeconds, thresholdSeconds, firesAt}: TriggerStanding,
): Line | null => {
	if (outageSeconds === null || thresholdSeconds === null || thresholdSeconds <= 0) return null;
	const {columns} = props.size;
	const at = (share: number): string =>
		firesAt === null ? '' : wallShort(firesAt - (1 - share) * thresholdSeconds * 1000);
	const ends = firesAt === null ? '' : `50% ${at(0.5)}  80% ${at(0.8)}`;
	const left = `${minutes(outageSeconds * 1000)} `;
	const right = ` ${minutes(thresholdSeconds * 1000)}`;
	const width = Math.max(5, columns - 40);
	return inset(
		columns,
		[span(safe(left), bold), bar(props, outageSeconds / thresholdSeconds, width), span(safe(right))],
		[span(safe(ends))],
	);
};
