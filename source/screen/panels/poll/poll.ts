/*
The roll call, with what is voted on above it.
*/

import {identityText} from '../../../cutover/model/person.ts';
import type {State} from '../../../cutover/model/state.ts';
import type {Snapshot} from '../../../cutover/snapshot/snapshot.ts';
import {type SafeText, safe} from '../../../text/clean.ts';
import {wall, wallShort} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import type {Mark} from '../../theme.ts';
import {paragraph, pointLines} from '../flow.ts';
import {blank, bold, cell, dim, inset, type Line, markOf, plain, shape, span, widest} from '../line.ts';
import {nameOf} from '../names.ts';
import {type Row, row, type Section, stacked, textSection} from '../section.ts';
import {goPoints, keepPoints} from './poll-points.ts';

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

/** Who voted, or will; empty where only the role is known. */
const voterOf = (state: State, {by, role}: Vote): SafeText => {
	const person = by ?? nameOf(state, role);
	return safe(person === role ? '' : person);
};

const voteRow = (props: PanelProps, poll: Poll, vote: Vote, chosen: boolean): Row => {
	const {theme, size, state} = props;
	const width = widest(poll.votes, ({role}) => role, 0, 24);
	const nameWidth = widest(poll.votes, each => voterOf(state, each), 6, size.columns < 80 ? 10 : 18);
	const look = vote.vote === null ? plain : bold;
	const left = [
		shape(markFor(props, vote)),
		blank(1),
		cell(safe(vote.role), width),
		blank(2),
		cell(voterOf(state, vote), nameWidth),
		blank(2),
	];
	const line = inset(
		size.columns,
		[...left, span(safe(said(vote, poll, props.snapshot)), look)],
		[],
		markOf(theme, chosen),
	);
	return row([vote.role], [line]);
};

const rollCall = (props: PanelProps, poll: Poll): Section => {
	const chosen = chosenIn('votes', props);
	const given = poll.votes.filter(({vote}) => vote !== null).length;
	return {
		title: safe('ROLL CALL'),
		about: safe(`${kinds[poll.kind].about} · ${given} of ${poll.votes.length} voted`),
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
	if (poll === null)
		return [inset(size.columns, [span(safe('No poll is open: this decision was taken, or has no stage.'))])];
	const lines = stacked([pointsSection(props, poll), rollCall(props, poll)], size, theme);
	const rules = rulesOf(props, poll);
	return size.rows - lines.length > rules.length ? [...lines, [], ...rules] : lines;
};
