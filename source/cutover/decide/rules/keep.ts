/** What forbids keep: an outage clock, a question that is open, a trigger that fired, a verification not done (RULES T, E3). */
import {local, minutes, wall} from '../../../text/time.ts';
import {openQuestion} from '../../due/triggers.ts';
import {criticalThat, observationOfEndpoint, outageClock} from '../../health/endpoint-state.ts';
import type {Observation, Refusal} from '../../model/command.ts';
import type {State} from '../../model/state.ts';
import {listed, refuse} from '../refusal.ts';
import type {RuleContext} from './rule.ts';

const byTrigger = (state: State, {runbook}: RuleContext): Refusal | null => {
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

/** What the samples forbid: a critical endpoint that is down, or that nobody can see (RULES T4, T5). */
const byHealth = (state: State, {observed, at}: RuleContext): Refusal | null => {
	const down = criticalThat(state, 'down', observed, at);
	if (down.length > 0)
		return refuse(
			'keep waits while an outage clock runs',
			`${listed(down.map(name => downText(name, observed, at)))}.`,
			`Wait until ${down.length === 1 ? 'it is' : 'they are'} up again, roll back, or extend the observation${decidedBy(state, observed, at)} (extend WHEN --reason TEXT).`,
		);
	const blind = criticalThat(state, 'unknown', observed, at);
	return blind.length === 0
		? null
		: refuse(
				'keep waits while a critical endpoint is blind',
				`Nobody can see ${listed(blind)}: that is neither up nor down.`,
				`Let it be seen again, or let two people answer for it (trigger ${outageTrigger(state)} --seen up --endpoint ${blind[0] ?? ''} --reason TEXT).`,
			);
};

const downText = (name: string, observed: Observation, at: number): string => {
	const outage = observationOfEndpoint(observed, name)?.outage ?? null;
	if (outage === null) return `${name} is down, as two people say`;
	return `${name} is down since ${local(outage.since)}, ${minutes(at - outage.since)}`;
};

/** Until when the running outages will have fired, or ended. */
const decidedBy = (state: State, observed: Observation, at: number): string => {
	const times = (state.runbook?.triggers ?? []).flatMap(trigger => {
		const clock = trigger.kind === 'outage' ? outageClock(trigger, observed, at) : null;
		return clock === null ? [] : [clock.firesAt];
	});
	return times.length === 0 ? '' : ` until it fires or ends, after ${wall(Math.max(...times))}`;
};

const outageTrigger = ({runbook}: State): string => runbook?.triggers.find(({kind}) => kind === 'outage')?.id ?? '1';

/** Verification stages not done; `excused`: failed or skipped ones are taken with the reason of the keep. */
const unverified = (state: State, reason: string | null, {runbook}: RuleContext): Refusal | null => {
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
export const keepForbidden = (state: State, reason: string | null, asked: RuleContext): Refusal | null => {
	if (state.status === 'kept') return refuse('a poll closes once', 'The release is kept.', 'Sign off, export, close.');
	if (state.status !== 'observing')
		return refuse(
			'keep is said after the pass of T0',
			`The cutover is ${state.status}.`,
			state.status === 'executing' ? 'Record the outcome of T0 first.' : 'Nothing to keep now.',
		);
	return byTrigger(state, asked) ?? byHealth(state, asked) ?? unverified(state, reason, asked);
};
