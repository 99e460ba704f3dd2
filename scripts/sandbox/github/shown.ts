/** How GitHub's API tells of things: as much of each as anybody here reads, with GitHub's names. */
import {type Environment, folder, type Repository, type Reviewer, type Workflow} from './repository.ts';
import type {Job, Run} from './run.ts';

/** GitHub tells whole seconds. */
const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Where people look at a run, not programs. */
export const pageOf = (site: string, {repository, id}: Run): string => `${site}/${repository}/actions/runs/${id}`;

export const shownRun = (site: string, run: Run) => ({
	id: run.id,
	name: run.workflow,
	path: `${folder}/${run.workflow}`,
	event: run.event,
	status: run.plan.says && run.status === 'in_progress' ? run.plan.says : run.status,
	conclusion: run.conclusion,
	head_branch: run.branch,
	created_at: time(run.created),
	actor: {login: run.actor, type: 'User'},
	html_url: pageOf(site, run),
});

export const shownJob = (site: string, run: Run, {id, name, status, conclusion}: Job) => ({
	id,
	name,
	status,
	conclusion: status === 'completed' ? conclusion : null,
	html_url: `${pageOf(site, run)}/job/${id}`,
});

const shownReviewer = ({type, name}: Reviewer) => ({
	type,
	reviewer: type === 'User' ? {login: name, type: 'User'} : {name, slug: name},
});

export const shownPending = (name: string, {reviewers = [], waitMinutes = 0}: Environment) => ({
	environment: {id: 1, name},
	wait_timer: waitMinutes,
	reviewers: reviewers.map(shownReviewer),
});

export const shownEnvironment = (name: string, {reviewers = [], waitMinutes = 0}: Environment) => ({
	id: 1,
	name,
	protection_rules: [
		...(waitMinutes > 0 ? [{id: 2, type: 'wait_timer', wait_timer: waitMinutes}] : []),
		...(reviewers.length > 0
			? [{id: 3, type: 'required_reviewers', prevent_self_review: false, reviewers: reviewers.map(shownReviewer)}]
			: []),
		{id: 4, type: 'branch_policy'},
	],
});

export const shownWorkflow = (file: string, {state = 'active'}: Workflow) => ({
	id: 1,
	name: file,
	path: `${folder}/${file}`,
	state,
});

export const shownRepository = ({isPrivate = true, isArchived = false, mayPush = true}: Repository) => ({
	id: 1,
	private: isPrivate,
	archived: isArchived,
	disabled: false,
	permissions: {pull: true, push: mayPush, admin: false},
});
