/*
A gate that is judged by a playbook of its own: what it throws is the reason. A command in it that could not be run, or
was killed, leaves the gate unknown, as it would by itself.
*/
import {endOfCommand} from './exit.ts';
import {type Check, fail, pass} from './verdict.ts';

export const playbook: Check = async (gate, context) => {
	try {
		await context.playbook(gate);
		return pass;
	} catch (error) {
		return endOfCommand(error) ?? fail(error instanceof Error ? error.message : String(error));
	}
};
