/* Where things are in GitHub's API. */
import type {Path, Remote} from '../../cutover/model/runbook.ts';

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export const repositoryPlace = ({repository}: Remote): string => `/repos/${encoded(repository)}`;

/** GitHub names a workflow by its file alone, without the folder. */
export const workflowFileOf = (workflow: Path): string => workflow.split('/').at(-1) ?? workflow;

export const workflowPlace = (remote: Remote, workflow: Path): string =>
	`${repositoryPlace(remote)}/actions/workflows/${encoded(workflowFileOf(workflow))}`;

export const runPlace = (remote: Remote, run: number): string => `${repositoryPlace(remote)}/actions/runs/${run}`;

export const jobPlace = (remote: Remote, job: number): string => `${repositoryPlace(remote)}/actions/jobs/${job}`;

/** The file on the branch or tag that the workflow is dispatched on. */
export const filePlace = (remote: Remote, file: Path): string =>
	`${repositoryPlace(remote)}/contents/${encoded(file)}?ref=${encodeURIComponent(remote.ref)}`;

export const environmentPlace = (remote: Remote, name: string): string =>
	`${repositoryPlace(remote)}/environments/${encodeURIComponent(name)}`;
