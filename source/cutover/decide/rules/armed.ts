/** A trigger of the asked kind while it is armed: from T0 until a rollback answers it; and what one forbids once it fired. */
import {wall} from '../../../text/time.ts';
import {canFire, firedTriggers} from '../../due/triggers.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Trigger} from '../../model/runbook.ts';
import type {State, TriggerState} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {instead, listed, refuse, statusWord} from '../refusal.ts';
import type {RuleContext} from './rule.ts';

const answered = 'Roll back, or stand it down by two people.';

/** Null where no trigger fired that nobody has answered. */
export const firedForbids = (state: State): Refusal | null => {
	const fired = firedTriggers(state);
	const facts = fired.flatMap(id => state.triggers[id]?.fired?.facts ?? []);
	return fired.length === 0
		? null
		: refuse('trigger-fired-first', `Trigger ${listed(fired)} fired: ${listed(facts)}.`, answered);
};

export const staysFired = ({fired}: TriggerState): Refusal | null =>
	fired && refuse('trigger-fired', `It fired at ${wall(fired.at)}.`, answered);

export type Armed<T extends Trigger> = {trigger: T; was: TriggerState};

/** `kind` null: any. `ending`: a running outage is reported over, also after a rollback answered it. */
export const find = <K extends Trigger['kind']>(
	state: State,
	id: string,
	kind: K | null,
	{runbook}: RuleContext,
	ending = false,
): Armed<Extract<Trigger, {kind: K}>> | Refusal => {
	const other = runbook.triggers.find(row => row.id === id);
	const was = state.triggers[id];
	if (!other || !was) return unknown('trigger', id, runbook.triggers);
	const isAsked = (row: Trigger): row is Extract<Trigger, {kind: K}> => kind === null || row.kind === kind;
	if (!isAsked(other))
		return refuse(
			'wrong-trigger-kind',
			`Trigger ${id} is ${other.kind === 'outage' ? 'an outage' : 'a confirmation'}.`,
			other.kind === 'outage' ? 'Report it as down or up.' : 'Answer it with yes or no.',
			instead(other.kind === 'outage' ? 'down' : 'answer', id),
		);
	if (was.armedAt === null || (!ending && !canFire(state)))
		return refuse(
			'not-armed',
			was.armedAt === null ? 'T0 has not started.' : `The status is ${statusWord(state.status)}.`,
			'Add a note instead.',
		);
	return {trigger: other, was};
};
