/*
Where a replay is, and how it goes on: an instant on the cutover's own clock, and how many of its entries have come by then. It
remembers nothing of them but their times.
*/
import type {ReplayMove, ReplayPosition} from '../../cutover/model/replay.ts';
import type {Clock} from '../../cutover/ports.ts';

/** Times as fast as it was; what `+` and `-` step through. */
const speeds: readonly number[] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

/** Real ms between two looks at the clock while it plays. */
const beat = 100;

export type Player = {
	/** The replayed time. Its timers are real ones. */
	readonly clock: Clock;
	position(): ReplayPosition;
	move(move: ReplayMove): void;
	/** `times` as fast as it was, from now on. */
	pace(times: number): void;
	/** Calls after each move, and at each beat while it plays. */
	watch(changed: () => void): () => void;
	close(): void;
};

/** Entries are in order, and the machine's clock may have been set back between two of them. */
const inOrder = (times: readonly number[]): readonly number[] => {
	let latest = Number.NEGATIVE_INFINITY;
	return times.map(time => {
		latest = Math.max(latest, time);
		return latest;
	});
};

/** `times`: of the entries, in ms, at least one; the first is shown. `real`: the machine's clock. It stands still until it is played. */
export function openPlayer(times: readonly number[], real: Clock, speed: number): Player {
	const all = inOrder(times);
	const last = all.at(-1) ?? 0;
	const watchers = new Set<() => void>();
	let pace = speed;
	let event = 1;
	/** Where it was when it was last set going, and when that was. */
	let from = all[0] ?? 0;
	let since = real.steady();
	let stopBeat: (() => void) | null = null;

	const now = (): number =>
		stopBeat === null ? from : Math.min(last, Math.round(from + (real.steady() - since) * pace));

	const tell = (): void => {
		for (const changed of [...watchers]) changed();
	};

	const pauseAt = (at: number): void => {
		stopBeat?.();
		stopBeat = null;
		from = at;
	};

	const advance = (): void => {
		const at = now();
		while (event < all.length && (all[event] ?? 0) <= at) event++;
		if (at >= last) pauseAt(last);
		tell();
	};

	const play = (): void => {
		if (stopBeat !== null) {
			pauseAt(now());
			return;
		}
		// From its end it plays again.
		if (event === all.length) {
			event = 1;
			from = all[0] ?? 0;
		}
		since = real.steady();
		stopBeat = real.every(beat, advance);
	};

	const to = (wanted: number): void => {
		event = Math.max(1, Math.min(all.length, wanted));
		pauseAt(all[event - 1] ?? last);
	};

	const setPace = (times: number): void => {
		from = now();
		since = real.steady();
		pace = times;
	};

	const faster = (by: 1 | -1): void => {
		const next = by > 0 ? speeds.find(each => each > pace) : speeds.findLast(each => each < pace);
		if (next !== undefined) setPace(next);
	};

	const moves: {readonly [K in ReplayMove['kind']]: (move: Extract<ReplayMove, {kind: K}>) => void} = {
		play,
		step: ({by}) => to(event + by),
		speed: ({by}) => faster(by),
		jump: move => to(move.event),
	};

	return {
		clock: {...real, now},
		position: () => ({at: now(), event, events: all.length, speed: pace, playing: stopBeat !== null}),
		move(move) {
			(moves[move.kind] as (move: ReplayMove) => void)(move);
			tell();
		},
		pace(times) {
			setPace(times);
			tell();
		},
		watch(changed) {
			watchers.add(changed);
			return () => watchers.delete(changed);
		},
		close: () => pauseAt(now()),
	};
}
