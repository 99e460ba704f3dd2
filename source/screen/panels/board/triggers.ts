/*
The rollback triggers: half the screen once T0 is begun, a section each, the rollback named where one person judges alone.
Before T0 they are rows of a list.
*/

import type {TriggerSnapshot} from '../../../cutover/snapshot/triggers.ts';
import {counted} from '../../../text/counted.ts';
import {wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {factLines} from '../facts.ts';
import {pointLines} from '../flow.ts';
import {outageLines} from '../health/outage.ts';
import {aboutOutage} from '../health/outage-about.ts';
import {type Line, short, widthOfText, withMark} from '../line.ts';
import {namesOf} from '../names.ts';
import {readiness} from '../rollback/readiness.ts';
import {type Row, row, type Section, textRows} from '../section.ts';

const alone = ({kind, facts, roles}: TriggerSnapshot): boolean =>
	kind === 'confirmation' && facts.length === 1 && roles.length === 1;

const title = (trigger: TriggerSnapshot): string => {
	if (trigger.kind === 'outage') return `${trigger.id} HEALTH`;
	if (alone(trigger)) return `${trigger.id} JUDGEMENT`;
	return short(`${trigger.id} ${(trigger.facts[0]?.text ?? trigger.text).toUpperCase()}`, 30);
};

const about = (props: PanelProps, trigger: TriggerSnapshot): string => {
	const {state} = props;
	if (trigger.kind === 'outage') return trigger.measured ? aboutOutage(props, trigger) : trigger.text;
	if (alone(trigger))
		return `${namesOf(state, trigger.roles)} alone${isSilent(props, trigger) ? ` · ${trigger.facts[0]?.text ?? ''}` : ''}`;
	const names = trigger.roles.length === 0 ? '' : ` · ${namesOf(state, trigger.roles, ', ')}`;
	return `${counted(trigger.facts.length, 'confirmation')} needed${names}`;
};

const usual: readonly TriggerSnapshot['state'][] = ['armed', 'disarmed', 'not measured'];

const askedText = (answerBy: number | null, state: TriggerSnapshot['state']): string => {
	if (answerBy === null || (state !== 'asked' && state !== 'no answer')) return '';
	return state === 'asked' ? `, due ${wall(answerBy)}` : ` (due ${wall(answerBy)})`;
};

const noteworthy = ({theme}: PanelProps, {state, answerBy}: TriggerSnapshot): string =>
	usual.includes(state) ? '' : ` · ${theme.trigger[state].word}${askedText(answerBy, state)}`;

const readinessLines = (props: PanelProps): readonly Line[] => pointLines(props.size.columns, readiness(props).points);

/** Nobody said anything yet, and the rollback takes more than a row: its rows then stand for the trigger. */
const isSilent = (props: PanelProps, trigger: TriggerSnapshot): boolean =>
	alone(trigger) &&
	trigger.state === 'armed' &&
	trigger.facts.every(({yes, no}) => yes.length + no.length === 0) &&
	props.snapshot.rollback === null &&
	readiness(props).points.length > 1;

const rowsOf = (props: PanelProps, trigger: TriggerSnapshot, folded: boolean): readonly Row[] => {
	const chosen = trigger.id === chosenIn('triggers', props);
	if (trigger.kind === 'outage') return [row([trigger.id], outageLines(props, trigger, chosen, folded))];
	if (isSilent(props, trigger)) {
		const [first = [], ...rest] = readinessLines(props);
		return [row([trigger.id], [withMark(first, props.theme, chosen), ...rest])];
	}
	const facts = row([trigger.id], factLines(props, trigger, chosen));
	const ready = alone(trigger) && props.snapshot.rollback === null ? readinessLines(props) : [];
	return [facts, ...textRows(ready)];
};

/** What runs or has happened is shown whole. */
const isQuiet = ({state, firesAt, blind, flapping}: TriggerSnapshot): boolean =>
	usual.includes(state) && firesAt === null && blind.length === 0 && flapping === null;

/** One section a trigger, as they are after T0. `folded`: endpoints that are up share a line. */
export const triggerSections = (props: PanelProps, folded = false): readonly Section[] => {
	const chosen = chosenIn('triggers', props);
	return props.snapshot.triggers.map(trigger => {
		const rows = rowsOf(props, trigger, folded);
		const word = noteworthy(props, trigger);
		const room = props.size.columns - widthOfText(title(trigger)) - widthOfText(word) - 6;
		return {
			title: title(trigger),
			about: `${short(about(props, trigger), Math.max(0, room))}${word}`,
			rows,
			chosen: trigger.id === chosen ? chosen : null,
			least: isQuiet(trigger) ? 1 : (rows[0]?.height ?? 1),
		};
	});
};
