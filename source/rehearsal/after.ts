/*
What people do when something goes wrong, as the rules say: they wait for what would decide it, stand a trigger down once
all is up again, else roll back and see that it worked; before T0 they lift a hold when its cause is gone.
*/
import type {Order} from '../cli/act.ts';
import {leftRunning, unknownPath} from '../cutover/decide/rules/path.ts';
import type {State} from '../cutover/model/state.ts';
import {stamp} from '../text/time.ts';
import {type Alarm, act, alarm, isUnwell, type Play, Stopped, snapshot, until, wait, waitFor} from './play.ts';

const minute = 60_000;
/** Nobody decides at once. */
const thinks = minute;
const mostTries = 5;
const longestCalm = 3 * 60 * minute;
const longestProof = 2 * 60 * minute;

const closersOf = ({opened}: Play): readonly string[] =>
	opened.journal.state().runbook?.stages.findLast(({kind}) => kind === 'closing')?.owners ?? [];

/** Who decides after T0: the first owner of the closing stage. */
const closer = (play: Play): string | null => closersOf(play)[0] ?? null;

/** Up and down again and again: no outage is long enough, so the judgement of people decides, where the runbook has it. */
async function judge(play: Play): Promise<void> {
	const {runbook} = play.opened.journal.state();
	const flapping = (await snapshot(play)).triggers.some(trigger => trigger.flapping !== null);
	const judgement = runbook?.triggers.find(
		({id, kind}) => kind === 'confirmation' && id === runbook.triggers.at(-1)?.id,
	);
	if (!flapping || judgement?.kind !== 'confirmation' || judgement.facts.length > 1) return;
	const data = {trigger: judgement.id, fact: 1, yes: true, reason: 'it is up and down again and again'};
	await act(play, {type: 'answerTrigger', data, confirm: ['FIRE']}, play.players(judgement.roles[0] ?? closer(play)));
	alarm(play);
}

/** Waits until every critical endpoint is up. Throws Alarm when a trigger fires, Stopped when it takes too long. */
export async function calm(play: Play): Promise<void> {
	const {clock} = play.opened;
	for (const from = clock.now(); ; ) {
		await judge(play);
		if (!isUnwell(await snapshot(play))) break;
		if (clock.now() - from > longestCalm) throw new Stopped('The service did not come back to rest.');
		await wait(play, clock.now() + minute / 4);
	}
	alarm(play);
}

/** Keep is refused while a clock runs: the observation lasts until it is decided. True where it does. */
export async function observeOn(play: Play): Promise<boolean> {
	const now = await snapshot(play);
	if (!isUnwell(now)) return false;
	const firing = now.triggers.flatMap(({firesAt}) => (firesAt === null ? [] : [firesAt]))[0];
	const at = Math.max(firing ?? 0, play.opened.clock.now() + 10 * minute);
	const data = {until: stamp(at), reason: 'an outage runs: keep is decided when it is over'};
	await act(play, {type: 'extend', data}, play.players(closer(play)));
	await calm(play);
	return true;
}

async function standDown(play: Play, trigger: string): Promise<void> {
	const data = {trigger, reason: 'all is up again, and stays up'};
	for (const role of closersOf(play).slice(0, 2)) await act(play, {type: 'standDown', data}, play.players(role));
}

const isOver = ({status}: State): boolean => status === 'rolled-back';

/** Nobody knows whether it ran, or what it follows may still run: nothing begins by itself. */
const isUnknown = (state: State): boolean => unknownPath(state) !== null || leftRunning(state).length > 0;

/** Its path has ended, well or not, or nobody knows. */
const hasEnded = (state: State): boolean =>
	state.rollback?.pathEnded != null || state.rollback?.failed != null || isUnknown(state);

async function tryPath(play: Play, reason: string): Promise<void> {
	const by = play.players(closer(play));
	await act(play, {type: 'rollback', data: {path: null, reason}, confirm: ['ROLLBACK']}, by);
	await until(play, state => (hasEnded(state) ? true : null));
}

/** Rolls back, to the proof of it. Throws Stopped where nobody knows whether it ran, or it is not proved. */
export async function goBack(play: Play, reason: string): Promise<void> {
	const {clock, journal} = play.opened;
	const state = (): State => journal.state();
	for (let tries = 0; state().rollback?.pathEnded == null; tries++) {
		if (isUnknown(state())) throw new Stopped('Whether the rollback ran is unknown: people look it up.');
		if (tries === mostTries) throw new Stopped('No path of the rollback ended well.');
		if (tries > 0) await waitFor(play, clock.now() + 2 * minute, () => false);
		await tryPath(play, reason);
	}
	if ((await snapshot(play)).rollback?.asksPerson)
		await act(play, {type: 'prove', data: {note: 'a rehearsal: it was looked at'}}, play.players(closer(play)));
	await waitFor(play, clock.now() + longestProof, isOver);
	if (!isOver(play.opened.journal.state())) throw new Stopped('The rollback was not proved.');
}

/** Answers what fired: it is stood down once all is up again, else rolled back. */
export async function answer(play: Play, {trigger}: Alarm): Promise<void> {
	const {clock, journal} = play.opened;
	await waitFor(play, clock.now() + thinks, ({rollback}) => rollback !== null);
	const {kind} = journal.state().runbook?.triggers.find(({id}) => id === trigger) ?? {};
	if (kind === 'outage' && !isUnwell(await snapshot(play)) && closersOf(play).length > 1)
		await standDown(play, trigger);
	else await goBack(play, `trigger ${trigger} fired`);
}

/** Waits until the faults are over: what they broke is judged again then. */
export async function outlast(play: Play): Promise<void> {
	const {faults, opened} = play;
	while (faults.active()) await waitFor(play, faults.next() ?? opened.clock.now() + minute, () => false);
}

/** T0 as it was, or so late that all is judged and voted on before it. */
export function later({opened: {journal, clock}}: Play): Order {
	const {runbook, t0} = journal.state();
	const before = -(runbook?.stages.find(({kind}) => kind === 'decision')?.offsetSeconds ?? 0) * 1000;
	const data = {t0: stamp(Math.max(t0, clock.now() + before + 15 * minute)), reason: 'the cause of the hold is gone'};
	return {type: 'schedule', data};
}
