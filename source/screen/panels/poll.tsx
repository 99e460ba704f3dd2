/*
The roll call. What is voted on stands above the votes, to be read aloud: every gate that is not a plain pass, how often
T0 was moved, what the rollback would be.
*/
import type {GateStanding, Standing} from '../../cutover/standing.ts';
import {phrase, type SafeText, safe} from '../../text/clean.ts';
import {cells} from '../../text/fit.ts';
import {wall, wallShort} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import type {Mark} from '../theme.ts';
import {chosenIn, markOf} from './chosen.ts';
import {blank, bold, cell, inset, type Line, shape, span} from './line.ts';
import {nameOf} from './names.ts';
import {Paint} from './paint.tsx';
import {readiness} from './readiness.ts';
import {type Row, type Section, stacked} from './section.ts';

type Poll = NonNullable<Standing['poll']>;
type Vote = Poll['votes'][number];

const point = (columns: number, mark: Mark, text: SafeText): Line =>
	inset(columns, [shape(mark), blank(1), span(text)]);

const ends = (gates: readonly GateStanding[]): GateStanding | undefined =>
	gates.filter(({until}) => until !== null).sort((a, b) => (a.until ?? 0) - (b.until ?? 0))[0];

const gatesPoint = ({standing, theme, size}: PanelProps): Line => {
	const {gates} = standing;
	const passed = gates.filter(({verdict}) => verdict === 'pass').length;
	const first = ends(gates);
	const until = first?.until ?? null;
	const lasting = until === null ? '' : `, first to end: ${first?.id ?? ''} ${wallShort(until)}`;
	const all = passed === gates.length;
	return point(
		size.columns,
		all && (until === null || until >= standing.t0) ? theme.yes : theme.warning,
		safe(`${passed} of ${gates.length} gates pass${lasting}`),
	);
};

const notPass = ({standing, theme, size}: PanelProps): readonly Line[] =>
	standing.gates
		.filter(({verdict}) => verdict !== 'pass')
		.map(gate =>
			point(
				size.columns,
				theme.gate[gate.verdict],
				safe(`${gate.id} ${theme.gate[gate.verdict].word} ${gate.reason ?? gate.title}`),
			),
		);

const retried = ({standing, theme, size}: PanelProps): readonly Line[] =>
	standing.gates
		.filter(({verdict, failedBefore}) => verdict === 'pass' && failedBefore > 0)
		.map(gate =>
			point(
				size.columns,
				theme.warning,
				safe(
					`${gate.id} passed on attempt ${gate.attempt}, ${gate.failedBefore} failed · ${gate.cause ?? 'no cause given'}`,
				),
			),
		);

const moved = ({state, theme, size}: PanelProps): readonly Line[] => {
	const last = state.t0Before.at(-1);
	return last === undefined
		? []
		: [point(size.columns, theme.warning, safe(`T0 was moved from ${wallShort(last.t0)}: ${last.reason}`))];
};

const fallen = ({standing, theme, size}: PanelProps): readonly Line[] => {
	const fell = standing.poll?.fallen ?? null;
	return fell === null
		? []
		: [point(size.columns, theme.warning, safe(`the votes given fell at ${wall(fell.at)}: ${fell.reason}`))];
};

const ready = ({state, theme, size}: PanelProps): Line => {
	const {mark, text} = readiness(state, theme);
	return point(size.columns, mark, text);
};

const outages = ({standing, theme, size}: PanelProps): readonly Line[] =>
	standing.triggers
		.filter(({state, outages: count}) => count > 0 || (state !== 'armed' && state !== 'not measured'))
		.map(trigger =>
			point(
				size.columns,
				theme.trigger[trigger.state],
				safe(`trigger ${trigger.id} ${theme.trigger[trigger.state].word} ${trigger.text}`),
			),
		);

