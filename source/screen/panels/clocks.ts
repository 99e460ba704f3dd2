/*
Row 2: the T clock, the wall clock with the one mention of the zone, and T0. T+ is counted from the real T0 alone; until
that is begun the clock counts down, stands in a hold, or says that T0 is late.
*/
import type {Standing} from '../../cutover/standing.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import {clock, minutes, slip, wall, zone} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {bold, inset, type Line, plain, type Span, span} from './line.ts';

const ended = (standing: Standing): boolean => standing.status === 'closed' || standing.status === 'abandoned';

/** `T-00:13:53 stands`, `T0 LATE 00:02:10`, `T+00:05:00 from real T0 22:25:20`. */
export const tClock = (standing: Standing): SafeText => {
	const {t0, t0Started, heldSince, now} = standing;
	if (t0Started !== null) return safe(`T+${clock(now - t0Started)}`);
	if (ended(standing)) return safe('T0 was not begun');
	if (heldSince !== null)
		return safe(heldSince > t0 ? `T0 LATE ${clock(heldSince - t0)} stands` : `T-${clock(heldSince - t0)} stands`);
	return safe(now > t0 ? `T0 LATE ${clock(now - t0)}` : `T-${clock(now - t0)}`);
};

const nowText = ({now}: Standing): Span => span(safe(`now ${wall(now)} ${zone(now)}`), bold);

const planned = ({t0, count}: Standing): Span => span(safe(`T0 ${wall(t0)} count ${count}`));

/** Pieces before `now`, then those after it; the last stands at the end of the row. */
type Clocks = {readonly before: readonly SafeText[]; readonly after: readonly SafeText[]; readonly end: Span};

const preparing = (standing: Standing): Clocks => {
	const late = slip(standing.slippageSeconds * 1000);
	return {
		before: standing.heldSince === null ? [] : [safe(`held ${minutes(standing.now - standing.heldSince)}`)],
		after: late === '' ? [] : [safe(`slip ${late}`)],
		end: planned(standing),
	};
};

const polling = (standing: Standing, frozen: string | null): Clocks => {
	const opened = standing.poll?.opened ?? null;
	return {
		before: [],
		after: [safe(opened === null ? 'poll opens with the first vote' : `poll open ${minutes(standing.now - opened)}`)],
		end: span(safe(frozen === null ? 'not frozen yet' : `frozen by ${frozen}`)),
	};
};

const rollingBack = (standing: Standing): Clocks => {
	const by = standing.rollback?.proveBy ?? null;
	const left = by === null ? null : by - standing.now;
	return {
		before: [],
		after: [],
		end: span(
			safe(by === null || left === null ? '' : `proof by ${wall(by)}, ${left > 0 ? `in ${minutes(left)}` : 'past'}`),
			bold,
		),
	};
};

const running = (standing: Standing): Clocks => ({
	before: [safe(`from real T0 ${wall(standing.t0Started ?? standing.t0)}`)],
	after: [],
	end: span(safe(`planned ${wall(standing.t0)} count ${standing.count}`)),
});

const clocks = ({standing, state, view}: PanelProps): Clocks => {
	if (view.screen === 'poll' && standing.t0Started === null) return polling(standing, state.frozen?.by.name ?? null);
	if (standing.t0Started === null) return preparing(standing);
	return standing.rollback === null ? running(standing) : rollingBack(standing);
};

const gap = span(safe('   '), plain);

export const clocksLine = (props: PanelProps): Line => {
	const {before, after, end} = clocks(props);
	const pieces = [
		span(tClock(props.standing), bold),
		...before.map(text => span(text)),
		nowText(props.standing),
		...after.map(text => span(text)),
	];
	const left = pieces.flatMap((piece, at) => (at === 0 ? [piece] : [gap, piece]));
	return inset(props.size.columns, left, [end]);
};
