/* The snapshot of a cutover at an instant. Every screen, `status` and the rehearsal read this and nothing else, so that they cannot disagree. */

import {holderOf, releaseManager} from '../decide/owners.ts';
import {isWatched} from '../due/desired-work.ts';
import {besideOf, forecast} from '../due/forecast.ts';
import {changedBytes} from '../due/gate-verdict.ts';
import {clockToleranceMs, isDecided} from '../due/schedule.ts';
import {lastSafe, safeMoments} from '../due/window.ts';
import type {Observation} from '../model/command.ts';
import type {Person} from '../model/person.ts';
import {ofPerson} from '../model/reached.ts';
import {endpointsOf} from '../model/runbook.ts';
import type {State} from '../model/state.ts';
import type {Clock, Journal} from '../ports.ts';
import {durabilityOf} from './durability.ts';
import {endpointSnapshot, lastSampleAt} from './endpoints.ts';
import {evidenceFields} from './evidence-fields.ts';
import {gateSnapshot} from './gates.ts';
import {headline} from './headline.ts';
import {linkSnapshots} from './links.ts';
import {actsNow, nextOf, waiting, yours} from './next.ts';
import {pollSnapshot} from './poll.ts';
import {ringing} from './rings.ts';
import {changedScripts, rollbackSnapshot} from './rollback.ts';
import {runningNow} from './running.ts';
import type {SignOffSnapshot} from './sign-offs.ts';
import {blockedBy, notApplicable} from './sign-offs.ts';
import type {Snapshot} from './snapshot.ts';
import {stageSnapshot} from './stages.ts';
import {triggerSnapshot} from './triggers.ts';

const signOffs = (state: State, observed: Observation): readonly SignOffSnapshot[] =>
	(state.runbook?.signOffs ?? []).map(item => {
		const signed = state.signOffs[item.id];
		const closed = signed ? null : notApplicable(state, item);
		return {
			id: item.id,
			role: item.role,
			text: item.text,
			signed: signed !== undefined,
			by: signed?.by.name ?? null,
			at: signed?.at ?? null,
			identity: signed?.by.strength ?? null,
			blockedBy: signed || closed !== null ? [] : blockedBy(state, item, observed),
			requires: item.requires,
			notApplicable: closed !== null,
			notRecorded: state.notRecorded[item.id] ?? closed,
		};
	});

const unconfirmed = (state: State): Snapshot['unconfirmed'] =>
	Object.entries(state.relays)
		.filter(([, {confirmed}]) => confirmed === null)
		.map(([entry, {speaker, relay}]) => ({entry: Number(entry), speaker, by: relay.by, words: relay.words}));

const inCommand = (state: State): string | null => {
	const role = state.runbook && releaseManager(state.runbook);
	return role === null ? null : holderOf(state, role);
};

/** Those who hold the roles, or may act in them. */
const callsFor = (state: State, roles: readonly string[]): Snapshot['calls'] => {
	const names = roles.flatMap(role => state.people?.[role] ?? state.holders[role]?.name ?? []);
	const found = roles.flatMap(role => state.onCall[role]?.people ?? []);
	return [
		...[...new Set(names)].flatMap(name => {
			const contact = ofPerson(state.runbook?.contacts, name);
			return contact === undefined ? [] : [{name, contact}];
		}),
		...found.map(contact => ({name: null, contact})),
	];
};

const slip = (stages: Snapshot['stages']): number =>
	stages.findLast(stage => stage.started !== null)?.slippageSeconds ?? 0;

/**
 * `clock`: what it shows, in ms; time stands still where it is behind the newest entry, as after a step back, or beside another host. What
 * is closed is as it was at its close. `you`: who asks, null for nobody in particular.
 */
export const snapshotOf = (state: State, clock: number, observed: Observation, you: Person | null): Snapshot => {
	const {runbook} = state;
	const now = Math.max(clock, state.at);
	const at = state.closed?.at ?? now;
	const ended = isWatched(state) ? null : ((state.closed ?? state.abandoned)?.at ?? null);
	const gates = (runbook?.gates ?? []).map(gate => gateSnapshot(state, gate, at, observed));
	const expected = isDecided(state) ? null : forecast(state, at, observed);
	const stages = (runbook?.stages ?? []).map((stage, index, all) =>
		stageSnapshot(state, stage, at, expected?.stages.get(stage.id) ?? null, besideOf(all, index), observed),
	);
	const triggers = (runbook?.triggers ?? []).map(trigger => triggerSnapshot(state, trigger, at, observed));
	const poll = pollSnapshot(state);
	const moments = safeMoments(state, observed);
	const parts = {
		gates,
		stages,
		triggers,
		poll,
		rollback: rollbackSnapshot(state, at, observed),
		endpoints: endpointsOf(runbook).map(endpoint => endpointSnapshot(state, endpoint, ended ?? at, observed)),
		signOffs: signOffs(state, observed),
		fields: evidenceFields(state),
		changed: changedBytes(state, observed),
		window: moments && {...moments, next: lastSafe(state, moments, at)},
	};
	const whole = {
		...parts,
		state,
		at,
		observed,
		places: new Map(stages.map(({id}, index) => [id, index])),
		decisions: stages.filter(({kind}) => kind === 'decision'),
	};
	const first = headline(whole);
	const acts = actsNow(whole);
	const waits = waiting(whole, acts, you);
	return {
		...parts,
		forecast: expected && {end: expected.end, lateSeconds: expected.lateSeconds, deciding: expected.deciding},
		id: state.id,
		title: runbook?.title ?? '',
		status: state.status,
		count: state.t0Before.length + 1,
		ticket: state.ticketAtT0 ?? state.ticket,
		environment: state.environment,
		t0: state.t0,
		t0Started: state.t0Started,
		now,
		clockBehind: state.closed === null && now - clock > clockToleranceMs ? now - clock : null,
		headline: first,
		rings: ringing(whole, first),
		next: nextOf(acts),
		you: you ? yours(whole, acts, you) : null,
		changedScripts: changedScripts(state, observed),
		heldSince: state.status === 'hold' ? (state.hold?.at ?? null) : null,
		slippageSeconds: slip(stages),
		running: runningNow(state, observed),
		unconfirmed: unconfirmed(state),
		command: inCommand(state),
		links: linkSnapshots(state, at),
		waits,
		calls: callsFor(state, waits[0]?.roles ?? []),
		bridge: runbook?.bridge ?? null,
		yourZone: (you && ofPerson(runbook?.zones, you.name)) ?? null,
		here: observed.here ?? [],
		lastSampleAt: lastSampleAt(observed),
		path: observed.path ?? null,
		tokenHere: observed.token ?? null,
		notNotified: Object.entries(state.notNotified).map(([to, missed]) => ({to, ...missed})),
		durability: durabilityOf(state, observed.hosts),
		closedAt: state.closed?.at ?? null,
		watchEnded: ended,
	};
};

/** The same of an open journal. */
export const snapshotNow = (
	{journal, clock}: {readonly journal: Pick<Journal, 'state' | 'observed'>; readonly clock: Pick<Clock, 'now'>},
	you: Person | null,
): Snapshot => snapshotOf(journal.state(), clock.now(), journal.observed(), you);
