/** A trigger of the asked kind while it is armed: from T0 until a rollback answers it. */
import type {Refusal} from '../../model/command.ts';
import type {Trigger} from '../../model/runbook.ts';
import type {State, TriggerState} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {refuse} from '../refusal.ts';
import type {RuleContext} from './rule.ts';

export type Armed<T extends Trigger> = {trigger: T; was: TriggerState};

/** `ending`: an outage that runs is told over, also once a rollback answered it. */
export const find = <K extends Trigger['kind']>(
	state: State,
	id: string,
	kind: K,
	{runbook}: RuleContext,
	ending = false,
): Armed<Extract<Trigger, {kind: K}>> | Refusal => {
	const trigger = runbook.triggers.find(
		(row): row is Extract<Trigger, {kind: K}> => row.id === id && row.kind === kind,
	);
	const other = runbook.triggers.find(row => row.id === id);
	if (!other)
		return unknown(
			'trigger',
			id,
			runbook.triggers.map(row => row.id),
		);
	const was = state.triggers[id];
	if (!trigger || !was)
		return refuse(
			'an outage has a clock, a confirmation has facts',
			`Trigger ${id} is ${other.kind === 'outage' ? 'an outage' : 'a confirmation'}.`,
			other.kind === 'outage' ? `Use trigger ${id} --down or --up.` : `Use trigger ${id} --yes or --no.`,
		);
	const ended = !ending && (state.rollback !== null || state.status === 'abandoned');
	if (was.armedAt === null || ended)
		return refuse(
			'triggers are armed from T0 until a rollback or the end',
			was.armedAt === null ? 'T0 is not begun.' : `The cutover is ${state.status}.`,
			'Add a note instead.',
		);
	return {trigger, was};
};
