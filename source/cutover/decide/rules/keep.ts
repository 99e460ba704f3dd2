/** What forbids keep: an outage clock, a question that is open, a trigger that fired, a verification not done (RULES T, E3). */
import {minutes, wall} from '../../../text/time.ts';
import {attestedFor, openQuestion} from '../../due/triggers.ts';
import {criticalThat, observationOfEndpoint, outageClock} from '../../health/endpoint-state.ts';
import type {Observation} from '../../model/command.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {State} from '../../model/state.ts';
import {allAre, fields, instead, listed, refuse, statusWord} from '../refusal.ts';
import {firedForbids} from './armed.ts';
import type {RuleContext} from './rule.ts';

const byTrigger = (state: State, {runbook}: RuleContext): Refusal | null => {
	for (const trigger of runbook.triggers) {
		const was = state.triggers[trigger.id];
		if (was?.down)
			return refuse(
				'keep-outage',
				`The outage of trigger ${trigger.id} runs since ${was.down.by.name} said so.`,
				'Report it when it is up again, or extend the observation.',
				instead('up', trigger.id),
			);
		const question = openQuestion(state, trigger);
		if (question)
			return refuse(
				'keep-question-open',
				`Trigger ${trigger.id} waits for ${listed(question.awaits)}.`,
				'Ask them to answer, or dismiss it after its time.',
				instead('answer', trigger.id),
			);
	}
	return null;
};

/** What the samples forbid: a critical endpoint that is down, or that nobody can see (RULES T4, T5). */
const byHealth = (state: State, {runbook, observed, at}: RuleContext): Refusal | null => {
	const down = criticalThat(state, 'down', observed, at);
	if (down.length > 0)
		return refuse(
			'keep-outage',
			`${listed(down.map(name => downText(name, observed, at)))}.`,
			`Wait until ${down.length === 1 ? 'it is' : 'they are'} up again, roll back, or extend the observation${decidedBy(state, observed, at)}.`,
			instead('extend', null, 'reason'),
		);
	const blind = criticalThat(state, 'unknown', observed, at);
	return blind.length === 0
		? null
		: refuse(
				'keep-endpoint-unknown',
				`Nobody can see ${listed(blind)}: that is neither up nor down.`,
				'Restore its probe, or have two people answer for it.',
				instead('observed', attestedFor(runbook), 'endpoint', 'reason'),
			);
};

const downText = (name: string, observed: Observation, at: number): string => {
	const outage = observationOfEndpoint(observed, name)?.outage ?? null;
	if (outage === null) return `${name} is down, as two people say`;
	return `${name} is down since ${wall(outage.since)}, ${minutes(at - outage.since)}`;
};

/** Until when the running outages will have fired, or ended. */
const decidedBy = (state: State, observed: Observation, at: number): string => {
	const times = (state.runbook?.triggers ?? []).flatMap(trigger => {
		const clock = trigger.kind === 'outage' ? outageClock(trigger, observed, at) : null;
		return clock === null ? [] : [clock.firesAt];
	});
	return times.length === 0 ? '' : ` until it fires or ends, after ${wall(Math.max(...times))}`;
};

/** Verification stages not done; `excused`: failed or skipped ones are taken with the reason of the keep. */
const unverified = (state: State, reason: string | null, {runbook}: RuleContext): Refusal | null => {
	const rows = runbook.stages.filter(stage => stage.kind === 'verification');
	const open = rows
		.filter(stage => (state.stages[stage.id]?.outcome ?? null) === null || state.stages[stage.id]?.outcome === 'lost')
		.map(stage => stage.id);
	if (open.length > 0)
		return refuse(
			'keep-unverified',
			`${allAre(open)} not done.`,
			`Record ${listed(open)}, or skip with a reason.`,
			instead('report', open[0] ?? null),
		);
	const excused = rows
		.filter(stage => state.stages[stage.id]?.outcome !== 'done')
		.map(stage => `${stage.id} ${state.stages[stage.id]?.outcome ?? ''}`);
	return excused.length === 0 || reason?.trim()
		? null
		: refuse('keep-reason', `${listed(excused)}.`, 'Give the reason with the keep.', fields('reason'));
};

/** Null where keep may be said now, but for its time. */
export const keepForbidden = (state: State, reason: string | null, asked: RuleContext): Refusal | null => {
	if (state.status === 'kept') return refuse('poll-closed', 'The release is kept.', 'Sign off, export, close.');
	if (state.status !== 'observing')
		return refuse(
			't0-not-passed',
			`The status is ${statusWord(state.status)}.`,
			state.status === 'executing' ? 'Record the result of T0 first.' : 'Nothing to keep now.',
		);
	return firedForbids(state) ?? byTrigger(state, asked) ?? byHealth(state, asked) ?? unverified(state, reason, asked);
};
