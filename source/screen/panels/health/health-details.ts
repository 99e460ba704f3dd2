/*
An endpoint in full: what is asked, what it answered last, how its answers since T0 compare with those before, which version
answers, and who says what while nobody can see it. Numbers of the comparison are here alone: it is advice, people decide.
*/

import {type Decision, errorReason, latencyReason} from '../../../cutover/health/baseline/compare.ts';
import type {Endpoint} from '../../../cutover/model/endpoint.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {counted} from '../../../text/counted.ts';
import {durationText, minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {blank, cell, dim, inset, type Line, span} from '../line.ts';
import {endpointLine, inOrder, isWorse, lineWidth, type Widths, widthsOf} from './endpoint-row.ts';
import {sparkline} from './sparkline.ts';
import {tookText} from './watching.ts';

type Detail = readonly [name: string, text: string];

const boundOf = ({state}: PanelProps, name: string): Endpoint | undefined =>
	state.runbook?.endpoints?.find(endpoint => endpoint.name === name);

const byProxy = ({proxy}: EndpointSnapshot): string => (proxy === null ? '' : ` by proxy ${proxy}`);

const asked = (props: PanelProps, endpoint: EndpointSnapshot): readonly Detail[] => {
	const {name, target, critical} = endpoint;
	const bound = boundOf(props, name);
	if (bound === undefined) return [['asks', `${target}${byProxy(endpoint)}`]];
	const {everySeconds, timeoutSeconds, thresholdSeconds} = bound;
	const own = thresholdSeconds === undefined ? '' : `, threshold ${minutes(thresholdSeconds * 1000)} of its own`;
	const often = `every ${durationText(everySeconds)}, time-out ${durationText(timeoutSeconds)}`;
	return [
		[
			'asks',
			`${target}${byProxy(endpoint)} ${often}${endpoint.insecure ? ', TLS not verified' : ''}${critical ? '' : ', not critical: decides nothing'}${own}`,
		],
	];
};

const last = (endpoint: EndpointSnapshot): readonly Detail[] => {
	const {lastAt, recent} = endpoint;
	if (lastAt === null) return [['last', 'never asked yet']];
	const ms = recent.at(-1)?.ms ?? 'unknown';
	const said = typeof ms === 'number' ? tookText(ms) : (endpoint.reason ?? 'no answer');
	return [['last', `${wall(lastAt)}, ${said}${ms === 'unknown' ? ', so nothing is known' : ''}`]];
};

const decided = (decision: Decision): string => (isWorse(decision) ? decision.toUpperCase() : decision);

/** Before T0 there is nothing to compare, and what is there becomes the baseline. */
const compared = ({compared: found, samplesBefore}: EndpointSnapshot): readonly Detail[] => {
	if (found === null)
		return [['baseline', `${counted(samplesBefore, 'sample')} so far; those after T0 are compared with them`]];
	const {latency, errors} = found;
	return [
		['answers', `${decided(latency.decision)}: ${latencyReason(latency)}`],
		['failures', `${decided(errors.decision)}: ${errorReason(errors)}`],
	];
};

const versions = ({version, versionBefore}: EndpointSnapshot, begun: boolean): readonly Detail[] => {
	if (version === null && versionBefore === null) return [];
	return [['version', `${version ?? 'unknown'}${begun ? `, before T0 ${versionBefore ?? 'unknown'}` : ''}`]];
};

const words = ({words: said}: EndpointSnapshot): readonly Detail[] =>
	said.length === 0
		? []
		: [['people', said.map(({by, at, up}) => `${by} says ${up ? 'up' : 'down'} at ${wall(at)}`).join(', ')]];

const flapping = ({snapshot}: PanelProps, {name}: EndpointSnapshot): readonly Detail[] => {
	const found = snapshot.triggers.map(trigger => trigger.flapping).find(each => each?.endpoint === name);
	return found ? [['flapping', `${found.outages} outages, ${found.percent} % failing within one threshold`]] : [];
};

const nameWidth = 9;

const detailLines = ({size}: PanelProps, [name, text]: Detail): readonly Line[] =>
	paragraph(size.columns, text, {lead: [blank(2), cell(name, nameWidth, dim), blank(1)], free: 1});

/** Where its row has no room for them. */
const samples = ({size, snapshot, theme}: PanelProps, {recent}: EndpointSnapshot): readonly Line[] => {
	if (lineWidth(size.columns) > 0 || recent.length === 0) return [];
	const width = Math.max(4, Math.min(recent.length + 1, size.columns - nameWidth - 6));
	const drawn = span(sparkline(recent, snapshot.t0Started, width, theme));
	return [inset(size.columns, [blank(2), cell('samples', nameWidth, dim), blank(1), drawn])];
};

const endpointInFull = (props: PanelProps, endpoint: EndpointSnapshot, widths: Widths): readonly Line[] => [
	endpointLine(props, endpoint, widths),
	...samples(props, endpoint),
	...[
		...asked(props, endpoint),
		...last(endpoint),
		...words(endpoint),
		...flapping(props, endpoint),
		...compared(endpoint),
		...versions(endpoint, props.snapshot.t0Started !== null),
	].flatMap(detail => detailLines(props, detail)),
];

/** All of them, the worst first. */
export const endpointsInFull = (props: PanelProps): readonly Line[] => {
	const widths = widthsOf(props);
	return inOrder(props.snapshot.endpoints).flatMap(endpoint => endpointInFull(props, endpoint, widths));
};
