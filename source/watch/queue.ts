/*
The messages of one target of `notify`, one after the other: a target that is slow or silent holds up no other. What arrives late is
said on the screen; what piled up meanwhile is sent at once.
*/
import type {Clock} from '../cutover/ports.ts';
import {pause} from '../net/limit.ts';
import type {Answer, Message} from '../notifications/channel.ts';
import {wallShort} from '../text/time.ts';
import type {Reported, Sending} from './notified.ts';

/** ms between the tries; the last of them from then on. */
const pauses = [2000, 8000, 30_000, 60_000, 120_000] as const;

/** A message that did not arrive for so long is given up: what it says is old, and newer ones wait. */
const patienceMs = 900_000;

/** What people should learn in another way: a message that is late by more than this. */
const lateMs = 10_000;

/** `tries`: so far, this one included; `since`: of the first, ms. */
type Tried = {readonly tries: number; readonly since: number; readonly now: number};

/** Pause before the next try, ms; null where there is none. Never sooner than the service asks. */
function pauseAfter(answer: Answer, {tries, since, now}: Tried): number | null {
	if (answer.arrived || !answer.again) return null;
	const usual = pauses[Math.min(tries, pauses.length) - 1] ?? pauses[0];
	const pause = Math.max(usual, answer.afterMs ?? 0);
	return now + pause - since > patienceMs ? null : pause;
}

/** Whether the screen says by now that it did not arrive. */
const isLate = ({since, now}: Tried, pause: number | null): boolean => pause === null || now + pause - since > lateMs;

/** As it is sent then: late, it says of when it is, because what it tells may be over. */
const asSent = (message: Message, {since, now}: Pick<Tried, 'since' | 'now'>): Message =>
	now - since > lateMs ? {...message, text: `${message.text} (of ${wallShort(message.at)}, sent late)`} : message;

export type QueueWorld = {
	readonly clock: Pick<Clock, 'now' | 'after'>;
	/** What was sent so far, and is being sent. */
	reported(): Reported;
	keep(reported: Reported): void;
	/** What is to be sent now; null where nothing is. */
	news(): Omit<Sending, 'since'> | null;
	/** One try. Never rejects. */
	deliver(message: Message): Promise<Answer>;
	/** Records that it did not arrive. `since`: when it should have; `again`: it is still tried. Never rejects. */
	missed(message: Message, reason: string, since: number, again: boolean): Promise<void>;
	/** Records that messages arrive, where they did not. Never rejects. */
	restored(): Promise<void>;
	/** What became of a try; `pause`: ms until the next, null where there is none. */
	tried(message: Message, answer: Answer, pause: number | null): void;
};

export type Queue = {
	/** Begins to tell what is new; does nothing while it is at it. */
	look(): void;
	/** Tries now what waits for its next try. */
	hurry(): void;
	/** Until all is sent, or given up. */
	settled(): Promise<void>;
	/** Waits no longer for a next try: what did not arrive is left for the next watcher. */
	end(): void;
};

export function queue(world: QueueWorld): Queue {
	const {clock} = world;
	let busy: Promise<void> | null = null;
	let ended = false;
	/** The service says that nothing will arrive there. */
	let gone = false;
	let waiting = new AbortController();

	const pauseFor = (ms: number): Promise<void> => {
		waiting = new AbortController();
		return pause(clock, ms, [waiting.signal]);
	};

	const next = (): Sending | null => {
		const {sending} = world.reported();
		if (sending !== null) return sending;
		const news = world.news();
		if (news === null) return null;
		const begun = {...news, since: clock.now()};
		world.keep({...world.reported(), sending: begun});
		return begun;
	};

	/** False where it was left for another. */
	const send = async ({message, since}: Sending): Promise<boolean> => {
		let isSaid = false;
		for (let tries = 1; ; tries++) {
			const answer = await world.deliver(asSent(message, {since, now: clock.now()}));
			const tried = {tries, since, now: clock.now()};
			const rest = pauseAfter(answer, tried);
			world.tried(message, answer, rest);
			if (answer.arrived) {
				await world.restored();
				return true;
			}
			if (rest === null || (!isSaid && isLate(tried, rest)))
				await world.missed(message, answer.reason, since, rest !== null);
			isSaid ||= isLate(tried, rest);
			gone ||= answer.gone === true;
			if (rest === null) return true;
			if (!ended) await pauseFor(rest);
			if (ended) return false;
		}
	};

	const sendAll = async (): Promise<void> => {
		for (let sending = next(); sending !== null; sending = gone ? null : next()) {
			const {seq, names} = sending;
			if (!(await send(sending))) return;
			const before = world.reported();
			world.keep({seq: Math.max(before.seq, seq), names: [...before.names, ...names], sending: null});
		}
	};

	return {
		look() {
			if (busy !== null || gone || ended) return;
			busy = sendAll().finally(() => {
				busy = null;
			});
		},
		hurry: () => waiting.abort(),
		settled: async () => busy ?? undefined,
		end() {
			ended = true;
			waiting.abort();
		},
	};
}
