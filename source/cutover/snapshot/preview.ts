/*
What an act would do to the course of the cutover, before it is done: what would be recorded, the times after it, what turns stale
before T0, and who is next. The rules decide on a copy; nothing is appended.
*/
import {wallOn, wallShortOn} from '../../text/time.ts';
import {acting} from '../decide/acting.ts';
import {decide, isRefusal} from '../decide/decide.ts';
import {listed, statusWord} from '../decide/refusal.ts';
import {dueEvents} from '../due/due-events.ts';
import {verdictOf} from '../due/gate-verdict.ts';
import {advance} from '../evolve/evolve.ts';
import type {Command, Context} from '../model/command.ts';
import type {Event} from '../model/event.ts';
import {leadsHere} from '../model/hosts.ts';
import {programOf} from '../model/person.ts';
import type {Refusal} from '../model/refusal.ts';
import type {LastSafe} from '../model/safe-moments.ts';
import {isBeforeT0, type State, type Status} from '../model/state.ts';
import {type Next, nextText} from './next-step.ts';
import {sentenceOf} from './sentence.ts';
import type {Snapshot} from './snapshot.ts';
import {snapshotOf} from './snapshot-of.ts';
import {lastSafeNear} from './whole.ts';

/** Times in ms. */
export type Preview = {
	readonly at: number;
	/** A sentence for each event, and the events themselves. */
	readonly records: readonly string[];
	readonly events: readonly Event[];
	readonly status: {readonly was: Status; readonly now: Status};
	/** T0 and the stages that begin at another time, in order. */
	readonly times: readonly {readonly id: string; readonly was: number; readonly now: number}[];
	/** Gates that pass and no longer do: since when, `null` at once. */
	readonly stale: readonly {readonly gate: string; readonly at: number | null}[];
	/** The last safe moment that counts then, where it is near or past. */
	readonly lastSafe: LastSafe | null;
	readonly next: Next | null;
};

/** What time alone brings is in front, as it would in the journal. */
function overdue(state: State, context: Context): State {
	if (!leadsHere(context.observed.hosts)) return state;
	const ours = {...context, by: programOf(context.by)};
	return advance(state, dueEvents(state, ours), ours);
}

/** A signature is asked of who does it, not of who looks. */
const unsigned = (state: State): State => {
	const {signatures: _, ...runbook} = state.runbook ?? {};
	return state.runbook === null ? state : {...state, runbook: runbook as State['runbook']};
};

const timesOf = ({t0, t0Started, stages}: Snapshot): readonly (readonly [id: string, at: number])[] => [
	['T0', t0Started ?? t0],
	...stages
		.filter(({started, state}) => started === null && state !== 'skipped' && state !== 'not reached')
		.map(({id, planned, expected}) => [id, expected ?? planned] as const),
];

function movedTimes(before: Snapshot, after: Snapshot): Preview['times'] {
	const was = new Map(timesOf(before));
	return timesOf(after).flatMap(([id, now], index, all) => {
		const then = was.get(id);
		const isFirst = all.findIndex(([other]) => other === id) === index;
		return then === undefined || then === now || !isFirst ? [] : [{id, was: then, now}];
	});
}

function staleAfter(before: State, after: State, {at, observed}: Context): Preview['stale'] {
	const passes = (state: State, gate: NonNullable<State['runbook']>['gates'][number], when: number): boolean =>
		verdictOf(state, gate, when, observed).verdict === 'pass';
	return (after.runbook?.gates ?? []).flatMap(gate => {
		if (!passes(before, gate, at)) return [];
		if (!passes(after, gate, at)) return [{gate: gate.id, at: null}];
		const isNew = isBeforeT0(after.status) && passes(before, gate, before.t0) && !passes(after, gate, after.t0);
		return isNew ? [{gate: gate.id, at: after.gates[gate.id]?.judgement?.until ?? null}] : [];
	});
}

/** The refusal where the rules refuse it whatever is confirmed. Typed words and signatures count as given. */
export function previewOf(state: State, command: Command, context: Context): Preview | Refusal {
	const {at, by, observed} = context;
	const before = overdue(unsigned(state), context);
	const first = decide(before, command, context);
	const confirm = isRefusal(first) ? first.needs.words : [];
	const events = confirm.length === 0 ? first : decide(before, {...command, confirm}, context);
	if (isRefusal(events)) return events;
	const who = acting(before, command, by, at);
	const after = advance(before, events, {at, by: who});
	// What follows at once from what was decided, such as the fall of a vote.
	const settled = overdue(after, context);
	const was = snapshotOf(before, at, observed, by);
	const now = snapshotOf(settled, at, observed, by);
	return {
		at,
		records: events.map(event => sentenceOf(event, who)),
		events,
		status: {was: was.status, now: now.status},
		times: movedTimes(was, now),
		stale: staleAfter(before, settled, context),
		lastSafe: lastSafeNear(now),
		next: now.next,
	};
}

const minuteMs = 60_000;

const time = (ms: number, now: number): string => (ms % minuteMs === 0 ? wallShortOn(ms, now) : wallOn(ms, now));

const label = (text: string): string => text.padEnd(9);

/** A few lines, for a form and for a terminal. */
export function previewLines({at, records, status, times, stale, lastSafe, next}: Preview): readonly string[] {
	const moved = times.map(({id, was, now}) => `${id} ${time(was, at)} → ${time(now, at)}`);
	const late = stale.filter(gate => gate.at !== null).map(({gate, at: when}) => `${gate} at ${time(when ?? at, at)}`);
	const gone = stale.filter(gate => gate.at === null).map(({gate}) => gate);
	const turns = [
		...(gone.length === 0 ? [] : [`${listed(gone)} at once`]),
		...(late.length === 0 ? [] : [`${listed(late)}, before T0`]),
	];
	const becomes = status.was === status.now ? '' : `${statusWord(status.was)} → ${statusWord(status.now)}; `;
	return [
		`${label('records')}${records.join(' · ')}`,
		...(moved.length === 0 ? [] : [`${label('times')}${moved.join('   ')}`]),
		...(turns.length === 0 ? [] : [`${label('stale')}${turns.join('; ')}`]),
		...(lastSafe === null
			? []
			: [
					`${label('window')}${lastSafe.state === 'past' ? 'past the ' : ''}latest ${lastSafe.what} ${time(lastSafe.at, at)}`,
				]),
		`${label('then')}${becomes}${next === null ? 'nothing is left to do' : `NEXT ${nextText(next)}`}`,
	];
}
