/* A replay: where it is and how it is moved. */

/** Where a replay is. `at`: ms on the cutover's clock; `event`: number of the newest entry that is shown, of `events`. */
export type ReplayPosition = {
	readonly at: number;
	readonly event: number;
	readonly events: number;
	/** Times as fast as it was. */
	readonly speed: number;
	readonly playing: boolean;
};

export type ReplayMove =
	| {readonly kind: 'play'}
	/** One entry forth or back; it stops there. */
	| {readonly kind: 'step'; readonly by: 1 | -1}
	| {readonly kind: 'speed'; readonly by: 1 | -1}
	/** To the entry of this number; it stops there. */
	| {readonly kind: 'jump'; readonly event: number};

/** A cutover that is over, shown again from its own record. A move changes what is shown, and nothing else. */
export type Replay<E> = {
	position(): ReplayPosition;
	/** All of them, also those that are still ahead. */
	entries(): readonly E[];
	move(move: ReplayMove): void;
};

export type MayReplay<E> = {readonly replay?: Replay<E>};
