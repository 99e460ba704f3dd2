/*
Whether anybody watches: a watcher that is gone is noticed by the clock of whoever looks.
*/

import type {State} from '../../../cutover/model/state.ts';
import type {Snapshot} from '../../../cutover/snapshot/snapshot.ts';
import {safe} from '../../../text/clean.ts';
import {minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {blank, bold, type Line, shape, span} from '../line.ts';

/** Two of the shortest intervals without any sample (ms). */
const silenceMs = ({runbook}: State): number =>
	2000 * Math.min(...(runbook?.endpoints ?? []).map(({everySeconds}) => everySeconds));

/** `3 s`, `02:15`. */
export const ageText = (ms: number): string => (ms < 100_000 ? `${Math.floor(Math.max(0, ms) / 1000)} s` : minutes(ms));

/** Since when no sample was taken; null while somebody watches. */
export const unwatchedSince = (state: State, {lastSampleAt, now}: Snapshot): number | null => {
	const last = lastSampleAt ?? state.begun?.at ?? now;
	return now - last > silenceMs(state) ? last : null;
};

/** `watcher alive, last sample 3 s ago`, or `? NO WATCHER since 22:30:05`. */
export const watchSpans = ({state, snapshot, theme}: PanelProps): Line => {
	const since = unwatchedSince(state, snapshot);
	if (since !== null) return [shape(theme.unknown), blank(1), span(safe(`NO WATCHER since ${wall(since)}`), bold)];
	const {lastSampleAt, now} = snapshot;
	return [
		span(
			safe(
				lastSampleAt === null
					? 'the first sample is awaited'
					: `watcher alive, last sample ${ageText(now - lastSampleAt)} ago`,
			),
		),
	];
};
