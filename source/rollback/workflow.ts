/* Dispatches a GitHub workflow once, and follows its run to the end. */
import {dispatched, isWorkflow, pathOf} from '../text/code.ts';
import {accessOf} from './access.ts';
import type {RollbackDriver} from './driver.ts';

export const workflow: RollbackDriver = {
	summary: 'a GitHub workflow, dispatched with the inputs that the steps give',
	whole: true,
	takes(code) {
		const file = isWorkflow(code) ? pathOf(code) : dispatched(code);
		return file === null ? null : {workflow: file};
	},
	async run(work, {workflow: file = '', inputs = {}}) {
		const {runWorkflow} = await import('./run-workflow.ts');
		return runWorkflow(work, {workflow: file, inputs});
	},
	async ready({workflow: file = '', inputs = {}}, state, asker) {
		const access = accessOf(state, asker);
		if (access === null || access.token === '') return null;
		const {readiness} = await import('./github/readiness.ts');
		return readiness(access, file, inputs);
	},
};
