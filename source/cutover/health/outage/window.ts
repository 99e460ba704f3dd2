/*
How many of the newest samples failed: a queue of the last so many ms, in constant time a sample and with nothing changed
in place, so that a fold of a million samples stays linear.
*/

type Cell = {readonly tau: number; readonly failed: boolean; readonly next: Cell | null};

/** Oldest first in `front`, newest first in `back`. */
export type Window = {
	readonly front: Cell | null;
	readonly back: Cell | null;
	readonly size: number;
	readonly failed: number;
};

export const emptyWindow: Window = {front: null, back: null, size: 0, failed: 0};

function reversed(cell: Cell | null): Cell | null {
	let turned: Cell | null = null;
	for (let at = cell; at !== null; at = at.next) turned = {...at, next: turned};
	return turned;
}

/** Adds a sample, and forgets those that are `span` ms or more before it. */
export function slide(window: Window, tau: number, failed: boolean, span: number): Window {
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
