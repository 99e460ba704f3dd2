/*
The rollback triggers: half the screen once T0 is begun, a section each, the way back named where one person judges alone.
Before T0 they are rows of a list.
*/
import type {TriggerStanding} from '../../cutover/standing.ts';
import {type SafeText, safe} from '../../text/clean.ts';
import type {PanelProps} from '../panel.ts';
import {chosenIn, markOf} from './chosen.ts';
import {factLines} from './facts.ts';
import {blank, inset, type Line, shape, short, span, word} from './line.ts';
import {namesOf} from './names.ts';
import {outageLines} from './outage.ts';
import {readiness} from './readiness.ts';
import type {Row, Section} from './section.ts';

const alone = ({kind, facts, roles}: TriggerStanding): boolean =>
	kind === 'confirmation' && facts.length === 1 && roles.length === 1;

const title = (trigger: TriggerStanding): SafeText => {
	if (trigger.kind === 'outage') return safe(`${trigger.id} HEALTH`);
	if (alone(trigger)) return safe(`${trigger.id} JUDGEMENT`);
	return short(safe(`${trigger.id} ${(trigger.facts[0]?.text ?? trigger.text).toUpperCase()}`), 30);
};

const counted = (count: number): string => (count === 2 ? 'both facts' : `all ${count} facts`);

const about = ({state}: PanelProps, trigger: TriggerStanding): string => {
	if (trigger.kind === 'outage') return trigger.text;
	if (alone(trigger)) return `${namesOf(state, trigger.roles)} alone`;
	const names = trigger.roles.length === 0 ? '' : ` · ${namesOf(state, trigger.roles, ', ')}`;
	return `${trigger.facts.length === 1 ? 'one fact' : counted(trigger.facts.length)}${names}`;
};

const usual: readonly TriggerStanding['state'][] = ['armed', 'disarmed', 'not measured'];

const noteworthy = ({theme}: PanelProps, {state}: TriggerStanding): string =>
	usual.includes(state) ? '' : ` · ${theme.trigger[state].word}`;

const readinessRow = ({state, theme, size}: PanelProps): Row => {
	const {mark, text} = readiness(state, theme);
	return {ids: [], lines: [inset(size.columns, [shape(mark), blank(1), span(text)])]};
};

/** One section a trigger, as they stand after T0. */
export const triggerSections = (props: PanelProps): readonly Section[] => {
	const chosen = chosenIn('triggers', props);
	return props.standing.triggers.map(trigger => {
		const draw = trigger.kind === 'outage' ? outageLines : factLines;
		const row: Row = {ids: [trigger.id], lines: draw(props, trigger, trigger.id === chosen)};
		return {
			title: title(trigger),
			about: safe(`${about(props, trigger)}${noteworthy(props, trigger)}`),
			rows: alone(trigger) && props.standing.rollback === null ? [row, readinessRow(props)] : [row],
			chosen: trigger.id === chosen ? chosen : null,
			least: usual.includes(trigger.state) && trigger.firesAt === null ? 1 : row.lines.length,
		};
	});
};

const listed = ({theme, size}: PanelProps, trigger: TriggerStanding, chosen: boolean): Line => {
	const mark = theme.trigger[trigger.state];
	const left = [shape(mark), blank(1), span(safe(`${trigger.id} `)), word(mark), span(safe(`  ${trigger.text}`))];
	return inset(size.columns, left, [], markOf(theme, chosen));
};

/** A row each, for the list before T0. */
export const triggerRows = (props: PanelProps): readonly Row[] => {
	const chosen = chosenIn('triggers', props);
	return props.standing.triggers.map(trigger => ({
		ids: [trigger.id],
		lines: [listed(props, trigger, trigger.id === chosen)],
	}));
};
