/*
How the player of a rehearsal acts: it sends what a person would send, and waits as a person would. Between the stages
the rehearsal's clock hurries; it never does while something starts or runs.
*/
import {randomUUID} from 'node:crypto';
import type {AttemptRef} from '../../cutover/event.ts';
import type {Person} from '../../cutover/person.ts';
import type {Entry} from '../../cutover/ports.ts';
import {type Attempt, attemptKey, type State} from '../../cutover/state.ts';
import {type Order, refusalText} from '../act.ts';
import {hurry} from '../clock.ts';
import type {Opened} from '../world.ts';
import type {Cast} from './cast.ts';

/** The rehearsal cannot go on: why, and what to do. */
export class Stopped extends Error {}

/** What somebody sees who looks at the service. `well` null: nobody can look at it from here. */
export type Sight = {readonly well: boolean | null; readonly text: string};

export type Play = {
	readonly opened: Opened;
	readonly cast: Cast;
	readonly speed: number;
	/** Aborted when the rehearsal is ended before its end. */
	readonly signal: AbortSignal;
	look(): Promise<Sight>;
};

const everyMs = 1000;
const glanceMs = 5;
/** Of the log of what failed. */
const shownLines = 25;

/** Resolves when `done` answers with something; what is owed is seen to meanwhile. */
export function until<T>({opened, signal}: Play, done: (state: State) => T | null): Promise<T> {
	const {journal, clock, reconcile} = opened;
	const {promise, resolve, reject} = Promise.withResolvers<T>();
	const look = (): void => {
		const fault = journal.fault();
		const found = done(journal.state());
		if (fault !== null) reject(fault);
		else if (found !== null) resolve(found);
	};
	const goOn = (): void => void reconcile().then(look, reject);
	const abort = (): void => reject(signal.reason);
	const stops = [journal.watch(look), clock.every(everyMs, goOn)];
	signal.addEventListener('abort', abort);
	if (signal.aborted) abort();
	goOn();
	return promise.finally(() => {
		for (const stop of stops) stop();
		signal.removeEventListener('abort', abort);
	});
}

/** Lets the time between pass, N times as fast, up to `at` (ms). */
export async function wait({opened, speed, signal}: Play, at: number): Promise<void> {
	const {clock, folder} = opened;
	signal.throwIfAborted();
	if (clock.now() >= at) return;
	hurry(folder, speed, at);
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const abort = (): void => reject(signal.reason);
	const stop = clock.every(glanceMs, () => clock.now() >= at && resolve());
	signal.addEventListener('abort', abort);
	await promise.finally(() => {
		stop();
		signal.removeEventListener('abort', abort);
	});
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

const startedIn = (entries: readonly Entry[]): AttemptRef | null =>
	entries.flatMap(entry => (entry.type === 'started' && entry.data.within === null ? [entry.data] : []))[0] ?? null;

const failed = ({of, ended}: Attempt, lines: readonly string[]): Stopped =>
	new Stopped(
		[`${of} ended with ${ended?.outcome ?? 'nothing'}${ended?.reason ? `: ${ended.reason}` : ''}.`, ...lines].join(
			'\n',
		),
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
