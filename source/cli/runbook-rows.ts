/* The rows of a runbook by their kind, as an operator types them and as a shell offers them. */
import type {TargetKind} from '../commands/spec.ts';
import type {Runbook} from '../cutover/model/runbook.ts';
import {known} from './usage-error.ts';

export type Offered = {readonly value: string; readonly about: string};

type Rows = (runbook: Runbook) => readonly Offered[];

const gates: Rows = runbook => runbook.gates.map(({id, title}) => ({value: id, about: title}));
const stages: Rows = runbook => runbook.stages.map(({id, action}) => ({value: id, about: action}));
const triggers: Rows = runbook => runbook.triggers.map(({id, text}) => ({value: id, about: text}));
const signOffs: Rows = runbook => runbook.signOffs.map(({id, text}) => ({value: id, about: text}));
const roles: Rows = runbook => runbook.roles.map(value => ({value, about: ''}));
const fields: Rows = ({evidence}) => evidence.flatMap(({field}) => (field === null ? [] : [{value: field, about: ''}]));

export const rowsOf = {
	gate: gates,
	stage: stages,
	'gate or stage': runbook => [...gates(runbook), ...stages(runbook)],
	trigger: triggers,
	'sign-off': signOffs,
	'evidence field': fields,
	'evidence field or sign-off': runbook => [...fields(runbook), ...signOffs(runbook)],
	role: roles,
	row: runbook => [...gates(runbook), ...stages(runbook), ...triggers(runbook), ...signOffs(runbook)],
} satisfies Partial<Record<TargetKind | 'row', Rows>>;

export type RowKind = keyof typeof rowsOf;

const written = (kind: RowKind, word: string): string => {
	if (kind === 'role') return word.trim().replaceAll(/\s+/g, '-');
	return kind.startsWith('evidence') ? word.replace(/:\s*$/, '') : word;
};

/** As the runbook spells it, found without regard to case. Throws UsageError that lists what there is. */
export const named = (runbook: Runbook, kind: RowKind, word: string): string =>
	known(
		kind,
		written(kind, word),
		rowsOf[kind](runbook).map(({value}) => value),
	);
