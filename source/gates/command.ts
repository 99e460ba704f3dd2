/* Command lines, each run by itself with bash in the workspace. */
import {expectText} from '../cutover/model/expect.ts';
import {filesOfCommand} from '../text/code.ts';
import type {GateKind} from './gate-kind.ts';

export const command: GateKind = {
	when: 'code holds a command line; a bare word or path counts only if the pass condition, or the text beside it where there is none, mentions an exit code or passing, or its column is only for commands',
	passes: 'every command of the cell exits 0',
	named: ['command gate', 'command gates', 'command checks', '命令门禁', '命令检查'],
	summary: ({commands, expect}) =>
		`${commands.join(', then by itself ')}${expect === undefined ? '' : ` · passes when: ${expectText(expect)}`}`,
	read: ({commands, citedByCommands}) =>
		commands.length === 0
			? null
			: {commands, files: [...new Set([...commands.flatMap(filesOfCommand), ...citedByCommands])]},
	check: async (gate, context) => (await import('./run-commands.ts')).runCommands(gate, context),
};
