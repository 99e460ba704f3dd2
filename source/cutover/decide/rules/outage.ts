/** Outage clocks that people run by hand, and the keep votes that fall with them (RULES T1, E3). */
import {clock, stamp, wall} from '../../../text/time.ts';
import {exceeds, outageFrom} from '../../due/triggers.ts';
import {advance} from '../../evolve/evolve.ts';
import type {Event} from '../../model/event.ts';
import type {OutageTrigger} from '../../model/runbook.ts';
import type {State, TriggerState} from '../../model/state.ts';
import {fields, instead, needWords, refuse, usageError} from '../refusal.ts';
import {type Armed, staysFired} from './armed.ts';
import type {Decision, RuleContext} from './rule.ts';

/** The fall of keep votes with what made them fall (RULES E3). */
export const keepFalls = (state: State, reason: string): readonly Event[] =>
	Object.keys(state.polls.keep?.votes ?? {}).length > 0 && state.status === 'observing'
		? [{type: 'keepRevoked', data: {reason}}]
		: [];

/** Firing of an outage clock by hand, with its facts. */
export const outageFires = (state: State, trigger: OutageTrigger, was: TriggerState, at: number): readonly Event[] => {
	const from = outageFrom(was) ?? at;
	const seconds = Math.floor((at - from) / 1000);
	return [
		{
			type: 'fired',
			data: {
				trigger: trigger.id,
				facts: [`down for ${clock(at - from)}, reported by ${was.down?.by.name ?? 'nobody'}`],
				since: stamp(from),
				elapsedSeconds: seconds,
			},
		},
		...keepFalls(state, `trigger ${trigger.id} fired`),
	];
};

/** An outage begins; dated back beyond the threshold it fires at once. */
export const down = (
	state: State,
	{trigger, was}: Armed<OutageTrigger>,
	at: number,
	reason: string | null,
	asked: RuleContext,
): Decision => {
	const fired = staysFired(was);
	if (fired) return fired;
	if (was.down)
		return refuse(
			'outage-running',
			`${was.down.by.name} said down since ${wall(was.down.since)}.`,
			'Report it when it is up again.',
			instead('up', trigger.id),
		);
	const begun: Event = {type: 'clockDown', data: {trigger: trigger.id, since: stamp(at), reason}};
	const next = advance(state, [begun], asked).triggers[trigger.id] ?? was;
	if (!exceeds(trigger, next, asked.at)) return [begun, ...keepFalls(state, `trigger ${trigger.id}: an outage began`)];
	return (
		needWords(
			asked.confirm,
			['FIRE'],
			`Down since ${wall(at)} is past the threshold: this fires trigger ${trigger.id}`,
		) ?? [begun, ...outageFires(state, trigger, next, asked.at)]
	);
};

/** It is over. */
export const up = ({trigger, was}: Armed<OutageTrigger>, at: number, reason: string | null): Decision => {
	if (!was.down) return refuse('outage-not-running', `Trigger ${trigger.id} has no outage running.`, 'Nothing to do.');
	if (at < was.down.since)
		return usageError('outage-not-running', `It began at ${wall(was.down.since)}.`, 'Correct the time.', fields('at'));
	return [{type: 'clockUp', data: {trigger: trigger.id, since: stamp(at), reason}}];
};
