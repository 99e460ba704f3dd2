/*
A gate that is judged by a playbook of its own: what it throws is the reason. A command in it that could not be run, or
was killed, leaves the gate unknown, as it would by itself.
*/
import {type Check, fail, ofExit, pass} from './verdict.ts';

/** A command's end inside a thrown error, as zx throws it; null where the error is another one. */
export function exitOf(error: unknown): {exit: number | null; signal: string | null} | null {
	if (!(error instanceof Error && 'exitCode' in error && 'signal' in error)) return null;
	const {exitCode, signal} = error;
	return {exit: typeof exitCode === 'number' ? exitCode : null, signal: typeof signal === 'string' ? signal : null};
}

export const playbook: Check = async (gate, context) => {
	try {
		await context.playbook(gate);
		return pass;
	} catch (error) {
		const end = exitOf(error);
		if (end !== null) return ofExit(end.exit, end.signal);
		return fail(error instanceof Error ? error.message : String(error));
	}
};
