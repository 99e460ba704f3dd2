/*
A gate that is judged by a playbook of its own, which the settings name: what it throws is the reason. A command in it that
could not be run, or was killed, leaves the gate unknown, as it would by itself.
*/
import {inOneLine} from '../text/error-text.ts';
import {endOfCommand} from './exit.ts';
import type {GateKind} from './gate-kind.ts';
import {fail, pass} from './verdict.ts';

export const playbook: GateKind = {
	when: 'the settings name its playbook, whatever its row says',
	passes: 'the playbook ends without throwing',
	named: ['playbook gate', 'playbook gates'],
	summary: gate => gate.playbook ?? '',
	read: () => null,
	async check(gate, context) {
		try {
			await context.playbook(gate);
			return pass;
		} catch (error) {
			return endOfCommand(error) ?? fail(inOneLine(error));
		}
	},
};
