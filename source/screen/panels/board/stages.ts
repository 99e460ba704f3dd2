/*
The timeline, a stage a row. From the real T0 on the stages before it are folded away, which their number says, unless
one moves among them. Below the row of one are its commands, how far its checklist is answered, why it failed or was lost and what
of it still runs.
*/

import {commandsPassed, nextCommand} from '../../../cutover/due/next-command.ts';
import {running} from '../../../cutover/due/schedule.ts';
import {attemptKey} from '../../../cutover/model/attempt-target.ts';
import type {StageSnapshot} from '../../../cutover/snapshot/stages.ts';
import {wallShortOn} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import {chosenIn} from '../../state/rows.ts';
import {sizeClass} from '../../state/view.ts';
import {paragraph} from '../flow.ts';
import {blank, bold, inset, type Line, shape, span} from '../line.ts';
import {stillText} from '../run/outcome.ts';
import {lazyRow, type Section} from '../section.ts';
import {isBad, isStarted, stageLine} from './stage-row.ts';
import {over, timeline} from './timeline.ts';

const troubleLines = ({state, size}: PanelProps, stage: StageSnapshot): readonly Line[] => {
	if (!isBad(stage)) return [];
	const {ended} = state.attempts[attemptKey({target: {stage: stage.id}, attempt: stage.attempt})] ?? {};
	return [...(stage.remark === null ? [] : [stage.remark]), ...stillText(ended?.still ?? [])].flatMap(text =>
		paragraph(size.columns, text, {lead: [blank(5)], free: 1}),
	);
};

const workedOn: readonly StageSnapshot['state'][] = ['due', 'overdue', 'running', 'open', 'failed'];

const checklistLines = ({state, size, theme}: PanelProps, {id, state: word}: StageSnapshot): readonly Line[] => {
	const answers = state.stages[id]?.items ?? {};
	const begun = workedOn.includes(word) || (!over.includes(word) && Object.keys(answers).length > 0);
	if (!begun) return [];
	const items = state.runbook?.stages.find(stage => stage.id === id)?.items ?? [];
	if (items.length === 0) return [];
	const parts = items.flatMap((name): Line => {
		const result = answers[name]?.result;
		const mark = result === undefined ? theme.missing : result === 'pass' ? theme.yes : theme.no;
		return [shape(mark), span(` ${name}   `)];
	});
	return [inset(size.columns, [blank(5), ...parts])];
};

/** Its commands while it is worked on: which passed, and which is next. */
const commandLines = ({state, size, theme}: PanelProps, {id, state: word}: StageSnapshot): readonly Line[] => {
	if (!workedOn.includes(word)) return [];
	const stage = state.runbook?.stages.find(row => row.id === id);
	if (!stage) return [];
	const passed = commandsPassed(state, stage);
	const next = nextCommand(state, stage)?.index;
	return (stage.commands ?? []).map((text, index) => {
		const open = index === next && running(state, id) !== undefined ? theme.stage.running : theme.missing;
		const mark = passed.has(index) ? theme.yes : open;
		const [first = '', ...others] = text.split('\n');
		const shown = others.length === 0 ? first : `${first} …`;
		return inset(size.columns, [blank(5), shape(mark), span(` ${shown}`, index === next ? bold : {})]);
	});
};

const detailLines = (props: PanelProps, stage: StageSnapshot): readonly Line[] => [
	...commandLines(props, stage),
	...checklistLines(props, stage),
	...troubleLines(props, stage),
];

/** On a wide screen a list this long is shown whole. */
const shortList = 12;

/** Once T0 has started those from it on, unless the mark is on an earlier one. */
const shown = (props: PanelProps, chosen: string | null): readonly StageSnapshot[] => {
	const {stages} = props.snapshot;
	const act = stages.findIndex(({kind}) => kind === 'act');
	const marked = stages.findIndex(({id}) => id === chosen);
	const roomy = sizeClass(props.view.size) === 'wide' && stages.length <= shortList;
	const all = roomy || !isStarted(props) || act < 0 || (marked >= 0 && marked < act);
	return all ? stages : stages.filter((stage, at) => at >= act || stage.state === 'running' || stage.state === 'open');
};

/** `ends ~23:10, 12 min late`: where the runbook says how long its stages take. */
const forecastText = ({snapshot: {forecast, now}}: PanelProps): string => {
	if (forecast === null) return '';
	const late = Math.round(forecast.lateSeconds / 60);
	return `ends ~${wallShortOn(forecast.end, now)}${late === 0 ? '' : `, ${late} min late`}`;
};

/** Of the rule at the end of its title. */
const ruleCells = 3;

const foldedText = (count: number): string => (count === 0 ? '' : `${count} earlier hidden`);

export const stagesSection = (props: PanelProps): Section => {
	const chosen = chosenIn('stages', props);
	const stages = shown(props, chosen);
	const folded = foldedText(props.snapshot.stages.length - stages.length);
	const note = [forecastText(props), folded].filter(text => text !== '').join(', ');
	return {
		title: 'TIMELINE',
		about: room => timeline(props, room - ruleCells),
		note,
		rows: stages.map(stage => {
			const details = detailLines(props, stage);
			return lazyRow([stage.id], 1 + details.length, () => [stageLine(props, stage, stage.id === chosen), ...details]);
		}),
		chosen,
		least: 2,
	};
};
