/* A script of the workspace that asks by itself. */
import {probe} from './probe.ts';

export const script = probe({
	summary: 'a script of the workspace; up is exit 0',
	docs: {run: 'script whose exit code tells whether it is up'},
	keys: (_, {path}) => ({run: path}),
	target: ({run}) => run,
	ask: async (endpoint, context) => (await import('./run-script.ts')).runScript(endpoint, context),
});
