/*
What stands above the votes, to be read aloud: every gate that is not a plain pass, how often T0 was moved, votes that
fell, what the rollback would be; before keep the verifications and the triggers.
*/

import type {GateSnapshot} from '../../../cutover/snapshot/gates.ts';
import {wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {paragraph} from '../flow.ts';
import {healthPoints} from '../health/health-sum.ts';
import {blank, type Line, shape} from '../line.ts';
import {type Point, readiness} from '../rollback/readiness.ts';

/** In full, on as many rows as it takes. */
const point = ({size}: PanelProps, mark: Mark, text: string): readonly Line[] =>
	paragraph(size.columns, text, {lead: [shape(mark), blank(1)]});

const firstToEnd = (gates: readonly GateSnapshot[]): GateSnapshot | undefined =>
	gates.filter(({until}) => until !== null).sort((a, b) => (a.until ?? 0) - (b.until ?? 0))[0];

const gatesPoint = (props: PanelProps): readonly Line[] => {
	const {snapshot, theme} = props;
	const {gates} = snapshot;
	const passed = gates.filter(({verdict}) => verdict === 'pass').length;
	const first = firstToEnd(gates);
	const until = first?.until ?? null;
	const lasting = first === undefined || until === null ? '' : `, first to end: ${first.id} ${wallShort(until)}`;
	const good = passed === gates.length && (until === null || until >= snapshot.t0);
	return point(props, good ? theme.yes : theme.warning, `${passed} of ${gates.length} gates pass${lasting}`);
};

const notPassing = (props: PanelProps): readonly Line[] =>
	props.snapshot.gates
		.filter(({verdict}) => verdict !== 'pass')
		.flatMap(({id, verdict, reason, title}) => {
			const mark = props.theme.gate[verdict];
			return point(props, mark, `${id} ${mark.word} ${reason ?? title}`);
		});

const retried = (props: PanelProps): readonly Line[] =>
	props.snapshot.gates
		.filter(({verdict, failedBefore}) => verdict === 'pass' && failedBefore > 0)
		.flatMap(({id, attempt, failedBefore, cause}) =>
			point(
				props,
				props.theme.warning,
				`${id} passed on attempt ${attempt}, ${failedBefore} failed · ${cause ?? 'no cause given'}`,
			),
		);

const moved = (props: PanelProps): readonly Line[] => {
	const last = props.state.t0Before.at(-1);
	if (last === undefined) return [];
	return point(props, props.theme.warning, `T0 was moved from ${wallShort(last.t0)}: ${last.reason}`);
};

const fallen = (props: PanelProps): readonly Line[] => {
	const fell = props.snapshot.poll?.fallen ?? null;
	if (fell === null) return [];
	return point(props, props.theme.warning, `the votes given fell at ${wall(fell.at)}: ${fell.reason}`);
};

/** How health stands, or the rollback. */
const points = (props: PanelProps, found: readonly Point[]): readonly Line[] =>
	found.flatMap(({mark, text}) => point(props, mark, text));

const verifications = (props: PanelProps): readonly Line[] =>
	props.snapshot.stages
		.filter(({kind}) => kind === 'verification')
		.flatMap(({id, state, action}) => {
			const mark = props.theme.stage[state];
			return point(props, mark, `${id} ${mark.word} ${action}`);
		});

const noteworthy = (props: PanelProps): readonly Line[] =>
	props.snapshot.triggers
		.filter(({state, outages}) => outages > 0 || (state !== 'armed' && state !== 'not measured'))
		.flatMap(({id, state, text}) => {
			const mark = props.theme.trigger[state];
			return point(props, mark, `trigger ${id} ${mark.word} ${text}`);
		});

/** Hash of the newest entry, whole: written down elsewhere, `verify --head` proves the record against it. */
const head = (props: PanelProps): readonly Line[] => {
	const last = props.entries.at(-1);
	return last === undefined ? [] : point(props, props.theme.missing, `head ${last.seq} ${last.hash}`);
};

export const goPoints = (props: PanelProps): readonly Line[] => [
	...gatesPoint(props),
	...notPassing(props),
	...retried(props),
	...moved(props),
	...fallen(props),
	...(props.snapshot.endpoints.length === 0 ? [] : points(props, healthPoints(props))),
	...points(props, readiness(props).points),
	...head(props),
];

export const keepPoints = (props: PanelProps): readonly Line[] => [
	...verifications(props),
	...noteworthy(props),
	...points(props, healthPoints(props)),
	...fallen(props),
	...points(props, readiness(props).points),
	...head(props),
];
