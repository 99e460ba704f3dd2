/**
 * The fake GitHub's memory: its repositories, its runs, and how a dispatch makes one, or is refused as GitHub refuses it.
 */
import {fieldsOf} from '../../../source/text/fields.ts';
import {yamlValue} from '../../../source/text/yaml.ts';
import type {Sent} from './modes.ts';
import type {Repository} from './repository.ts';
import type {Plan, PlannedJob, Run, Work} from './run.ts';
import {pageOf} from './shown.ts';

export type World = {
	readonly repositories: readonly Repository[];
	/** Whose token it is; null: nobody's. */
	readonly login: string | null;
	/** GitHub's own clock. */
	readonly now: () => number;
	readonly onRun: Work | null;
	/** Where people look; set once the server listens. */
	site: string;
	readonly runs: Run[];
	/** Of the runs dispatched from now on. */
	plan: Plan;
	nextId: number;
};

const oneJob: readonly PlannedJob[] = [{name: 'rollback'}];

export function createRun(
	world: World,
	fields: Pick<Run, 'repository' | 'workflow' | 'branch' | 'actor'> &
		Partial<Pick<Run, 'inputs' | 'event' | 'created'>>,
	plan: Plan,
): Run {
	const jobs = (plan.jobs ?? oneJob).map(({name, looks = 1, conclusion, log = ''}) => ({
		id: world.nextId++,
		name,
		status: 'queued' as const,
		conclusion: conclusion ?? null,
		log,
		looks,
	}));
	const run: Run = {
		event: 'workflow_dispatch',
		created: world.now(),
		inputs: {},
		...fields,
		id: world.nextId++,
		plan,
		jobs,
		waitsFor: new Set(plan.approvals ?? []),
		reviews: [],
		stop: new AbortController(),
		status: 'queued',
		conclusion: null,
		queued: plan.queued ?? 1,
		unlisted: plan.unlisted ?? 0,
		ending: false,
		working: null,
	};
	world.runs.push(run);
	return run;
}

const refused = (message: string): Sent => ({status: 422, body: {message}});

type Asked = {
	readonly ref?: string;
	readonly inputs?: Readonly<Record<string, string>>;
	readonly return_run_details?: boolean;
};

/** The inputs that a workflow declares; null where it cannot be dispatched. */
function declaredIn(text: string): readonly string[] | null {
	const on = fieldsOf(fieldsOf(yamlValue(text))?.['on']);
	if (on === null || !('workflow_dispatch' in on)) return null;
	return Object.keys(fieldsOf(fieldsOf(on['workflow_dispatch'])?.['inputs']) ?? {});
}

/** Creates a run, or refuses; `details` as GitHub tells them where it is asked to. */
export function dispatch(world: World, repository: Repository, file: string, asked: Asked): Sent {
	const declared = declaredIn(repository.workflows[file]?.text ?? '');
	if (declared === null) return refused("Workflow does not have 'workflow_dispatch' trigger");
	const {ref = '', inputs = {}} = asked;
	const branch = ref.replace(/^refs\/heads\//, '');
	if (!repository.branches.includes(branch)) return refused(`No ref found for: ${ref}`);
	const unexpected = Object.keys(inputs).filter(name => !declared.includes(name));
	if (unexpected.length > 0) return refused(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
	const actor = world.login ?? 'app[bot]';
	const run = createRun(world, {repository: repository.name, workflow: file, branch, actor, inputs}, world.plan);
	const page = pageOf(world.site, run);
	if (asked.return_run_details !== true) return {status: 204};
	return {status: 200, body: {workflow_run_id: run.id, run_url: page, html_url: page}};
}
