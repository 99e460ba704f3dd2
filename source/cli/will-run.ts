/*
What will run, verbatim, with the digest of what is approved: shown before anything begins, because nothing runs that
was not shown.
*/
import type {WillRun} from '../cutover/ports.ts';
import type {Digests, Gate, RollbackPath, Runbook, Stage} from '../cutover/runbook.ts';
import {wayOf} from '../run/rollback/paths.ts';

const ofGate = (gate: Gate, approved: Digests): readonly WillRun[] => {
	if (gate.playbook !== null) return [{of: gate.id, verbatim: gate.playbook, digest: approved[gate.playbook] ?? null}];
	return gate.commands.map(verbatim => ({of: gate.id, verbatim, digest: null}));
};

const ofStage = (stage: Stage, approved: Digests): readonly WillRun[] =>
	stage.playbook === null ? [] : [{of: stage.id, verbatim: stage.playbook, digest: approved[stage.playbook] ?? null}];

function ofPath(name: string, path: RollbackPath | null, {rollback}: Runbook, approved: Digests): readonly WillRun[] {
	if (path?.kind !== 'script') return [];
	const way = wayOf(path);
	if ('unavailable' in way) return [];
	const environment = Object.entries(rollback?.environment ?? {}).map(([key, value]) => `${key}=${value}`);
	return [
		{of: `rollback-${name}`, verbatim: [...environment, ...way.words].join(' '), digest: approved[path.script] ?? null},
	];
}

/** In order of time; commands run with bash in the workspace. */
export const willRun = (runbook: Runbook, approved: Digests): readonly WillRun[] => [
	...runbook.gates.flatMap(gate => ofGate(gate, approved)),
	...runbook.stages.flatMap(stage => ofStage(stage, approved)),
	...ofPath('preferred', runbook.rollback?.preferred ?? null, runbook, approved),
	...ofPath('fallback', runbook.rollback?.fallback ?? null, runbook, approved),
];
