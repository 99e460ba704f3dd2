/*
The state of all endpoints together: in a few words where there is one row for it, and as points where it is read aloud.
*/

import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {counted} from '../../../text/counted.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import type {Point} from '../flow.ts';
import {blank, type Line, shape, span} from '../line.ts';
import {inOrder, isWorse, saidText} from './endpoint-row.ts';
import {unwatchedSince, watchSpans} from './watching.ts';

/** `2 of 3 up`. */
export const countUp = ({endpoints}: PanelProps['snapshot']): string =>
	`${endpoints.filter(({state}) => state === 'up').length} of ${endpoints.length} up`;

/** `3 of 3 up`, `1 of 3 up, api DOWN, auth UNKNOWN`, `0 of 3 up, 3 UNKNOWN`. */
export const sumOfEndpoints = ({snapshot, theme}: PanelProps): string => {
	const others = (['down', 'unknown'] as const).flatMap(word => {
		const those = snapshot.endpoints.filter(({state}) => state === word);
		const [only, ...more] = those;
		if (only === undefined) return [];
		return [`, ${more.length === 0 ? only.name : those.length} ${theme.endpoint[word].word}`];
	});
	return `${countUp(snapshot)}${others.join('')}`;
};

/** Of the worst one; null where all are up. */
export const worstMark = ({snapshot, theme}: PanelProps): Mark | null => {
	const [worst] = inOrder(snapshot.endpoints);
	return worst === undefined || worst.state === 'up' ? null : theme.endpoint[worst.state];
};

/** Samples that each endpoint has at least: with them those after T0 will be compared. */
const baselineText = (endpoints: readonly EndpointSnapshot[], isBrief: boolean): string => {
	const least = Math.min(...endpoints.map(({samplesBefore}) => samplesBefore));
	if (least === 0) return ', no baseline yet';
	return `, baseline ${isBrief ? least : counted(least, 'sample')}`;
};

/** `3 of 3 up, baseline 184 samples`; where there is little room the baseline gives way, to what is not up altogether. */
export const healthSpans = (props: PanelProps, isBrief = false): Line => {
	const {endpoints} = props.snapshot;
	if (endpoints.length === 0) return [span('health not measured')];
	if (props.snapshot.watchEnded !== null) return watchSpans(props);
	const worst = worstMark(props);
	const mark = worst === null ? [] : [shape(worst), blank(1)];
	const isWatched = unwatchedSince(props.state, props.snapshot) === null;
	const baseline = isBrief && worst !== null ? '' : baselineText(endpoints, isBrief);
	const said = isWatched ? baseline : ', NO WATCHER';
	return [...mark, span(`${sumOfEndpoints(props)}${said}`)];
};

const isWorth = ({state, compared}: EndpointSnapshot): boolean => state !== 'up' || isWorse(compared?.decision);

/** What is not up, or answers worse than before T0; the others in one. */
export const healthPoints = ({snapshot: {endpoints}, theme}: PanelProps): readonly Point[] => {
	if (endpoints.length === 0) return [{mark: theme.unknown, text: 'health not measured'}];
	const isUp = endpoints.every(({state}) => state === 'up');
	return [
		...inOrder(endpoints)
			.filter(isWorth)
			.map(endpoint => ({
				mark: endpoint.state === 'up' ? theme.warning : theme.endpoint[endpoint.state],
				text: `${endpoint.name} ${theme.endpoint[endpoint.state].word}: ${saidText(endpoint)}`,
			})),
		...(isUp ? [{mark: theme.yes, text: `${endpoints.length} of ${endpoints.length} endpoints up`}] : []),
	];
};
