/* Files that must be there, regular and not empty; a script callable, a workflow dispatchable. */
import type {GateKind} from './gate-kind.ts';

export const files: GateKind = {
	when: 'code holds paths, and the pass condition requires presence or is empty',
	passes: 'each is a regular file that is not empty, and a script has no syntax error and can be started',
	named: ['file gate', 'file gates', 'file checks', '文件检查', '文件门禁'],
	summary: gate => gate.files.join(', '),
	read: ({cited, present}) => (cited.length > 0 && present ? {files: cited} : null),
	check: async (gate, context) => (await import('./look-at-files.ts')).lookAtFiles(gate, context),
};
