/*
Steps: what makes a playbook resumable. Each is journaled when it begins and when it ends; what an earlier attempt did
is looked up before anything is run.
*/

import {stepsOf} from '../../cutover/due/attempts-of.ts';
import {type AttemptRef, attemptKey} from '../../cutover/model/attempt-target.ts';
import type {Command} from '../../cutover/model/command.ts';
import type {Json} from '../../cutover/model/event.ts';
import type {Step as Recorded, State} from '../../cutover/model/state.ts';
import {redactedJson} from '../../text/redact.ts';
import type {Step, StepOptions} from './playbook.ts';

/** Largest result that the journal takes, in characters of JSON. */
const longest = 65_536;

export type StepWorld = {
	readonly ref: AttemptRef;
	/** Before each name: the gate that is judged inside the attempt, or nothing. */
	readonly prefix: string;
	/** Steps of the attempts that this one goes on from. */
	readonly earlier: ReadonlyMap<string, Recorded & {readonly attempt: number}>;
	/** Names used so far in this attempt. */
	readonly used: Set<string>;
	say(line: string): void;
	/** Journals it, or throws why not. */
	tell(command: Command<'beginStep' | 'endStep'>): Promise<void>;
	/** Resolves while a step may begin. */
	mayBegin(): Promise<void>;
	/** Without the secrets. */
	redact(text: string): string;
	/** An error in one line. */
	why(error: unknown): string;
};

/** Those of the attempts that this one goes on from; none where it begins at the start. */
export const earlierSteps = (state: State, ref: AttemptRef): StepWorld['earlier'] =>
	state.attempts[attemptKey(ref)]?.resume ? stepsOf(state, {...ref, attempt: ref.attempt - 1}) : new Map();

/** What the journal keeps of a result: JSON, without the secrets; of a command its exit code. Throws where it is neither. */
function recorded(result: unknown, redact: (text: string) => string): Json {
	if (result === undefined) return null;
	if (result instanceof Error && 'exitCode' in result) return {exitCode: Number(result.exitCode)};
	const text = JSON.stringify(result);
	if (text === undefined)
		throw new Error('The result of a step is JSON: text, numbers, true or false, null, lists and objects of those.');
	if (text.length > longest)
		throw new Error(
			`The result of a step is at most 64 KiB of JSON; this one has ${Math.ceil(text.length / 1024)}. Attach it as a file instead.`,
		);
	return redactedJson(text, redact);
}

type Begun = NonNullable<ReturnType<StepWorld['earlier']['get']>>;

const unsure = (name: string, {attempt}: Begun): Error =>
	new Error(
		`Step "${name}" was begun in attempt ${attempt} and nobody knows how it ended, so it is not run again by itself. Find out, then record the outcome by hand; or give the step {again: true} or {done: () => …} where that is safe.`,
	);

/** True where the step counts as done without being run. */
async function tookEffect(name: string, begun: Begun, options: StepOptions, say: StepWorld['say']): Promise<boolean> {
	if (begun.outcome === 'failed') return false;
	if (options.done && (await options.done())) {
		say(`step "${name}" was begun in attempt ${begun.attempt} and took effect: not run again`);
		return true;
	}
	if (options.done || options.again) return false;
	throw unsure(name, begun);
}

/** `step` as a playbook gets it. */
export function stepIn(world: StepWorld): Step {
	const {ref, say, tell} = world;
	const end = (step: string, outcome: 'done' | 'failed', result: Json, why: string | null): Promise<void> =>
		tell({id: `${attemptKey(ref)}/${step}/end`, type: 'endStep', data: {...ref, step, outcome, result, why}});

	const run = async (name: string, again: boolean, work: () => unknown): Promise<Json> => {
		await world.mayBegin();
		await tell({id: `${attemptKey(ref)}/${name}/begin`, type: 'beginStep', data: {...ref, step: name, again}});
		say(`step "${name}" begins${again ? ' again' : ''}`);
		let found: unknown;
		try {
			found = await work();
		} catch (error) {
			say(`step "${name}" failed: ${world.why(error)}`);
			await end(name, 'failed', null, world.why(error));
			throw error;
		}
		let result: Json;
		try {
			result = recorded(found, world.redact);
		} catch (error) {
			// It took effect: a resumed attempt must not do it again for the sake of its result.
			const why = `it took effect, but its result was not recorded: ${world.why(error)}`;
			say(`step "${name}" done: ${why}`);
			await end(name, 'done', null, why);
			throw error;
		}
		await end(name, 'done', result, null);
		say(`step "${name}" done`);
		return result;
	};

	const step = async (own: string, work: () => unknown, options: StepOptions = {}): Promise<Json> => {
		const name = world.redact(`${world.prefix}${own}`);
		if (own.trim() === '') throw new Error('A step has a name.');
		if (world.used.has(name))
			throw new Error(
				`Two steps of this attempt are named "${name}". Give each a name of its own: a resumed attempt knows them by it.`,
			);
		world.used.add(name);
		const before = world.earlier.get(name);
		if (before?.outcome === 'done') {
			say(
				`step "${name}" was done in attempt ${before.attempt}: not run again${before.why === null ? '' : ` (${before.why})`}`,
			);
			return before.result;
		}
		const effective = before !== undefined && (await tookEffect(name, before, options, say));
		return run(name, before !== undefined, effective ? () => null : work);
	};
	// A playbook names the type that its own work returns; what comes back is that, as JSON keeps it.
	return step as Step;
}
