/** What forbids keep: an outage clock, a question that is open, a trigger that fired, a verification not done (RULES T, E3). */
import type {Refusal} from '../command.ts';
import {listed, refuse} from '../refusal.ts';
import type {State} from '../state.ts';
import {openQuestion} from '../triggers.ts';
import type {Asked} from './rule.ts';

const byTrigger = (state: State, {runbook}: Asked): Refusal | null => {
	for (const trigger of runbook.triggers) {
		const was = state.triggers[trigger.id];
		if (was?.fired)
			return refuse(
				'keep waits while a trigger is fired',
				`Trigger ${trigger.id} fired: ${listed(was.fired.facts)}.`,
				'Roll back, or stand it down by two people.',
			);
		if (was?.down)
			return refuse(
				'keep waits while an outage clock runs',
				`The outage of trigger ${trigger.id} runs since ${was.down.by.name} said so.`,
				`Say when it is up again (trigger ${trigger.id} --up), or extend the observation.`,
			);
		const question = openQuestion(state, trigger);
		if (question)
			return refuse(
				'keep waits while a trigger is partly confirmed',
				`Trigger ${trigger.id} waits for ${listed(question.awaits)}.`,
				`Let them answer (trigger ${trigger.id} --yes or --no), or lay it aside after its time.`,
			);
	}
	return null;
};

/** Verification stages not done; `excused`: failed or skipped ones are taken with the reason of the keep. */
const unverified = (state: State, reason: string | null, {runbook}: Asked): Refusal | null => {
	const rows = runbook.stages.filter(stage => stage.kind === 'verification');
	const open = rows
		.filter(stage => (state.stages[stage.id]?.outcome ?? null) === null || state.stages[stage.id]?.outcome === 'lost')
		.map(stage => stage.id);
	if (open.length > 0)
		return refuse(
			'verification is done before keep',
			`${listed(open)} ${open.length === 1 ? 'is' : 'are'} not done.`,
			`Record ${listed(open)} (run ${open[0] ?? ''} --result pass or fail), or skip with a reason.`,
		);
	const excused = rows
		.filter(stage => state.stages[stage.id]?.outcome !== 'done')
		.map(stage => `${stage.id} ${state.stages[stage.id]?.outcome ?? ''}`);
	return excused.length === 0 || reason?.trim()
		? null
		: refuse(
				'keep after a failed or skipped verification says why',
				`${listed(excused)}.`,
				'Give the reason with the keep (--reason TEXT).',
			);
};

/** Null where keep may be said now, but for its time. */
export const keepForbidden = (state: State, reason: string | null, asked: Asked): Refusal | null => {
	if (state.status === 'kept') return refuse('a poll closes once', 'The release is kept.', 'Sign off, export, close.');
	if (state.status !== 'observing')
		return refuse(
			'keep is said after the pass of T0',
			`The cutover is ${state.status}.`,
			state.status === 'executing' ? 'Record the outcome of T0 first.' : 'Nothing to keep now.',
		);
	return byTrigger(state, asked) ?? unverified(state, reason, asked);
};