const stagesPoint = ({standing, theme, size}: PanelProps): readonly Line[] =>
	standing.stages
		.filter(({planned, kind}) => planned > (standing.t0Started ?? standing.t0) && kind === 'verification')
		.map(stage =>
			point(
				size.columns,
				theme.stage[stage.state],
				safe(`${stage.id} ${theme.stage[stage.state].word} ${stage.action}`),
			),
		);

const about = (props: PanelProps, poll: Poll): Section => {
	const points =
		poll.kind === 'go'
			? [gatesPoint(props), ...notPass(props), ...retried(props), ...moved(props), ...fallen(props), ready(props)]
			: [
					...stagesPoint(props),
					...outages(props),
					point(props.size.columns, props.theme.unknown, safe('health not measured')),
					...fallen(props),
					ready(props),
				];
	return {
		title: safe('READ ALOUD'),
		about: safe('what you vote on'),
		rows: points.map(line => ({ids: [], lines: [line]})),
		chosen: null,
		least: 2,
	};
};

const marked = ({theme}: PanelProps, {vote}: Vote): Mark =>
	vote === null ? theme.missing : vote === 'no-go' ? theme.no : theme.yes;

const said = ({reason, vote, at}: Vote, poll: Poll): string => {
	if (vote === null) return poll.opened === null ? 'has not voted' : `asked ${wall(poll.opened)}, has not voted`;
	return `${vote.toUpperCase()}${at === null ? '' : ` ${wall(at)}`}${reason === null ? '' : `  "${reason}"`}`;
};

const voteRow = (props: PanelProps, poll: Poll, vote: Vote, chosen: boolean): Row => {
	const {theme, size, state} = props;
	const role = Math.min(24, Math.max(...poll.votes.map(row => cells(safe(row.role)))));
	const name = safe(vote.by ?? nameOf(state, vote.role));
	const left = [
		shape(marked(props, vote)),
		blank(1),
		cell(safe(vote.role), role),
		blank(2),
		cell(name === safe(vote.role) ? safe('') : name, 8),
		span(safe(said(vote, poll)), vote.vote === null ? {} : bold),
	];
	return {ids: [vote.role], lines: [inset(size.columns, left, [], markOf(theme, chosen))]};
};

const rollCall = (props: PanelProps, poll: Poll): Section => {
	const chosen = chosenIn('votes', props);
	const given = poll.votes.filter(({vote}) => vote !== null).length;
	return {
		title: safe('ROLL CALL'),
		about: safe(
			poll.kind === 'go'
				? `any order, the last vote closes it · one no-go is HOLD at once · ${given} of ${poll.votes.length}`
				: `any order, the last vote closes it · ${given} of ${poll.votes.length}`,
		),
		rows: poll.votes.map(vote => voteRow(props, poll, vote, vote.role === chosen)),
		chosen,
		least: Math.min(4, poll.votes.length),
	};
};

const how: Readonly<Record<Poll['kind'], readonly SafeText[]>> = {
	go: [
		safe('A vote is typed: GO, or NO-GO with its reason. Nothing starts by it: T0 is begun apart.'),
		safe('A go, and every vote given, falls when a gate fails or turns stale, bytes change or T0 moves.'),
	],
	keep: [
		safe('A vote is typed: KEEP. Every owner says it; rolling back is an act of its own.'),
		safe('A keep falls when an outage begins or a trigger fires.'),
	],
};

const nobody = ({size}: PanelProps): readonly Line[] => [
	inset(size.columns, [span(safe('No poll: the runbook has no stage for this decision, or it was taken.'))]),
];

export const pollLines = (props: PanelProps): readonly Line[] => {
	const {poll} = props.standing;
	if (poll === null) return nobody(props);
	const {columns, rows} = props.size;
	const lines = stacked([about(props, poll), rollCall(props, poll)], props.size, props.theme);
	const left = rows - lines.length;
	return left < 3 ? lines : [...lines, [], ...how[poll.kind].map(text => inset(columns, [span(phrase`  ${text}`)]))];
};

export const Poll = (props: PanelProps) => <Paint lines={pollLines(props)} size={props.size} theme={props.theme} />;
