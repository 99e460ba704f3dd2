/*
The roll call, with what is voted on above it.
*/
import {identityText} from '../../../cutover/model/person.ts';
import {type GateSnapshot, passingText} from '../../../cutover/snapshot/gates.ts';
import type {Snapshot} from '../../../cutover/snapshot/snapshot.ts';
import {type StageSnapshot, undoneWork} from '../../../cutover/snapshot/stages.ts';
import {wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {gateMark, type Mark, stageMark} from '../../theme.ts';
import {type Point, paragraph, pointLines} from '../flow.ts';
import {healthPoints} from '../health/health-sum.ts';
import {blank, bold, cell, dim, inset, type Line, markOf, plain, shape, span, widest} from '../line.ts';
import {personIn} from '../names.ts';
import {readiness} from '../rollback/readiness.ts';
import {type Row, row, type Section, stacked, textSection} from '../section.ts';

/*
What is above the votes, to be read aloud: every gate that is not a plain pass, how often T0 was moved, votes that
fell, what the rollback would be; before keep the verifications and the triggers.
*/
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

const goPoints = (props: PanelProps): readonly Point[] => [
	gatesPoint(props),
	...notPassing(props),
	...undone(props),
	...warning(props, [...warnings(props), ...fallen(props)]),
	...(props.snapshot.endpoints.length === 0 ? [] : healthPoints(props)),
	...readiness(props).points,
	...head(props),
];

const keepPoints = (props: PanelProps): readonly Point[] => [
	...verifications(props),
	...noteworthy(props),
	...healthPoints(props),
	...warning(props, fallen(props)),
	...readiness(props).points,
	...head(props),
];

type Poll = NonNullable<Snapshot['poll']>;
type Vote = Poll['votes'][number];

/** What differs between the two polls. */
const kinds = {
	go: {
		points: goPoints,
		about: 'any order, one no-go is HOLD at once',
		rules: [
			'A vote is typed: GO, or NO-GO with its reason. It starts nothing: T0 is started separately.',
			'All votes are withdrawn when a gate fails or goes stale, a file changes or T0 moves.',
		],
	},
	keep: {
		points: keepPoints,
		about: 'any order, the last vote closes it',
		rules: [
			'A vote is typed: KEEP. Rolling back is an act of its own.',
			'Every keep is withdrawn when an outage begins or a trigger fires.',
		],
	},
} satisfies Record<Poll['kind'], unknown>;

const pointsSection = (props: PanelProps, poll: Poll): Section =>
	textSection('READ ALOUD', 'what you vote on', pointLines(props.size.columns, kinds[poll.kind].points(props)), 2);

const markFor = ({theme}: PanelProps, {vote}: Vote): Mark => {
	if (vote === null) return theme.missing;
	return vote === 'no-go' ? theme.no : theme.yes;
};

/** Whether somebody who is awaited has a link of their own, and is there. */
const linkText = ({links}: Snapshot, role: string): string => {
	const link = links.find(({roles}) => roles.includes(role));
	if (link === undefined || link.state === 'revoked') return '';
	return ` · link ${link.state === 'locked' ? 'LOCKED' : link.state} ${wallShort(link.since)}`;
};

const said = ({reason, vote, at, identity, relayedBy, role}: Vote, {opened}: Poll, snapshot: Snapshot): string => {
	if (vote === null)
		return `${opened === null ? 'has not voted' : `asked ${wall(opened)}, has not voted`}${linkText(snapshot, role)}`;
	return `${vote.toUpperCase()}${at === null ? '' : ` ${wall(at)}`}${relayedBy === null ? '' : ` RELAYED by ${relayedBy}`}${identity === null ? '' : ` · ${identityText({strength: identity})}`}${reason === null ? '' : `   "${reason}"`}`;
};

const voteRow = (props: PanelProps, poll: Poll, vote: Vote, chosen: boolean): Row => {
	const {theme, size, state} = props;
	const width = widest(poll.votes, ({role}) => role, 0, 24);
	const nameWidth = widest(poll.votes, each => personIn(state, each), 6, size.columns < 80 ? 10 : 18);
	const look = vote.vote === null ? plain : bold;
	const left = [
		shape(markFor(props, vote)),
		blank(1),
		cell(vote.role, width),
		blank(2),
		cell(personIn(state, vote), nameWidth),
		blank(2),
	];
	const line = inset(size.columns, [...left, span(said(vote, poll, props.snapshot), look)], [], markOf(theme, chosen));
	return row([vote.role], [line]);
};

const rollCall = (props: PanelProps, poll: Poll): Section => {
	const chosen = chosenIn('votes', props);
	const given = poll.votes.filter(({vote}) => vote !== null).length;
	return {
		title: 'ROLL CALL',
		about: `${kinds[poll.kind].about} · ${given} of ${poll.votes.length} voted`,
		rows: poll.votes.map(vote => voteRow(props, poll, vote, vote.role === chosen)),
		chosen,
		least: Math.min(4, poll.votes.length),
	};
};

const rulesOf = ({size}: PanelProps, {kind}: Poll): readonly Line[] =>
	kinds[kind].rules.flatMap(text => paragraph(size.columns, text, {lead: [blank(2)], look: dim}));

export const pollLines = (props: PanelProps): readonly Line[] => {
	const {poll} = props.snapshot;
	const {size, theme} = props;
	if (poll === null) return [inset(size.columns, [span('No poll is open: this decision was taken, or has no stage.')])];
	const lines = stacked([pointsSection(props, poll), rollCall(props, poll)], size, theme);
	const rules = rulesOf(props, poll);
	return size.rows - lines.length > rules.length ? [...lines, [], ...rules] : lines;
};
