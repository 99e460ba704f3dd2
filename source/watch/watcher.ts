/*
The watcher: from begin to close, each second (each five while nothing runs and nothing is due), whether a screen is open or not, it journals what follows from time and
from what is seen, starts stages that start by themselves, and sees to the work that is due. There is one: its record says who,
and the newest look of it is kept as the record's time, so that a successor can say since when nobody watched.
*/

import {rmSync, utimesSync} from 'node:fs';
import process from 'node:process';
import {automaticAt, vetoMs} from '../cutover/due/automatic.ts';
import {isWatched} from '../cutover/due/desired-work.ts';
import {dueToStart} from '../cutover/due/schedule.ts';
import {processNamed} from '../cutover/model/person.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {State} from '../cutover/model/state.ts';
import {type Clock, type Journal, StoreFault} from '../cutover/ports.ts';
import {pause} from '../net/limit.ts';
import {identityIn} from '../processes/attempt-status.ts';
import {watcherFile} from '../processes/folder.ts';
import {isSame, takePlace, touchedAt} from '../processes/place.ts';
import {type Identity, identityOf, isAlive} from '../processes/process.ts';
import {inOneLine} from '../text/error-text.ts';
import {stamp} from '../text/time.ts';
import {marker} from '../workspace/service-logs/marks.ts';
import type {Sampling} from './sampling.ts';
import type {TakenOver} from './working.ts';

export type WatcherWorld = {
	readonly folder: Path;
	readonly journal: Journal;
	readonly clock: Clock;
	/** Ms on a clock that nobody sets, as samples have them; a rehearsal's runs faster. */
	up(): number;
	/** Names of the environment that this process lacks: they are in the record, so that who has them begins another. */
	readonly lacks: readonly string[];
	/** Whether what time brings is for this watcher: on several hosts one leads, and the others see to their own attempts. */
	leads?(): boolean;
	/** The host that led before and is silent; once. */
	tookOver?(): TakenOver | null;
	/** This host, where a cutover has several. */
	readonly host?: string | null;
	/** Called with the watcher before, where that is gone. */
	lost?(lost: Lost): void;
	/** Starts or adopts the work that is due. */
	reconcile(): Promise<void>;
	/** Samples the endpoints; `noticed` is called where one may have changed something. */
	sample(noticed: () => void): Sampling;
	/** Tells what is new to whoever is not looking. */
	notify(): void;
	/** What is left to be notified, once nothing new comes. */
	notified(): Promise<void>;
	/** Says what it could not do; the same once. */
	complain(text: string): void;
};

const everyMs = 1000;
/** Between two looks while nothing runs and nothing is due: a change of the journal, or of a sample, wakes it. */
const quietMs = 5000;

/** Before T0, with nothing that runs or begins soon. A rehearsal's time is too quick for it. */
export const isQuiet = (state: State, at: number): boolean =>
	state.rehearsal === null &&
	state.t0Started === null &&
	state.rollback === null &&
	Object.values(state.attempts).every(({ended}) => ended !== null) &&
	dueToStart(state, at + 2 * quietMs).length === 0;

/** The watcher, as the journal names it. */
export const watcherPerson = processNamed('watcher');

/** A watcher runs. */
export function watcherAlive(folder: Path): boolean {
	const identity = identityIn(watcherFile(folder));
	return identity !== null && isAlive(identity);
}

/** When the watcher of the record looked last, in ms on the cutover's clock. */
export const lastLook = (folder: Path): number | null => touchedAt(watcherFile(folder));

/** A watcher that is gone: who it was, where its record says so, and when it last looked. */
export type Lost = {readonly who: Identity | null; readonly since: number};

/** Takes the place of the watcher; `lost`: the one before, where it is gone. Null where one is alive. */
function take(folder: Path, self: Identity, at: number, lacks: readonly string[]): {readonly lost: Lost | null} | null {
	const since = lastLook(folder);
	const record = {...self, at: stamp(at), lacks};
	const taken = takePlace(watcherFile(folder), record);
	if (taken === null) return null;
	return {lost: taken.isFirst || since === null ? null : {who: taken.before, since}};
}

async function startWhatIsDue({journal, clock}: WatcherWorld): Promise<void> {
	for (const stage of dueToStart(journal.state(), clock.now())) {
		const {attempts = 0} = journal.state().stages[stage.id] ?? {};
		const id = `auto/${stage.id}/${attempts + 1}/${journal.state().t0Before.length}`;
		await journal.decide(
			{
				id,
				type: 'run',
				data: {target: stage.id, resume: false, reference: null, ticket: null, early: false, reason: null},
			},
			watcherPerson,
		);
	}
}

/** Whether the minute to object is over: it is counted from the first look on, and not by the time of day, which may be set meanwhile. */
function objections(up: () => number): (due: number, at: number) => boolean {
	let minute = {due: Number.NaN, until: 0};
	return (due, at) => {
		if (minute.due !== due) minute = {due, until: up() + Math.min(Math.max(0, due - at), vetoMs)};
		return up() >= minute.until;
	};
}

