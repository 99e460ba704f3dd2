/*
What matters of a reading, short enough to be looked through for each manner of writing a runbook.
*/
import type {Gate, RollbackPath, Runbook, Stage, Trigger} from '../../source/cutover/model/runbook.ts';
import {requirementText} from '../../source/runbook/as-json.ts';
import {read} from './sample.ts';

const owners = (roles: readonly string[]): string => roles.join('+') || 'anyone';

const gate = ({id, kind, commands, files, groups, owners: roles}: Gate): string =>
	`${id} ${kind} [${commands.join(' | ')}] [${files.join(' ')}] [${groups.join(' ')}] ${owners(roles)}`;

const stage = ({id, offsetSeconds, kind, owners: roles, gates, items}: Stage): string =>
	`${id} ${offsetSeconds} ${kind} ${owners(roles)} [${gates.join(' ')}]${items.length > 0 ? ` asks ${items.join(', ')}` : ''}`;

const trigger = (one: Trigger): string =>
	one.kind === 'outage'
		? `outage ${one.strict ? '>' : '>='} ${one.thresholdSeconds}`
		: `${one.roles.join('|') || 'anyone'}: ${one.facts.join(' & ')}`;

function way(path: RollbackPath | null | undefined): string {
	if (!path) return '-';
	if (path.kind === 'workflow') return `${path.workflow} ${JSON.stringify(path.inputs)}`;
	return `${[path.script, ...(path.args ?? [])].join(' ')} (${path.reference ?? '-'})`;
}

const section = (name: string, lines: readonly string[]): readonly string[] => [
	name,
	...lines.map(line => `  ${line}`),
];

const parts = (runbook: Runbook): readonly string[] => [
	...section('gates', runbook.gates.map(gate)),
	...section('stages', runbook.stages.map(stage)),
	...section('triggers', runbook.triggers.map(trigger)),
	...section('rollback', [way(runbook.rollback?.preferred), way(runbook.rollback?.fallback)]),
	...section(
		'sign-offs',
		runbook.signOffs.map(({role, requires}) => `${role}: ${requires.map(requirementText).join(', ') || '-'}`),
	),
	...section('evidence', [runbook.evidence.flatMap(({field}) => field ?? []).join(' · ')]),
];

/** A line a gate, stage, trigger, rollback and sign-off, the fields of the evidence, and the problems with their places. */
export function readingText(text: string, options: Parameters<typeof read>[1] = {}): string {
	const {runbook, problems} = read(text, options);
	const reported = problems.map(({severity, line, column, code}) => `${line}:${column} ${severity} ${code}`);
	return [...(runbook ? parts(runbook) : []), ...section('problems', reported)].join('\n');
}
