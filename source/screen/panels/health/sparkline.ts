/*
The newest answers of an endpoint, one cell each and the newest last: how long each took, or that it failed. Some of those
from before T0 stay beside them as long as they are remembered, so that one glance compares; what is left out between is
marked.
*/
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {joinSafe, type SafeText, safe} from '../../../text/clean.ts';
import {padStart} from '../../../text/fit.ts';
import type {Theme} from '../../theme.ts';

type SamplePoint = EndpointSnapshot['recent'][number];

/** Less than this from the bottom to the top is noise (ms), and so is less than the fastest answer itself. */
const leastSpan = 20;

/** How many cells high a good answer is drawn, among those of its endpoint. */
const scaleOf = (dots: readonly SamplePoint[], levels: number): ((ms: number) => number) => {
	const times = dots.flatMap(({ms}) => (typeof ms === 'number' ? [ms] : []));
	const low = Math.min(...times);
	const span = Math.max(Math.max(...times) - low, low, leastSpan);
	return ms => Math.min(levels - 1, Math.floor(((ms - low) / span) * levels));
};

const drawn = (dots: readonly SamplePoint[], {levels}: Theme): readonly SafeText[] => {
	const scale = scaleOf(dots, levels.length);
	return dots.map(({ms}) =>
		typeof ms === 'number' ? (levels[scale(ms)] ?? safe(' ')) : safe(ms === 'fail' ? 'x' : '?'),
	);
};

/** A third of the room at least is for what was before T0. */
const beside = (before: readonly SafeText[], after: readonly SafeText[], room: number, theme: Theme): SafeText => {
	const {bar, cut} = theme.glyph;
	const least = Math.min(before.length, Math.ceil(room / 3));
	if (after.length <= room - least)
		return joinSafe([...before.slice(Math.max(0, before.length + after.length - room)), bar, ...after]);
	return joinSafe([...before.slice(before.length - least), bar, cut, ...after.slice(least + 1 - room)]);
};

/** Exactly `width` cells. `t0`: when it was begun, in ms; null before that. */
export const sparkline = (recent: readonly SamplePoint[], t0: number | null, width: number, theme: Theme): SafeText => {
	if (width < 4) return safe(' '.repeat(Math.max(0, width)));
	const cells = drawn(recent, theme);
	const turn = t0 === null ? -1 : recent.findIndex(({at}) => at >= t0);
	const first = t0 !== null && turn < 0 ? recent.length : turn;
	if (first <= 0) return padStart(joinSafe(cells.slice(-width)), width);
	return padStart(beside(cells.slice(0, first), cells.slice(first), width - 1, theme), width);
};
