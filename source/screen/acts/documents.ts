/*
What can be read about the selected row: the runbook at that row, what the row names, then everything else that the runbook
names or that was approved with it.
*/
import {type Choice, choice} from '../../commands/field.ts';
import type {Gate, RollbackPath, Runbook, SignOff, Stage} from '../../cutover/model/runbook.ts';
import type {State} from '../../cutover/model/state.ts';
import {pathWords} from '../../text/shell.ts';
import {rememberLast} from '../remember.ts';
import {selectedRow} from '../state/subject.ts';
import type {ScreenContext} from './act.ts';

/** Approved files that a command line names, as they are named there. */
const inCommands = ({approved}: State, commands: readonly string[]): readonly string[] => {
	const words = pathWords(commands.join('\n')).map(word => word.replace(/^\.\//, ''));
	return Object.keys(approved).filter(path => words.includes(path));
};

const ofGate = (state: State, {files, playbook, commands}: Gate): readonly string[] => [
	...(playbook === null ? [] : [playbook]),
	...files,
	...inCommands(state, commands),
];

const ofStage = (state: State, {playbook, gates, commands = []}: Stage): readonly string[] => [
	...(playbook === null ? [] : [playbook]),
	...inCommands(state, commands),
	...(state.runbook?.gates ?? []).filter(({id}) => gates.includes(id)).flatMap(gate => ofGate(state, gate)),
];

const ofSignOff = ({requires}: SignOff): readonly string[] =>
	requires.flatMap(({kind, of}) => (kind === 'file' ? [of] : []));

const ofPath = (state: State, path: RollbackPath | null | undefined): readonly string[] => [
	...[path?.workflow, path?.script, path?.reference].filter(file => file != null),
	...inCommands(state, path?.commands ?? []),
];

const ofRollback = (state: State, {rollback}: Runbook): readonly string[] => [
	...ofPath(state, rollback?.preferred),
	...ofPath(state, rollback?.fallback),
];

/** A row of the runbook, as it is called: its line from 1, and the files that it names. */
type Row = {readonly called: string; readonly line: number; readonly names: readonly string[]};

type Listed = Omit<Row, 'names'> & {readonly id: string; names(): readonly string[]};

/** In their order; the rollback as a row of its own. */
const rowsIn = (state: State): readonly Listed[] => {
	const {runbook} = state;
	if (runbook === null) return [];
	const {gates, stages, rollback, signOffs, triggers} = runbook;
	const row = (id: string, line: number, names: Listed['names'], called = id): Listed => ({id, line, called, names});
	return [
		...(rollback === null ? [] : [row('rollback', rollback.line, () => ofRollback(state, runbook), 'the rollback')]),
		...gates.map(gate => row(gate.id, gate.line, () => ofGate(state, gate))),
		...stages.map(stage => row(stage.id, stage.line, () => ofStage(state, stage))),
		...signOffs.map(signOff => row(signOff.id, signOff.line, () => ofSignOff(signOff))),
		...triggers.map(({id, line}) => row(id, line, () => [], `trigger ${id}`)),
	];
};

/** What both a keypress and a panel know. */
type Shown = Pick<ScreenContext, 'state' | 'view' | 'snapshot' | 'entries'>;

const rowBefore = rememberLast<Row | null>();

/** The row with this id; null where the runbook has none. */
export const rowNamed = (state: State, id: string | null): Row | null =>
	rowBefore(state, id ?? '', () => {
		const found = rowsIn(state).find(row => row.id === id);
		return found === undefined ? null : {...found, names: found.names()};
	});

/** The row that is meant, with the files that it names; null where none is. */
const rowOf = (at: Shown): Row | null => {
	const {state, view} = at;
	if (view.screen === 'rollback' && state.runbook?.rollback != null) return rowNamed(state, 'rollback');
	return rowNamed(state, view.screen === 'run' ? view.target : (selectedRow(at)?.id ?? null));
};

/** As it is named in the workspace. */
const plainPath = (path: string): string => path.replace(/^(?:\.\/)+/, '');

/** Files that the row names, each once. */
export const citesOf = (at: Shown): readonly string[] => [...new Set((rowOf(at)?.names ?? []).map(plainPath))];

const all = (state: State): readonly string[] =>
	[...rowsIn(state).flatMap(row => row.names()), ...Object.keys(state.approved)].map(plainPath);

/** The path by which the runbook was approved, where it was: from the workspace. */
export const approvedName = ({approved, workspace}: State, path: string): string => {
	const inside = path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
	return Object.hasOwn(approved, inside) ? inside : path;
};

/** Everything that can be read, the runbook first, each once. */
export const documentsIn = (state: State): readonly string[] =>
	state.runbook === null ? [] : [...new Set([approvedName(state, state.runbook.path), ...all(state)])];

export const documentsFor = (at: ScreenContext): readonly Choice[] => {
	const {state} = at;
	const {runbook} = state;
	if (runbook === null) return [];
	const own = approvedName(state, runbook.path);
	const row = rowOf(at);
	const named = citesOf(at);
	const others = all(state).filter(path => path !== own && !named.includes(path));
	return [
		choice(own, row === null ? `${own}  the runbook` : `${own}  the runbook, at ${row.called}`),
		...named.filter(path => path !== own).map(path => choice(path, `${path}  named by ${row?.called ?? ''}`)),
		...[...new Set(others)].map(path => choice(path, path)),
	];
};

/** The line from 0 that a document opens at: of the runbook that of the row. */
export const lineIn = (at: ScreenContext, path: string): number => {
	const {state} = at;
	if (state.runbook === null || path !== approvedName(state, state.runbook.path)) return 0;
	return Math.max(0, (rowOf(at)?.line ?? 1) - 1);
};
