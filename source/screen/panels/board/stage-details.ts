/*
What stands below the row of a stage: why it failed or was lost and what of it still runs, and how far a checklist is
answered while it is worked on.
*/

import {commandsPassed, nextCommand} from '../../../cutover/due/next-command.ts';
import {attemptKey} from '../../../cutover/model/attempt-target.ts';
import type {StageSnapshot} from '../../../cutover/snapshot/stage-snapshot.ts';
import {safe} from '../../../text/clean.ts';
import type {PanelProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {blank, bold, inset, type Line, shape, span} from '../line.ts';
import {isBad} from './stage-row.ts';

const troubleLines = ({state, size}: PanelProps, stage: StageSnapshot): readonly Line[] => {
	if (!isBad(stage)) return [];
	const still = state.attempts[attemptKey({target: {stage: stage.id}, attempt: stage.attempt})]?.ended?.still ?? [];
	const running = still.length === 0 ? '' : `STILL RUNS: ${still.join(', ')}`;
	return [stage.remark ?? '', running]
		.filter(text => text !== '')
		.flatMap(text => paragraph(size.columns, text, {lead: [blank(5)], free: 1}));
};

const workedOn: readonly StageSnapshot['state'][] = ['due', 'overdue', 'running', 'open', 'failed'];
const over: readonly StageSnapshot['state'][] = ['done', 'skipped'];

const checklistLines = ({state, size, theme}: PanelProps, {id, state: word}: StageSnapshot): readonly Line[] => {
	const answers = state.stages[id]?.items ?? {};
	const begun = workedOn.includes(word) || (!over.includes(word) && Object.keys(answers).length > 0);
	if (!begun) return [];
	const items = state.runbook?.stages.find(stage => stage.id === id)?.items ?? [];
	if (items.length === 0) return [];
	const parts = items.flatMap((name): Line => {
		const result = answers[name]?.result;
		const mark = result === undefined ? theme.missing : result === 'pass' ? theme.yes : theme.no;
		return [shape(mark), span(safe(` ${name}   `))];
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
		const mark = passed.has(index) ? theme.yes : theme.missing;
		const [first = '', ...others] = text.split('\n');
		const shown = others.length === 0 ? first : `${first} …`;
		return inset(size.columns, [blank(5), shape(mark), span(safe(` ${shown}`), index === next ? bold : {})]);
	});
};

export const detailLines = (props: PanelProps, stage: StageSnapshot): readonly Line[] => [
	...commandLines(props, stage),
	...checklistLines(props, stage),
	...troubleLines(props, stage),
];
