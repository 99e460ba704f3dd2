/*
The messages of one target of `notify`, one after the other: a target that is slow or silent holds up no other. What arrives late is
said on the screen; what piled up meanwhile is sent at once.
*/
import type {Clock} from '../cutover/ports.ts';
import type {Answer, Message} from '../notifications/channel.ts';
import {asSent, isLate, pauseAfter} from '../notifications/retry.ts';
import type {Reported, Sending} from './notified.ts';

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
	let wake = (): void => {};

	const pauseFor = (ms: number): Promise<void> =>
		new Promise(done => {
			const stop = clock.after(ms, done);
			wake = () => {
				stop();
				done();
			};
		});

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
			const pause = pauseAfter(answer, tried);
			world.tried(message, answer, pause);
			if (answer.arrived) {
				await world.restored();
				return true;
			}
			if (pause === null || (!isSaid && isLate(tried, pause)))
				await world.missed(message, answer.reason, since, pause !== null);
			isSaid ||= isLate(tried, pause);
			gone ||= answer.gone === true;
			if (pause === null) return true;
			if (!ended) await pauseFor(pause);
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
		hurry: () => wake(),
		settled: async () => busy ?? undefined,
		end() {
			ended = true;
			wake();
		},
	};
}
