/*
An endpoint in one row: its state and since when, what it answered last, and its newest answers. Whoever answers for
one that nobody can see is named beside it: that never makes it up.
*/
import type {Decision} from '../../../cutover/health/baseline/compare.ts';
import type {EndpointSnapshot} from '../../../cutover/snapshot/endpoints.ts';
import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {blank, cell, fitted, type Line, shape, span, widest, word} from '../line.ts';
import {sparkline} from './sparkline.ts';
import {tookText} from './watching.ts';

/** What is down first, then what nobody can see; critical ones before others. */
const urgency = {down: 0, unknown: 1, up: 2} satisfies Record<EndpointSnapshot['state'], number>;

export const inOrder = (endpoints: readonly EndpointSnapshot[]): readonly EndpointSnapshot[] =>
	endpoints.toSorted((a, b) => urgency[a.state] - urgency[b.state] || Number(b.critical) - Number(a.critical));

const sinceText = ({state, since, always}: EndpointSnapshot): string => {
	if (state === 'up' && always) return 'all the time';
	return since === null ? '' : `since ${wall(since)}`;
};

/** Its answers since T0 are worth a look. */
export const isWorse = (decision: Decision | undefined): boolean => decision === 'worse' || decision === 'watch';

/** `84 ms, baseline 81, worse`; before T0 there is nothing to compare with. */
const latencyText = ({lastLatencyMs, compared}: EndpointSnapshot): string => {
	const baseline = compared?.latency.medians[0] ?? null;
	const advice = compared !== null && isWorse(compared.decision) ? [compared.decision] : [];
	const parts = [
		...(lastLatencyMs === null ? [] : [tookText(lastLatencyMs)]),
		...(baseline === null ? [] : [`baseline ${Math.round(baseline)}`]),
		...advice,
	];
	return parts.join(', ');
};

/** Two who agree answer for it; one alone waits for another. */
const answersText = ({words, answered}: EndpointSnapshot): string => {
	if (answered !== null) return `${words.map(({by}) => by).join(' and ')} say ${answered}`;
	const [only, other] = words;
	if (only === undefined) return '';
	return other === undefined
		? `${only.by} says ${only.up ? 'up' : 'down'}`
		: words.map(({by, up}) => `${by} ${up ? 'up' : 'down'}`).join(', ');
};

const unseenText = (endpoint: EndpointSnapshot): string => {
	const answers = answersText(endpoint);
	if (answers !== '') return answers;
	if (endpoint.recent.at(-1)?.ms === 'unknown') return endpoint.reason ?? 'no answer';
	if (endpoint.recent.length === 0) return 'never seen yet';
	return `nobody sees it, was ${endpoint.fails > 0 ? 'DOWN' : 'up'}`;
};

const seen = {ok: 'up', fail: 'DOWN', unknown: 'unknown'} as const;

const verdictOf = {up: 'ok', down: 'fail', unknown: 'unknown'} as const;

/** How other hosts see it. */
const seenFrom = (elsewhere: EndpointSnapshot['elsewhere']): readonly string[] =>
	elsewhere.map(({host, verdict}) => `seen from ${host}: ${seen[verdict]}`);

export const saidText = (endpoint: EndpointSnapshot): string => {
	if (endpoint.state === 'unknown') return unseenText(endpoint);
	if (endpoint.state === 'up') return latencyText(endpoint);
	const {fails} = endpoint;
	return `${endpoint.reason ?? 'no answer'}${fails > 0 ? `, ${fails} in a row` : ''}`;
};

/** What an operator must not overlook beside a state. */
const remarksOf = ({critical, insecure}: EndpointSnapshot): readonly string[] => [
	...(critical ? [] : ['not critical']),
	...(insecure ? ['TLS not verified'] : []),
];

/** All 32 that are remembered and the bar where there is room, and none where there is little. */
export const lineWidth = (columns: number): number => (columns < 72 ? 0 : Math.min(33, 18 + Math.max(0, columns - 80)));

export type Widths = {readonly name: number; readonly word: number};

/** How the columns are cut, the same for every row. */
export const widthsOf = ({snapshot, theme}: PanelProps): Widths => ({
	name: widest(snapshot.endpoints, ({name}) => name, 1, 16),
	word: widest(snapshot.endpoints, ({state}) => theme.endpoint[state].word, 1, 7),
});

const sinceWidth = 14;

/** Exactly as wide as the panel. */
export const endpointLine = (props: PanelProps, endpoint: EndpointSnapshot, widths: Widths): Line => {
	const {theme, size, snapshot} = props;
	const mark = theme.endpoint[endpoint.state];
	const start = [
		blank(1),
		shape(mark),
		blank(1),
		cell(endpoint.name, widths.name),
		blank(1),
		word(mark, widths.word),
		blank(2),
		cell(sinceText(endpoint), sinceWidth),
		blank(3),
	];
	// What another host sees otherwise is not cut: one of the two is wrong, or the network between them is.
	const {same = [], other = []} = Object.groupBy(endpoint.elsewhere, ({verdict}) =>
		verdict === verdictOf[endpoint.state] ? 'same' : 'other',
	);
	const about = [...remarksOf(endpoint), ...seenFrom(other), saidText(endpoint), ...seenFrom(same)];
	const said = span(about.join(', '));
	const width = lineWidth(size.columns);
	const answers = width === 0 ? [] : [blank(1), span(sparkline(endpoint.recent, snapshot.t0Started, width, theme))];
	const room = Math.max(0, size.columns - 1 - (width === 0 ? 0 : width + 1));
	return [...fitted([...start, said], room), ...answers, blank(1)];
};

/** `✔ api UP 84 ms`: each in short, the worst first. */
export const endpointPieces = ({snapshot, theme}: PanelProps): readonly Line[] =>
	inOrder(snapshot.endpoints).map(({name, state, lastLatencyMs}) => {
		const mark = theme.endpoint[state];
		const took = state !== 'up' || lastLatencyMs === null ? '' : ` ${tookText(lastLatencyMs)}`;
		return [shape(mark), span(` ${name} `), word(mark), span(took)];
	});

/** Those that are up, in one line. */
export const foldedLine = (props: PanelProps, endpoints: readonly EndpointSnapshot[]): Line => {
	const {theme, size, snapshot} = props;
	const names = endpoints
		.map(endpoint => [endpoint.name, ...remarksOf(endpoint).map(remark => `(${remark})`)].join(' '))
		.join(', ');
	const said = `${endpoints.length} of ${snapshot.endpoints.length} up: ${names}`;
	return fitted([blank(1), shape(theme.endpoint.up), blank(1), span(said)], size.columns);
};
