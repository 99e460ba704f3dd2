/*
`stand(state, at, seen, you)`: where the cutover stands at an instant. Every screen, `status` and the rehearsal read
this and nothing else, so that they cannot disagree.
*/
import type {Seen} from './command.ts';
import {evidenceFields} from './evidence-fields.ts';
import {releaseManager} from './owners.ts';
import type {Person} from './person.ts';
import {endpointsOf} from './runbook.ts';
import {blockedBy} from './sign-offs.ts';
import {endpointStanding, lastSampleAt} from './stand/endpoints.ts';
import {gateStanding} from './stand/gates.ts';
import {headline} from './stand/headline.ts';
import {nextFor, waiting, yours} from './stand/next.ts';
import {pollStanding} from './stand/poll.ts';
import {ringing} from './stand/rings.ts';
import {changedScripts, rollbackStanding} from './stand/rollback.ts';
import {stageStanding} from './stand/stages.ts';
import {triggerStanding} from './stand/triggers.ts';
import type {SignOffStanding, Standing} from './standing.ts';
import type {State} from './state.ts';
import {changedBytes} from './verdict.ts';

const signOffs = (state: State, seen: Seen): readonly SignOffStanding[] =>
	(state.runbook?.signOffs ?? []).map(item => {
		const signed = state.signOffs[item.id];
		return {
			id: item.id,
			role: item.role,
			text: item.text,
			signed: signed !== undefined,
			by: signed?.by.name ?? null,
			at: signed?.at ?? null,
			blockedBy: signed ? [] : blockedBy(state, item, seen),
			requires: item.requires,
			notRecorded: state.notRecorded[item.id] ?? null,
		};
	});

const runningNow = (state: State): Standing['running'] =>
	Object.values(state.attempts)
		.filter(attempt => attempt.ended === null && attempt.within === null)
		.map(({of, attempt, at, steps}) => ({
			of,
			attempt,
			since: at,
			step: steps.findLast(step => step.ended === null)?.name ?? null,
		}));

const unconfirmed = (state: State): Standing['unconfirmed'] =>
	Object.entries(state.relays)
		.filter(([, {confirmed}]) => confirmed === null)
		.map(([entry, {speaker, relay}]) => ({entry: Number(entry), speaker, by: relay.by, words: relay.words}));

const inCommand = (state: State): string | null => {
	const role = state.runbook && releaseManager(state.runbook);
	return role === null ? null : (state.holders[role]?.name ?? state.people?.[role]?.[0] ?? null);
};

const slip = (stages: Standing['stages']): number =>
	stages.findLast(stage => stage.started !== null)?.slippageSeconds ?? 0;

/** Where the cutover stands. `at` in ms; `you`: who asks, null for nobody in particular. */
export const stand = (state: State, at: number, seen: Seen, you: Person | null): Standing => {
	const {runbook} = state;
	const gates = (runbook?.gates ?? []).map(gate => gateStanding(state, gate, at, seen));
	const stages = (runbook?.stages ?? []).map(stage => stageStanding(state, stage, at));
	const triggers = (runbook?.triggers ?? []).map(trigger => triggerStanding(state, trigger, at, seen));
	const poll = pollStanding(state);
	const parts = {
		gates,
		stages,
		triggers,
		poll,
		rollback: rollbackStanding(state, at, seen),
		endpoints: endpointsOf(runbook).map(endpoint => endpointStanding(state, endpoint, at, seen)),
		signOffs: signOffs(state, seen),
		fields: evidenceFields(state),
		changed: changedBytes(state, seen),
	};
	const whole = {...parts, state, at};
	const first = headline(whole);
	return {
		...parts,
		id: state.id,
		title: runbook?.title ?? '',
		status: state.status,
		count: state.count,
		ticket: state.ticketAtT0 ?? state.ticket,
		environment: state.environment,
		t0: state.t0,
		t0Started: state.t0Started,
		now: at,
		headline: first,
		rings: ringing(whole, first),
		next: nextFor(whole),
		you: you ? yours(whole, you) : null,
		changedScripts: changedScripts(state, seen),
		heldSince: state.status === 'hold' ? (state.hold?.at ?? null) : null,
		slippageSeconds: slip(stages),
		running: runningNow(state),
		unconfirmed: unconfirmed(state),
		command: inCommand(state),
		waits: waiting(whole, you),
		here: seen.here ?? [],
		lastSampleAt: lastSampleAt(seen),
		path: seen.path ?? null,
		tokenHere: seen.token ?? null,
		closedAt: state.closed?.at ?? null,
	};
};
