/*
What a gate or a stage runs, verbatim: its commands, files and words, its playbook with digest and approval.
*/

import {commandsPassed, nextCommand} from '../../../cutover/due/next-command.ts';
import {running} from '../../../cutover/due/schedule.ts';
import type {Gate, Stage} from '../../../cutover/model/runbook.ts';
import {safe} from '../../../text/clean.ts';
import {wrap} from '../../../text/fit.ts';
import {citesOf} from '../../acts/documents.ts';
import type {PanelProps} from '../../panel.ts';
import {paragraph} from '../flow.ts';
import {blank, dim, inset, keyLook, type Line, span} from '../line.ts';
import {namesOf} from '../names.ts';
import {type Section, textSection} from '../section.ts';

const mostLines = 400;

const text = (columns: number, reported: string, indent = 0): readonly Line[] =>
	paragraph(columns, reported, {lead: [blank(indent)]});

const gateLines = (columns: number, {commands, files, groups, need, passWhen}: Gate, indent = 0): readonly Line[] => [
	...commands.flatMap(command => text(columns, `bash -o pipefail -c '${command}'`, indent)),
	...files.flatMap(file => text(columns, `file ${file}`, indent)),
	...(groups.length === 0
		? []
		: text(columns, `answers of ${groups.join(', ')}${groups.length > 1 ? `: ${need} of them` : ''}`, indent)),
	...(passWhen === '' ? [] : text(columns, `passes when: ${passWhen}`, indent)),
];

const stageLines = ({state, size: {columns}}: PanelProps, stage: Stage): readonly Line[] => [
	...(stage.commands ?? []).flatMap((command, index) => {
		const now = running(state, stage.id) === undefined ? 'next' : 'running';
		const mark = commandsPassed(state, stage).has(index)
			? 'done'
			: nextCommand(state, stage)?.index === index
				? now
				: '';
		return command
			.split('\n')
			.flatMap((line, at) =>
				text(columns, at === 0 ? `${index + 1}  ${line}${mark === '' ? '' : `   (${mark})`}` : line, at === 0 ? 1 : 4),
			);
	}),
	...(state.runbook?.gates ?? [])
		.filter(({id}) => stage.gates.includes(id))
		.flatMap(gate => [...text(columns, `${gate.id} ${gate.title}`), ...gateLines(columns, gate, 2)]),
	...stage.items.flatMap(item => text(columns, `checklist: ${item}`)),
];

const playbookLines = ({state, snapshot, size, view}: PanelProps, playbook: string | null): readonly Line[] => {
	if (playbook === null) return [];
	const changed = snapshot.changed.includes(playbook) ? ', CHANGED since: the approved copy runs' : '';
	const digest = state.approved[playbook] ?? 'comes with this program';
	const source = view.what?.path === playbook ? view.what.lines.slice(0, mostLines) : [];
	return [
		...text(size.columns, `playbook ${playbook}  ${digest}${changed}`),
		...source.map(line => inset(size.columns, [blank(2), span(safe(line), dim)])),
	];
};

/** Where it runs, as whom, who approved it, what it sees: beside the lists, where a title has no room for it. */
const circumstances = ({state, account, size: {columns}}: PanelProps, owners: string): readonly Line[] =>
	[
		`in ${state.workspace} as ${account}`,
		`approved by ${state.approvedBy?.name ?? 'nobody'}, for ${owners}`,
		...((state.runbook?.pass ?? []).length === 0
			? []
			: [`sees the environment variables ${state.runbook?.pass.join(', ')}`]),
	].flatMap(said => paragraph(columns, said, {look: dim}));

/** Files that it names, and the key that reads them. */
const citeLines = ({size: {columns}}: PanelProps, cites: readonly string[]): readonly Line[] => {
	if (cites.length === 0) return [];
	const parts = wrap(safe(`cites ${cites.join(', ')}`), Math.max(10, columns - 10));
	return parts.map((part, at) =>
		inset(columns, [span(part)], at === parts.length - 1 ? [span(safe('b'), keyLook), span(safe(' read'), dim)] : []),
	);
};

/** `beside`: in the pane beside the lists. */
export const whatSection = (props: PanelProps, id: string, beside = false): Section => {
	const {state, size} = props;
	const gate = state.runbook?.gates.find(row => row.id === id);
	const stage = state.runbook?.stages.find(row => row.id === id);
	const owners = namesOf(state, gate?.owners ?? stage?.owners ?? []);
	const playbook = gate?.playbook ?? stage?.playbook ?? null;
	const cites = citesOf(props);
	const runs = [
		...(gate === undefined ? [] : gateLines(size.columns, gate)),
		...(stage === undefined ? [] : stageLines(props, stage)),
	];
	const isByHand = runs.length === 0 && playbook === null;
	const lines = [
		...(stage === undefined || beside ? [] : text(size.columns, stage.action)),
		...(isByHand ? text(size.columns, `nothing: it is done by hand, by ${owners}`) : runs),
		...(beside && !isByHand ? circumstances(props, owners) : []),
		...citeLines(props, cites),
		...playbookLines(props, playbook),
	];
	const about = `in ${state.workspace} · approved by ${state.approvedBy?.name ?? 'nobody'} · for ${owners}`;
	return textSection('WHAT RUNS', beside || isByHand ? '' : about, lines);
};
