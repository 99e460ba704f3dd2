/*
`check --json`, key for key as docs/cli.md promises.
*/
import type {Gate, Requirement, RollbackPath, Runbook, SignOff, Stage, Trigger} from '../cutover/runbook.ts';
import type {Read} from './opening.ts';
import {inOrder} from './understood.ts';

const gate = ({id, title, kind, commands, files, passWhen, owners, groups, playbook, line}: Gate) => ({
	id, title, kind, ...(commands.length === 0 ? {} : {command: commands.join(' && ')}), files, passWhen, owners, groups, playbook, line,
});

const stage = ({id, kind, offsetSeconds, owners, action, evidence, items, gates, playbook, line}: Stage) => ({
	id, kind, offsetSeconds, owners, action, evidence, items, gates, playbook, line,
});

const trigger = (each: Trigger) =>
	each.kind === 'outage'
		? {id: each.id, kind: each.kind, text: each.text, thresholdSeconds: each.thresholdSeconds, strict: each.strict, line: each.line}
		: {id: each.id, kind: each.kind, text: each.text, roles: each.roles, facts: each.facts, need: each.need, line: each.line};

const path = (each: RollbackPath | null) => {
	if (each === null) return null;
	if (each.kind === 'workflow') return {kind: each.kind, workflow: each.workflow, inputs: each.inputs};
	return {kind: each.kind, script: each.script, ...(each.reference === null ? {} : {reference: each.reference})};
};

const words = {
	log: of => `log of ${of}`,
	decision: of => `decision at ${of}`,
	acknowledged: of => `acknowledgement of ${of}`,
	file: of => `file ${of}`,
} satisfies {[K in Requirement['kind']]: (of: string) => string};

const signOff = ({id, role, text, requires, line}: SignOff) => ({id, role, text, requires: requires.map(({kind, of}) => words[kind](of)), line});

const document = ({title, path: file, digest, gates, stages, triggers, rollback, signOffs, evidence}: Runbook) => ({
	title,
	path: file,
	digest,
	gates: gates.map(gate),
	stages: stages.map(stage),
	triggers: triggers.map(trigger),
	rollback: {preferred: path(rollback?.preferred ?? null), fallback: path(rollback?.fallback ?? null)},
	signOffs: signOffs.map(signOff),
	evidence: {fields: evidence.flatMap(({field}) => (field === null ? [] : [field]))},
});

export const asJson = ({runbook, problems}: Pick<Read, 'runbook' | 'problems'>) => ({
	runbook: runbook === null ? null : document(runbook),
	problems: inOrder(problems).map(({severity, line, column, code, message, mend}) => ({severity, line, column, code, message, mend})),
});
