/*
How the player of a rehearsal acts: it sends what a person would send, and waits as a person would. Between the stages
the rehearsal's clock hurries; it never does while something starts or runs.
*/

import {randomUUID} from 'node:crypto';
import type {Order} from '../cli/act.ts';
import {hurry} from '../cli/clock.ts';
import type {Opened} from '../cli/compose.ts';
import {startedIn} from '../cli/follow.ts';
import {refusalText} from '../cli/refusal-text.ts';
import {attemptKey, targetText} from '../cutover/model/attempt-target.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Attempt, State} from '../cutover/model/state.ts';
import type {Entry} from '../cutover/ports.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import type {Faults} from './inject.ts';
import type {Players} from './players.ts';
import type {Session} from './session.ts';

/** The rehearsal cannot go on: why, and what to do. */
export class Stopped extends Error {}

/** A trigger fired: whatever was waited for is not the next act any more. */
export class Alarm extends Error {
	readonly trigger: string;

	constructor(trigger: string) {
		super(`trigger ${trigger} fired`);
		this.trigger = trigger;
	}
}

/** What somebody sees who looks at the service. `well` null: nobody can look at it from here. */
export type ServiceCheck = {readonly well: boolean | null; readonly text: string};

export type Play = {
	/** As it is now: it may be opened anew. */
	readonly opened: Opened;
	readonly players: Players;
	readonly speed: number;
	/** How fast the clock may run where something is to be measured: the endpoints must be asked in time. */
	readonly slow: number;
	readonly faults: Faults;
	/** Aborted when the rehearsal is ended before its end. */
	readonly signal: AbortSignal;
	look(): Promise<ServiceCheck>;
	/** Opens the cutover anew where a fault asks for it. */
	renew(): Promise<boolean>;
};

/** From that seat: whoever plays is killed with the screen, and goes on with what is on disk. */
export const playFrom = (session: Session, rest: Omit<Play, 'opened' | 'renew'>): Play => ({
	...rest,
	get opened() {
		return session.opened();
	},
	renew: () => session.renew(),
});

const everyMs = 1000;
const glanceMs = 5;
/** Of the log of what failed. */
const shownLines = 25;

/** Resolves with what `watch` hands over; rejects with what it says is wrong, or when the rehearsal is ended before its end. */
function awaited<T>(
	{signal}: Play,
	watch: (resolve: (value: T) => void, reject: (error: unknown) => void) => readonly (() => void)[],
): Promise<T> {
	const {promise, resolve, reject} = Promise.withResolvers<T>();
	const abort = (): void => reject(signal.reason);
	signal.addEventListener('abort', abort);
	if (signal.aborted) abort();
	const stops = watch(resolve, reject);
	return promise.finally(() => {
		for (const stop of stops) stop();
		signal.removeEventListener('abort', abort);
	});
}

/** Resolves when `done` answers with something; work that is due goes on meanwhile. */
export function until<T>(play: Play, done: (state: State) => T | null): Promise<T> {
	const {journal, clock, reconcile} = play.opened;
	return awaited(play, (resolve, reject) => {
		const look = (): void => {
			const fault = journal.fault();
			const found = done(journal.state());
			if (fault !== null) reject(fault);
			else if (found !== null) resolve(found);
		};
		const goOn = (): void => void reconcile().then(look, reject);
		goOn();
		return [journal.watch(look), clock.every(everyMs, goOn)];
	});
}

const firedIn = ({triggers, rollback}: State): string | null =>
	rollback === null ? (Object.entries(triggers).find(([, {fired}]) => fired !== null)?.[0] ?? null) : null;

/** As it stands now, with what is to be seen now. */
export async function snapshot({opened: {journal, clock}}: Play): Promise<Snapshot> {
	const observed = await journal.look();
	return snapshotOf(journal.state(), clock.now(), observed, null);
}

/** A critical endpoint is down, or is not to be seen. */
export const isUnwell = ({endpoints}: Snapshot): boolean =>
	endpoints.some(({critical, state}) => critical && state !== 'up');

/** Resolves at `at` (ms), or earlier when `ends` says so at a change of the journal. */
function pass(play: Play, at: number, ends: () => boolean): Promise<void> {
	const {clock, journal} = play.opened;
	return awaited(play, resolve => [
		clock.every(glanceMs, () => clock.now() >= at && resolve()),
		journal.watch(() => ends() && resolve()),
	]);
}

/** How long the clock hurries before what is to be seen is looked at again, in real ms. */
const stride = 500;

/** Lets the time between pass, N times as fast, up to `at` (ms). `ends`: what ends the wait earlier. */
export async function waitFor(play: Play, at: number, ends: (state: State) => boolean): Promise<void> {
	const {speed, slow, faults} = play;
	for (;;) {
		await play.renew();
		const {clock, folder, journal} = play.opened;
		play.signal.throwIfAborted();
		if (clock.now() >= at || ends(journal.state())) return;
		await play.opened.reconcile();
		// What is not as it should be, or is not to be seen, is not hurried past.
		const pace = faults.active() || isUnwell(await snapshot(play)) ? slow : speed;
		const next = Math.min(at, faults.next() ?? at, clock.now() + stride * pace);
		hurry(folder, pace, next);
		await pass(play, next, () => ends(journal.state()));
	}
}

/** Lets the time between pass, N times as fast, up to `at` (ms). Throws Alarm when a trigger fires meanwhile. */
export async function wait(play: Play, at: number): Promise<void> {
	await waitFor(play, at, state => firedIn(state) !== null);
	alarm(play);
}

/** Throws Alarm where a trigger is fired that nobody has answered. */
export function alarm({opened}: Play): void {
	const fired = firedIn(opened.journal.state());
	if (fired !== null) throw new Alarm(fired);
}

/** What the command left. Throws Stopped where a rule refuses it. */
export async function act(play: Play, order: Order, by: Person): Promise<readonly Entry[]> {
	const answer = await send(play, order, by);
	if (!answer.refused) return answer.entries;
	throw new Stopped(`${by.name} could not go on. ${refusalText(answer)}`);
}

/** As `act`, with the refusal for an answer. */
export async function send({opened, signal}: Play, order: Order, by: Person): ReturnType<Opened['journal']['decide']> {
	signal.throwIfAborted();
	const answer = await opened.journal.decide({...order, id: randomUUID()}, by);
	await opened.reconcile();
	return answer;
}

const failed = ({target, ended}: Attempt, lines: readonly string[]): Stopped =>
	new Stopped(
		[
			`${targetText(target)} ended with ${ended?.outcome ?? 'nothing'}${ended?.reason ? `: ${ended.reason}` : ''}.`,
			...lines,
		].join('\n'),
	);

/** As `act`, and waits for the end of the attempt that it began. Throws Stopped, with the end of its log, unless it passed. */
export async function actToEnd(play: Play, order: Order, by: Person): Promise<void> {
	const ref = startedIn(await act(play, order, by));
	if (ref === null) return;
	const attempt = await until(play, state => {
		const found = state.attempts[attemptKey(ref)];
		return found?.ended ? found : null;
	});
	if (attempt.ended?.outcome === 'pass') return;
	const {total} = play.opened.tail.read(ref, 0, 0);
	throw failed(attempt, play.opened.tail.read(ref, Math.max(0, total - shownLines), shownLines).lines);
}
