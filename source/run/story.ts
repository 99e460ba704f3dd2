/* Where the cutover stands, in plain lines: for the update that a closing stage sends, and for any playbook that asks. */
import type {Seen} from '../cutover/command.ts';
import type {State} from '../cutover/state.ts';
import {verdictOf} from '../cutover/verdict.ts';
import {local} from '../text/time.ts';

const time = (ms: number | null): string => (ms === null ? 'not yet' : local(ms));

/** A line each; nothing in them is a secret or a guess. */
export function storyOf(state: State, at: number, seen: Seen): readonly string[] {
	const {runbook} = state;
	if (runbook === null) return [];
	const gates = runbook.gates.map(gate => {
		const {verdict, reason} = verdictOf(state, gate, at, seen);
		return `${gate.id} ${verdict}: ${gate.title}${verdict === 'pass' || reason === null ? '' : ` (${reason})`}`;
	});
	const stages = runbook.stages.map(stage => {
		const was = state.stages[stage.id];
		const word = was?.outcome ?? (was?.started ? 'open' : 'not begun');
		return `${stage.id} ${word}${was?.ended ? ` at ${local(was.ended)}` : ''}${was?.reference ? `, reference ${was.reference}` : ''}`;
	});
	const fired = Object.entries(state.triggers)
		.filter(([, trigger]) => trigger.fired !== null)
		.map(([id]) => `trigger ${id} fired`);
	return [
		`${state.runbook?.title ?? ''}: ${state.status}`,
		`ticket ${state.ticketAtT0 ?? state.ticket ?? 'none'}, environment ${state.environment ?? 'not named'}`,
		`T0 planned ${time(state.t0)}, begun ${time(state.t0Started)}`,
		...gates,
		...stages,
		...(fired.length > 0 ? fired : ['no trigger fired']),
	];
}
