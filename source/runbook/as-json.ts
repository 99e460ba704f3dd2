/* The runbook as `check --json` prints it: a contract of its own, so that what the core keeps may change without it. */
import type {Problem} from '../cutover/model/problem.ts';
import type {Gate, Requirement, RollbackPath, Runbook, SignOff, Stage, Trigger} from '../cutover/model/runbook.ts';
import type {Unused} from './unused.ts';

const fieldsOf = <T extends object, K extends keyof T>(of: T, keys: readonly K[]): Pick<T, K> =>
	Object.fromEntries(keys.flatMap(key => (of[key] === undefined ? [] : [[key, of[key]]]))) as Pick<T, K>;

const gate = (of: Gate) => ({
	...fieldsOf(of, ['id', 'title', 'kind']),
	...(of.commands.length > 0 ? {command: of.commands.join('\n')} : {}),
	...fieldsOf(of, ['looksAt', 'expect', 'files', 'passWhen', 'owners', 'line', 'groups', 'playbook', 'more']),
});

const stage = (of: Stage) =>
	fieldsOf(of, [
		...(['id', 'kind', 'offsetSeconds', 'owners', 'action', 'evidence', 'items', 'gates', 'playbook'] as const),
		...(['commands', 'line', 'timeoutSeconds', 'more'] as const),
	]);

const trigger = (of: Trigger) =>
	of.kind === 'outage'
		? fieldsOf(of, ['id', 'kind', 'text', 'thresholdSeconds', 'strict', 'line'])
		: fieldsOf(of, ['id', 'kind', 'text', 'roles', 'facts', 'line']);

const path = (of: RollbackPath | null) =>
	of && {
		kind: of.kind,
		...(of.workflow === undefined ? {} : {workflow: of.workflow, inputs: of.inputs ?? {}}),
		...fieldsOf(of, ['script', 'args', 'commands']),
		...(of.reference ? {reference: of.reference} : {}),
	};

const said = {
	log: of => `log of ${of}`,
	decision: of => `decision at ${of}`,
	acknowledged: of => `${of} acknowledged`,
	file: of => `file ${of}`,
} satisfies {[K in Requirement['kind']]: (of: string) => string};

/** What a sign-off asks for, in words: `log of T-60`, `decision at T-10`, `G4 acknowledged`, `file docs/closeout.md`. */
export const requirementText = ({kind, of}: Requirement): string => said[kind](of);

const signOff = (of: SignOff) => ({
	...fieldsOf(of, ['id', 'role', 'text']),
	requires: of.requires.map(requirementText),
	line: of.line,
});

const partsOf = (runbook: Runbook) => ({
	title: runbook.title,
	path: runbook.path,
	digest: runbook.digest,
	gates: runbook.gates.map(gate),
	stages: runbook.stages.map(stage),
	triggers: runbook.triggers.map(trigger),
	rollback: {
		preferred: path(runbook.rollback?.preferred ?? null),
		fallback: path(runbook.rollback?.fallback ?? null),
		environment: runbook.rollback?.environment ?? {},
		byHand: runbook.rollbackSteps ?? [],
	},
	signOffs: runbook.signOffs.map(signOff),
	evidence: {fields: runbook.evidence.flatMap(({field}) => field ?? [])},
	roles: runbook.roles,
});

/** `{runbook, problems, unused}` of `check --json`; with an error `runbook` is null, and `read` holds what was read. */
export const asJson = (
	runbook: Runbook | null,
	problems: readonly Problem[],
	{seen = null, unused = []}: {readonly seen?: Runbook | null; readonly unused?: readonly Unused[]} = {},
) => ({
	runbook: runbook && partsOf(runbook),
	...(runbook === null && seen !== null ? {read: partsOf(seen)} : {}),
	problems,
	unused,
});
