/*
What is above the votes, to be read aloud: every gate that is not a plain pass, how often T0 was moved, votes that
fell, what the rollback would be; before keep the verifications and the triggers.
*/

import {type GateSnapshot, passingText} from '../../../cutover/snapshot/gates.ts';
import {type StageSnapshot, undoneWork} from '../../../cutover/snapshot/stages.ts';
import {wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {gateMark, stageMark} from '../../theme.ts';
import type {Point} from '../flow.ts';
import {healthPoints} from '../health/health-sum.ts';
import {readiness} from '../rollback/readiness.ts';

const firstToEnd = (gates: readonly GateSnapshot[]): GateSnapshot | undefined =>
	gates.filter(({until}) => until !== null).sort((a, b) => (a.until ?? 0) - (b.until ?? 0))[0];

const gatesPoint = ({snapshot: {gates, t0}, theme}: PanelProps): Point => {
	const first = firstToEnd(gates);
	const until = first?.until ?? null;
	const lasting = first === undefined || until === null ? '' : `, first to end: ${first.id} ${wallShort(until)}`;
	const isGood = gates.every(({verdict}) => verdict === 'pass') && (until === null || until >= t0);
	return {
		mark: gates.length === 0 ? theme.missing : isGood ? theme.yes : theme.warning,
		text: `${passingText(gates)}${lasting}`,
	};
};

const notPassing = ({snapshot, theme}: PanelProps): readonly Point[] =>
	snapshot.gates
		.filter(({verdict}) => verdict !== 'pass')
		.map(gate => {
			const mark = gateMark(theme, gate);
			return {mark, text: `${gate.id} ${mark.word} ${gate.reason ?? gate.title}`};
		});

/** What makes a good state worth a second thought. */
const warnings = ({snapshot, state}: PanelProps): readonly string[] => {
	const retried = snapshot.gates
		.filter(({verdict, failedBefore}) => verdict === 'pass' && failedBefore > 0)
		.map(
			({id, attempt, failedBefore, cause}) =>
				`${id} passed on attempt ${attempt}, ${failedBefore} failed · ${cause ?? 'no cause given'}`,
		);
	const last = state.t0Before.at(-1);
	return [...retried, ...(last === undefined ? [] : [`T0 was moved from ${wallShort(last.t0)}: ${last.reason}`])];
};

const fallen = ({snapshot: {poll}}: PanelProps): readonly string[] =>
	poll?.fallen == null ? [] : [`votes withdrawn at ${wall(poll.fallen.at)}: ${poll.fallen.reason}`];

const warning = ({theme}: PanelProps, texts: readonly string[]): readonly Point[] =>
	texts.map(text => ({mark: theme.warning, text}));

const stagePoint = ({theme}: PanelProps, stage: StageSnapshot): Point => {
	const mark = stageMark(theme, stage);
	return {mark, text: `${stage.id} ${mark.word} ${stage.action}`};
};

const undone = (props: PanelProps): readonly Point[] =>
	undoneWork(props.state, props.snapshot.stages).map(stage => stagePoint(props, stage));

const verifications = (props: PanelProps): readonly Point[] =>
	props.snapshot.stages.filter(({kind}) => kind === 'verification').map(stage => stagePoint(props, stage));

const noteworthy = ({snapshot, theme}: PanelProps): readonly Point[] =>
	snapshot.triggers
		.filter(({state, outages}) => outages > 0 || (state !== 'armed' && state !== 'not measured'))
		.map(({id, state, text}) => {
			const mark = theme.trigger[state];
			return {mark, text: `trigger ${id} ${mark.word} ${text}`};
		});

/** Hash of the newest entry, whole: written down elsewhere, `verify --head` proves the record against it. */
const head = ({entries, theme}: PanelProps): readonly Point[] => {
	const last = entries.at(-1);
	return last === undefined ? [] : [{mark: theme.missing, text: `head ${last.seq} ${last.hash}`}];
};

export const goPoints = (props: PanelProps): readonly Point[] => [
	gatesPoint(props),
	...notPassing(props),
	...undone(props),
	...warning(props, [...warnings(props), ...fallen(props)]),
	...(props.snapshot.endpoints.length === 0 ? [] : healthPoints(props)),
	...readiness(props).points,
	...head(props),
];

export const keepPoints = (props: PanelProps): readonly Point[] => [
	...verifications(props),
	...noteworthy(props),
	...healthPoints(props),
	...warning(props, fallen(props)),
	...readiness(props).points,
	...head(props),
];
