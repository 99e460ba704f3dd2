/*
What would be appended now: first what follows from time and from what was seen, in the name of the process, so that no
command is decided on a state that time has overtaken; then what the rules answer to the command.
*/
import {acting} from '../cutover/decide/acting.ts';
import {decide, isRefusal} from '../cutover/decide/decide.ts';
import {dueEvents} from '../cutover/due/due-events.ts';
import {clockToleranceMs} from '../cutover/due/schedule.ts';
import {advance} from '../cutover/evolve/evolve.ts';
import type {Command, Observation} from '../cutover/model/command.ts';
import type {Event} from '../cutover/model/event.ts';
import {leadsHere} from '../cutover/model/hosts.ts';
import {type Person, programOf} from '../cutover/model/person.ts';
import type {Refusal} from '../cutover/model/refusal.ts';
import type {State} from '../cutover/model/state.ts';
import type {Answer, Entry, Fact} from '../cutover/ports.ts';
import {instant, stamp} from '../text/time.ts';
import {seal} from './entry.ts';
import {type Fold, foldOn} from './fold.ts';

/*
A clock that steps back is an event, once a step (RULES C1). Entries carry a time that never goes back, so after a step their
times stand still until the clock has caught up; meanwhile the step itself is what the clock is compared with.
*/

/** The newest time that the clock itself is known to have shown; ms. */
function shown({state, entries}: Fold): number {
	const step = entries.findLast(entry => entry.type === 'clockStepped');
	const snapshot = step !== undefined && instant(step.data.from) === state.at;
	return snapshot ? instant(step.data.to) : state.at;
}

/** `now`: ms, as the clock shows it. */
function steppedBack(fold: Fold, now: number): readonly Event[] {
	if (fold.state.closed !== null || fold.state.at - now <= clockToleranceMs) return [];
	const before = shown(fold);
	return before - now > clockToleranceMs
		? [{type: 'clockStepped', data: {from: stamp(fold.state.at), to: stamp(now)}}]
		: [];
}

/** A refusal does not undo the facts of time: those happened in any case. */
export type Plan = {readonly facts: readonly Fact[]; readonly refusal: Refusal | null};

const time = 'time';

/** What time brought, and the state after it. */
export type Brought = {readonly events: readonly Event[]; readonly state: State};

export function brought(fold: Fold, now: number, observed: Observation, by: Person): Brought {
	const at = Math.max(now, fold.state.at);
	const process = programOf(by);
	const leads = leadsHere(observed.hosts);
	const events = leads ? [...steppedBack(fold, now), ...dueEvents(fold.state, {at, by: process, observed})] : [];
	return {events, state: advance(fold.state, events, {at, by: process})};
}

/** `now`: ms, as the clock shows it; no entry is older than the one before (RULES C1). Without a command, time alone. */
export function plan(fold: Fold, now: number, observed: Observation, by: Person, command: Command | null): Plan {
	const {events, state} = brought(fold, now, observed, by);
	const at = Math.max(now, fold.state.at);
	const facts = (events: readonly Event[], who: Person, cause: string): readonly Fact[] =>
		events.map(event => ({...event, at: stamp(at), by: who, cause}));

	const ofTime = facts(events, programOf(by), time);
	if (command === null) return {facts: ofTime, refusal: null};

	const decision = decide(state, command, {at, by, observed});
	if (isRefusal(decision)) return {facts: ofTime, refusal: decision};
	return {facts: [...ofTime, ...facts(decision, acting(state, command, by, at), command.id)], refusal: null};
}

/** What several commands leave, one after the other, and the answer to each. Appends nothing, and leaves `known` as it is. */
export function planAll(
	known: Fold,
	now: number,
	observed: Observation,
	by: Person,
	commands: readonly Command[],
): {readonly entries: readonly Entry[]; readonly answers: readonly Answer[]} {
	let fold: Fold = {...known, left: new Map([...known.left].map(([cause, entries]) => [cause, [...entries]]))};
	const [all, answers]: [Entry[], Answer[]] = [[], []];
	for (const command of commands) {
		const before = fold.left.get(command.id);
		if (before !== undefined) {
			answers.push({refused: false, entries: [...before]});
			continue;
		}
		const {facts, refusal} = plan(fold, now, observed, by, command);
		const entries = seal(fold.head, facts);
		fold = foldOn(fold, entries);
		all.push(...entries);
		answers.push(refusal ?? {refused: false, entries: entries.filter(({cause}) => cause === command.id)});
	}
	return {entries: all, answers};
}
