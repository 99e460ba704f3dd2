/*
The outages of one endpoint, a fold over its known samples. A hole is no evidence: it neither starts nor ends an outage,
it only takes away that fails on both sides of it count as in a row.
*/
import type {Ended} from './fact.ts';
import type {Mark} from './sample.ts';
import {sightMs, type Watched} from './watch.ts';

/*
How many of the newest samples failed: a queue of the last so many ms, in constant time a sample and with nothing changed
in place, so that a fold of a million samples stays linear.
*/
type Cell = {readonly tau: number; readonly failed: boolean; readonly next: Cell | null};

/** Oldest first in `front`, newest first in `back`. */
type Window = {
	readonly front: Cell | null;
	readonly back: Cell | null;
	readonly size: number;
	readonly failed: number;
};

const emptyWindow: Window = {front: null, back: null, size: 0, failed: 0};

function reversed(cell: Cell | null): Cell | null {
	let turned: Cell | null = null;
	for (let at = cell; at !== null; at = at.next) turned = {...at, next: turned};
	return turned;
}

/** Adds a sample, and forgets those that are `span` ms or more before it. */
function slide(window: Window, tau: number, failed: boolean, span: number): Window {
	let {front, size} = window;
	let failures = window.failed + (failed ? 1 : 0);
	let back: Cell | null = {tau, failed, next: window.back};
	size += 1;
	for (;;) {
		if (front === null) {
			front = reversed(back);
			back = null;
		}
		if (front === null || front.tau > tau - span) return {front, back, size, failed: failures};
		size -= 1;
		if (front.failed) failures -= 1;
		front = front.next;
	}
}

export type Outage = {
	readonly start: Mark;
	readonly lastFail: Mark;
	/** The newest good sample before it. */
	readonly goodBefore: Mark | null;
	/** ms in holes, of the whole outage and since the trigger was last armed. */
	readonly unseen: number;
	readonly unseenArmed: number;
	/** It was seen to fail often enough in a row, once. */
	readonly confirmed: boolean;
};

export type Endpoint = {
	readonly last: Mark | null;
	readonly lastGood: Mark | null;
	/** Fails in a row up to the newest sample, without a hole. */
	readonly fails: number;
	readonly outage: Outage | null;
	/** Good samples since the newest fail of a running outage, and the first of them. */
	readonly goods: number;
	readonly firstGood: Mark | null;
	/** ms in holes of the running outage up to that first good sample. */
	readonly unseenToGood: number;
	/** When outages ended that still count as recent (tau). */
	readonly ends: readonly number[];
	readonly window: Window;
	readonly flapping: boolean;
};

export const unseenEndpoint: Endpoint = {
	last: null,
	lastGood: null,
	fails: 0,
	outage: null,
	goods: 0,
	firstGood: null,
	unseenToGood: 0,
	ends: [],
	window: emptyWindow,
	flapping: false,
};

const ever = Number.NEGATIVE_INFINITY;

/** ms of a hole that ends at this sample, not counting what lies before `from` (tau); 0 where there is none. */
function hole(was: Endpoint, mark: Mark, watched: Watched, from: number): number {
	if (was.last === null || mark.tau - was.last.tau <= sightMs(watched)) return 0;
	return mark.tau - Math.max(was.last.tau, from);
}

function withHole(was: Endpoint, mark: Mark, watched: Watched, armed: number | null): Outage | null {
	if (was.outage === null) return null;
	const unseen = was.outage.unseen + hole(was, mark, watched, ever);
	const unseenArmed = was.outage.unseenArmed + Math.max(0, hole(was, mark, watched, armed ?? ever));
	return {...was.outage, unseen, unseenArmed};
}

const begun = (was: Endpoint, mark: Mark): Outage => ({
	start: mark,
	lastFail: mark,
	goodBefore: was.lastGood,
	unseen: 0,
	unseenArmed: 0,
	confirmed: false,
});

/** A failed sample. `armed`: tau of the last arming, null before it. */
export function failed(was: Endpoint, mark: Mark, watched: Watched, confirm: number, armed: number | null): Endpoint {
	const fails = hole(was, mark, watched, ever) > 0 ? 1 : was.fails + 1;
	const running = withHole(was, mark, watched, armed) ?? begun(was, mark);
	return {
		...was,
		last: mark,
		fails,
		outage: {...running, lastFail: mark, confirmed: running.confirmed || fails >= confirm},
		goods: 0,
		firstGood: null,
		window: slide(was.window, mark.tau, true, watched.threshold),
	};
}

/** A good sample: it ends a running outage when it is the last of `restore`. */
export function good(was: Endpoint, mark: Mark, watched: Watched, restore: number, armed: number | null): Endpoint {
	const outage = withHole(was, mark, watched, armed);
	const goods = outage === null ? 0 : was.goods + 1;
	const firstGood = outage === null ? null : (was.firstGood ?? mark);
	const over = firstGood !== null && goods >= restore;
	const recent = was.ends.filter(end => end > mark.tau - watched.threshold);
	return {
		...was,
		last: mark,
		lastGood: mark,
		fails: 0,
		outage: over ? null : outage,
		goods: over ? 0 : goods,
		firstGood: over ? null : firstGood,
		unseenToGood: was.firstGood === null ? (outage?.unseen ?? 0) : was.unseenToGood,
		ends: over ? [...recent, firstGood.tau] : recent,
		window: slide(was.window, mark.tau, false, watched.threshold),
	};
}

/** What is known of an outage that this good sample ended. */
export function ended(name: string, was: Endpoint, mark: Mark, watched: Watched): Ended | null {
	if (was.outage === null) return null;
	const {start, lastFail, goodBefore, unseen} = was.outage;
	const firstGood = was.firstGood ?? mark;
	const toHere = unseen + hole(was, mark, watched, ever);
	return {
		endpoint: name,
		start: start.at,
		end: firstGood.at,
		lasted: firstGood.tau - start.tau,
		atLeast: lastFail.tau - start.tau,
		atMost: goodBefore === null ? null : firstGood.tau - goodBefore.tau,
		unobserved: was.firstGood === null ? toHere : was.unseenToGood,
		first: start.id,
		last: lastFail.id,
	};
}
