/*
The facts of a confirmation trigger: who said yes or no to each, and of whom an answer is awaited until when.
*/
import type {TriggerSnapshot} from '../../cutover/snapshot/triggers.ts';
import {wall, wallShort} from '../../text/time.ts';
import type {PanelProps} from '../panel.ts';
import {blank, bold, cell, inset, type Line, markOf, shape, span, word} from './line.ts';
import {namesOf} from './names.ts';

export const answerHint: Line = [span('t answer')];

/** A trigger that fired, whatever its kind; `text`: by what. */
export const firedLine = (
	{theme, size, snapshot}: PanelProps,
	{firedAt}: TriggerSnapshot,
	text: string,
	chosen: boolean,
): Line => {
	const mark = theme.trigger.fired;
	const said = span(` ${firedAt === null ? '' : wall(firedAt)}  ${text}`);
	return inset(
		size.columns,
		[shape(mark), blank(1), word(mark), said],
		snapshot.rollback === null ? [span('B roll back', bold)] : [],
		markOf(theme, chosen),
	);
};

type Fact = TriggerSnapshot['facts'][number];

const asked = ({state}: PanelProps, {answerBy, askedAt}: TriggerSnapshot, {awaits, yes, no}: Fact): string => {
	if (awaits.length === 0) return yes.length + no.length === 0 && answerBy === null ? 'nobody was asked' : '';
	if (answerBy === null) return 'nobody was asked';
	const since = askedAt === null ? '' : `asked ${wallShort(askedAt)}, `;
	return `? asked of ${namesOf(state, awaits, ', ')}   ${since}due ${wallShort(answerBy)}`;
};

const said = (props: PanelProps, trigger: TriggerSnapshot, fact: Fact): string => {
	const yes = fact.yes.length === 0 ? '' : `YES ${fact.yes.join(', ')}`;
	const no = fact.no.length === 0 ? '' : `no ${fact.no.join(', ')}`;
	const disputed = yes !== '' && no !== '' ? 'DISPUTED' : '';
	return [disputed, yes, no, asked(props, trigger, fact)].filter(text => text !== '').join('   ');
};

const factLine = (props: PanelProps, trigger: TriggerSnapshot, fact: Fact, chosen: boolean): Line => {
	const {theme, size} = props;
	const mark = fact.yes.length > 0 ? theme.warning : theme.missing;
	const width = Math.max(12, Math.min(Math.floor(size.columns / 2) - 8, 40));
	const left = [shape(mark), blank(1), cell(fact.text, width), blank(2), span(said(props, trigger, fact))];
	return inset(size.columns, left, trigger.state === 'fired' ? [] : answerHint, markOf(theme, chosen));
};

export const factLines = (props: PanelProps, trigger: TriggerSnapshot, chosen: boolean): readonly Line[] => {
	const fired = trigger.state === 'fired';
	const facts = trigger.facts.map((fact, at) => factLine(props, trigger, fact, chosen && at === 0 && !fired));
	return fired ? [firedLine(props, trigger, trigger.text, chosen), ...facts] : facts;
};
