/*
Whether anybody watches: a watcher that is gone is noticed by the clock of whoever looks.
*/
import type {State} from '../../../cutover/model/state.ts';
import type {Snapshot} from '../../../cutover/snapshot/snapshot.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {blank, bold, type Line, shape, span} from '../line.ts';

/** `84 ms`, `12.3 s`. */
export const tookText = (ms: number): string => (ms < 9999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** Two of the shortest intervals without any sample (ms). */
const silenceMs = ({runbook}: State): number =>
	2000 * Math.min(...(runbook?.endpoints ?? []).map(({everySeconds}) => everySeconds));

/** `3 s`, `02:15`. */
export const ageText = (ms: number): string => (ms < 100_000 ? `${Math.floor(Math.max(0, ms) / 1000)} s` : minutes(ms));

/** Since when no sample was taken; null while somebody watches. */
export const unwatchedSince = (state: State, {lastSampleAt, now, watchEnded}: Snapshot): number | null => {
	if (watchEnded !== null) return null;
	const last = lastSampleAt ?? state.begun?.at ?? now;
	return now - last > silenceMs(state) ? last : null;
};

/** `watcher alive, last sample 3 s ago`, or `? NO WATCHER since 22:30:05`; shorter where there are not `room` cells for it. */
export const watchSpans = ({state, snapshot, theme, size}: PanelProps, room = size.columns): Line => {
	const since = unwatchedSince(state, snapshot);
	if (since !== null) return [shape(theme.unknown), blank(1), span(`NO WATCHER since ${wall(since)}`, bold)];
	const {lastSampleAt, now, watchEnded} = snapshot;
	if (watchEnded !== null) return [span(`nobody asks since ${wall(watchEnded)}`)];
	if (lastSampleAt === null) return [span('the first sample is awaited')];
	const last = `last sample ${ageText(now - lastSampleAt)} ago`;
	const whole = `watcher alive, ${last}`;
	return [span(whole.length + 4 <= room ? whole : last)];
};
