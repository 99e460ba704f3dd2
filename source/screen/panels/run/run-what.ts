/*
What a gate or a stage runs, verbatim, and what it waits for: files, answers and its checklist.
*/

import {commandsPassed, nextCommand} from '../../../cutover/due/next-command.ts';
import {running} from '../../../cutover/due/schedule.ts';
import {lookedFor, ofGate, ofStage, type RunFiles, runRows, type WillRun} from '../../../cutover/due/will-run.ts';
import type {Gate, Stage} from '../../../cutover/model/runbook.ts';
import type {State} from '../../../cutover/model/state.ts';
import {safe} from '../../../text/clean.ts';
import {wrap} from '../../../text/fit.ts';
import {citesOf} from '../../acts/documents.ts';
import type {PanelProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {blank, dim, inset, keyLook, type Line, span} from '../line.ts';
import {namesOf} from '../names.ts';
import {type Section, textSection} from '../section.ts';

const mostLines = 400;

const text = ({size: {columns}}: PanelProps, said: string, indent = 0): readonly Line[] =>
	paragraph(columns, said, {lead: [blank(indent)]});

/** Playbooks by their approved bytes; the files behind a command line are shown before it runs. */
const filesOf = ({state: {approved}}: PanelProps): RunFiles => ({
	ofLine: () => [],
	ofScript: () => [],
	ofPlaybook: path => [{path, digest: approved[path] ?? null, how: 'copy'}],
});

const runLines = (props: PanelProps, runs: readonly WillRun[], indent = 0): readonly Line[] =>
	runs
		.flatMap(run => runRows(run, {short: true, changed: props.snapshot.changed}))
		.flatMap(({of, text: said}) => text(props, said, of === '' ? indent + 2 : indent));

const gateLines = (props: PanelProps, gate: Gate, indent = 0): readonly Line[] => [
	...runLines(props, ofGate(gate, filesOf(props)), indent),
	...[...lookedFor(gate), ...(gate.passWhen === '' ? [] : [`passes when: ${gate.passWhen}`])].flatMap(said =>
		text(props, said, indent),
	),
];

/** Of a command of the stage. */
const markOf = (state: State, stage: Stage, index: number): string => {
	if (commandsPassed(state, stage).has(index)) return '   (done)';
	if (nextCommand(state, stage)?.index !== index) return '';
	return running(state, stage.id) === undefined ? '   (next)' : '   (running)';
};

/** Its commands come first, and in their order. */
const stageLines = (props: PanelProps, stage: Stage): readonly Line[] => {
	const {state} = props;
	const marked = ofStage(stage, filesOf(props)).map((run, index) =>
		index < (stage.commands?.length ?? 0)
			? {...run, verbatim: run.verbatim.replace(/^.*/, line => `${index + 1}  ${line}${markOf(state, stage, index)}`)}
			: run,
	);
	return [
		...runLines(props, marked, 1),
		...(state.runbook?.gates ?? [])
			.filter(({id}) => stage.gates.includes(id))
			.flatMap(gate => [...text(props, `${gate.id} ${gate.title}`), ...gateLines(props, gate, 2)]),
		...stage.items.flatMap(item => text(props, `checklist: ${item}`)),
	];
};

/** The text of the playbook, where it was read. */
const sourceLines = ({size, what}: PanelProps, playbook: string | null): readonly Line[] => {
	const lines = playbook === null ? null : what(playbook);
	return (lines ?? []).slice(0, mostLines).map(line => inset(size.columns, [blank(2), span(line, dim)]));
};

/** Where it runs, as whom, who approved it, what it sees; of what people answer who approved it alone. */
const circumstances = (
	{state, account, size: {columns}}: PanelProps,
	owners: string,
	isRun: boolean,
): readonly Line[] =>
	[
		...(isRun ? [`in ${state.workspace} as ${account}`] : []),
		`approved by ${state.approvedBy?.name ?? 'nobody'}, for ${owners}`,
		...(!isRun || (state.runbook?.pass ?? []).length === 0
			? []
			: [`sees the environment variables ${state.runbook?.pass.join(', ')}`]),
	].flatMap(said => paragraph(columns, said, {look: dim}));

/** Files that it names, and the key that reads them. */
const citeLines = ({size: {columns}}: PanelProps, cites: readonly string[]): readonly Line[] => {
	if (cites.length === 0) return [];
	const parts = wrap(safe(`cites ${cites.join(', ')}`), Math.max(10, columns - 10));
	return parts.map((part, at) =>
		inset(columns, [span(part)], at === parts.length - 1 ? [span('b', keyLook), span(' read', dim)] : []),
	);
};

export const whatSection = (props: PanelProps, id: string): Section => {
	const {state} = props;
	const gate = state.runbook?.gates.find(row => row.id === id);
	const stage = state.runbook?.stages.find(row => row.id === id);
	const owners = namesOf(state, gate?.owners ?? stage?.owners ?? []);
	const playbook = gate?.playbook ?? stage?.playbook ?? null;
	const cites = citesOf(props);
	const runs = [
		...(gate === undefined ? [] : gateLines(props, gate)),
		...(stage === undefined ? [] : stageLines(props, stage)),
	];
	const isByHand = runs.length === 0;
	const judged = state.runbook?.gates.filter(({id: name}) => name === id || stage?.gates.includes(name)) ?? [];
	const files = filesOf(props);
	const isRun = [...judged.flatMap(each => ofGate(each, files)), ...(stage ? ofStage(stage, files) : [])].length > 0;
	const lines = [
		...(isByHand ? text(props, `nothing: it is done by hand, by ${owners}`) : runs),
		...(isByHand ? [] : circumstances(props, owners, isRun)),
		...citeLines(props, cites),
		...sourceLines(props, playbook),
	];
	return textSection('WHAT RUNS', '', lines);
};