/** What the settings let begin by itself, once nobody has objected for a minute; the same id in every try. */
async function rollBackByItself({journal, clock}: WatcherWorld, isOver: ReturnType<typeof objections>): Promise<void> {
	const waited = automaticAt(journal.state());
	if (waited === null || !isOver(waited, clock.now())) return;
	const reason = 'a trigger fired that begins the rollback by itself, and nobody stood it down';
	const id = `auto/rollback/${waited}`;
	const answer = await journal.decide({id, type: 'rollback', data: {path: null, reason, waited}}, watcherPerson);
	if (!answer.refused) return;
	const data = {reason: `${answer.why} ${answer.fix}`, waited};
	await journal.decide({id: `${id}/missed`, type: 'recordAutoRollbackSkipped', data}, watcherPerson);
}

/** Records that nobody watched for a while. The id is the lost watcher's: two successors record its loss once. */
function recordLoss({journal}: WatcherWorld, {who, since}: Lost): Promise<unknown> {
	const of = who === null ? stamp(since) : `${who.boot}/${who.pid}/${who.start}`;
	return journal.decide(
		{id: `watcher lost/${of}`, type: 'recordWatcherLost', data: {since: stamp(since)}},
		watcherPerson,
	);
}

/** Records that the watcher of another host was silent, and that this one goes on. */
async function recordTakeOver({journal, host}: WatcherWorld, taken: TakenOver): Promise<void> {
	if (host == null) return;
	const since = stamp(taken.since);
	const data = {since, from: taken.host, to: host};
	await journal.decide({id: `watcher lost/${taken.host}/${since}`, type: 'recordWatcherLost', data}, watcherPerson);
}

/** One look. Throws only what no later look can fix. */
async function lookOnce(
	world: WatcherWorld,
	isOver: ReturnType<typeof objections>,
	before: () => Promise<unknown>,
): Promise<void> {
	try {
		if (world.leads?.() === false) return await world.reconcile();
		await before();
		await world.journal.settle(watcherPerson);
		await startWhatIsDue(world);
		await rollBackByItself(world, isOver);
		await world.reconcile();
		world.notify();
	} catch (error) {
		if (!(error instanceof StoreFault) || !error.mayPass) throw error;
		world.complain(error.message);
	}
}

/** A log's place that cannot be kept costs a verification its start, and no more. */
function markLogs({journal, clock, complain}: WatcherWorld, mark: ReturnType<typeof marker>): void {
	try {
		mark(journal.state(), clock.now());
	} catch (error) {
		complain(`Where the logs ended at T0 could not be kept: ${inOneLine(error)}.`);
	}
}

/** A pause that ends early when there is something to see to. */
function pauses(clock: Clock): {rest(ms: number): Promise<void>; wake(): void} {
	let woken = new AbortController();
	return {
		async rest(ms) {
			await pause(clock, woken.signal.aborted ? 0 : ms, [woken.signal]);
			woken = new AbortController();
		},
		wake: () => woken.abort(),
	};
}

/** Watches until the cutover is closed or abandoned, or another watcher has taken over. Ends at once where one is alive. Throws StoreFault. */
export async function watch(world: WatcherWorld): Promise<void> {
	const {folder, journal, clock} = world;
	const file = watcherFile(folder);
	const self = identityOf(process.pid);
	const place = take(folder, self, clock.now(), world.lacks);
	if (place === null) return;
	let {lost} = place;
	let taken: TakenOver | null = null;
	if (lost !== null) world.lost?.(lost);
	const {rest, wake} = pauses(clock);
	const sampling = world.sample(wake);
	/** Whoever looks sees new samples and files, and hears of them: only what it has not acted on is a reason to look again. */
	let acted: State | null = null;
	let fault: string | undefined;
	const act = (): void => {
		acted = journal.state();
		fault = journal.fault()?.message;
	};
	const stop = journal.watch(() => {
		if (journal.state() !== acted || journal.fault()?.message !== fault) wake();
	});
	const mark = marker(folder);
	const isOver = objections(world.up);
	try {
		while (isWatched(journal.state()) && isSame(identityIn(file), self)) {
			utimesSync(file, clock.now() / 1000, clock.now() / 1000);
			sampling.renew(journal.state());
			if (world.leads?.() !== false) markLogs(world, mark);
			act();
			// What the journal did not take is recorded with the next look.
			await lookOnce(world, isOver, async () => {
				taken = world.tookOver?.() ?? taken;
				if (taken !== null) await recordTakeOver(world, taken);
				taken = null;
				if (lost !== null) await recordLoss(world, lost);
				lost = null;
			});
			await rest(isQuiet(journal.state(), clock.now()) ? quietMs : everyMs);
		}
	} finally {
		stop();
		sampling.stop();
	}
	// On several hosts the one that leads notifies people; each would tell all of it again.
	if (world.leads?.() !== false) await world.notified();
	if (isSame(identityIn(file), self)) rmSync(file);
}
