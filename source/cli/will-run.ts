/*
What will run, verbatim, with the digest of what is approved: shown before anything begins, because nothing runs that
was not shown.
*/

import type {AttemptTarget, PathName} from '../cutover/model/attempt-target.ts';
import type {Digests, Gate, RollbackPath, Runbook, Stage} from '../cutover/model/runbook.ts';
import {wordsOf} from '../cutover/model/script.ts';
import type {WillRun} from '../cutover/ports.ts';

type Workflow = Extract<RollbackPath, {kind: 'workflow'}>;

const ofGate = (gate: Gate, approved: Digests): readonly WillRun[] => {
	if (gate.playbook !== null)
		return [{target: {gate: gate.id}, verbatim: gate.playbook, digest: approved[gate.playbook] ?? null}];
	return gate.commands.map(verbatim => ({target: {gate: gate.id}, verbatim, digest: null}));
};

const ofStage = (stage: Stage, approved: Digests): readonly WillRun[] =>
	stage.playbook === null
		? []
		: [{target: {stage: stage.id}, verbatim: stage.playbook, digest: approved[stage.playbook] ?? null}];

const pairs = (given: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(given).map(([key, value]) => `${key}=${value}`);

function ofWorkflow(target: AttemptTarget, {workflow, inputs}: Workflow, {rollback}: Runbook): readonly WillRun[] {
	const remote = rollback?.remote ?? null;
	if (remote === null) return [];
	const verbatim = ['dispatch', workflow, `${remote.repository}@${remote.ref}`, ...pairs(inputs)].join(' ');
	return [{target, verbatim, digest: null}];
}

function ofPath(name: PathName, path: RollbackPath | null, runbook: Runbook, approved: Digests): readonly WillRun[] {
	if (path === null) return [];
	const target = {path: name};
	if (path.kind === 'workflow') return ofWorkflow(target, path, runbook);
	const verbatim = [...pairs(runbook.rollback?.environment ?? {}), ...wordsOf(path)].join(' ');
	return [{target, verbatim, digest: approved[path.script] ?? null}];
}

/** In order of time; commands run with bash in the workspace. */
export const willRun = (runbook: Runbook, approved: Digests): readonly WillRun[] => [
	...runbook.gates.flatMap(gate => ofGate(gate, approved)),
	...runbook.stages.flatMap(stage => ofStage(stage, approved)),
	...ofPath('preferred', runbook.rollback?.preferred ?? null, runbook, approved),
	...ofPath('fallback', runbook.rollback?.fallback ?? null, runbook, approved),
];
