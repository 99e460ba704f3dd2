/* A clock that only the test moves. */
import type {Clock} from '../../source/cutover/ports.ts';

export type HandClock = Clock & {
	/** Lets so many ms go by: what is due on the way runs in its order, and what follows from it before the next. */
	pass(ms: number): Promise<void>;
	/** Sets the time of day by so many ms; timers and the steady time go on. */
	step(ms: number): void;
};

/** All that is ready to run has run: promises and what they began. */
const idle = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await new Promise(done => setImmediate(done));
};

/** `start`: ms since the epoch. */
export function handClock(start: number): HandClock {
	let now = start;
	let stepped = 0;
	let due: {readonly at: number; run(): void}[] = [];
	const after = (ms: number, run: () => void): (() => void) => {
		const timer = {at: now + ms, run};
		due.push(timer);
		return () => {
			due = due.filter(each => each !== timer);
		};
	};
	return {
		now: () => now + stepped,
		steady: () => now - start,
		after,
		every(ms, run) {
			let stop = (): void => {};
			const again = (): void => {
				stop = after(ms, () => {
					again();
					run();
				});
			};
			again();
			return () => stop();
		},
		step(ms) {
			stepped += ms;
		},
		async pass(ms) {
			const until = now + ms;
			await idle();
			for (;;) {
				const next = due.toSorted((one, other) => one.at - other.at)[0];
				if (next === undefined || next.at > until) break;
				due = due.filter(each => each !== next);
				now = next.at;
				next.run();
				await idle();
			}
			now = until;
		},
	};
}
