/* Runs one script of the workspace, as it was approved, by the shipped playbook `rollback`. */
import {scriptRun} from '../text/code.ts';
import type {RollbackDriver} from './driver.ts';

export const script: RollbackDriver = {
	summary: 'one script of the workspace with its arguments',
	whole: false,
	takes(code) {
		const found = scriptRun(code);
		return found && {script: found.script, ...(found.args.length > 0 ? {args: found.args} : {}), reference: null};
	},
	run: work => work.playbook('rollback'),
};
