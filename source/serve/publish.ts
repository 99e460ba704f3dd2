/*
Writes the page whenever it changes, one write at a time; at least each minute, so that readers see that somebody still does. What
failed is said and tried again.
*/

import {isOver} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import {documentOf, type Sections, sectionsOf} from '../page/document.ts';
import {errorText} from '../text/error-text.ts';
import type {Source} from './live.ts';

export type PublishWorld = {
	readonly source: Source;
	readonly clock: Clock;
	/** Whole or not at all. Rejects with why not. */
	write(page: string): Promise<void>;
	/** Between two writes, ms. */
	readonly leastMs: number;
	/** Once for each outage, and again where its reason changes. */
	complain(text: string): void;
};

const mostMs = 60_000;
const lookMs = 1000;

const isEqual = (one: Sections, other: Sections): boolean =>
	Object.entries(one).every(([name, text]) => other[name as keyof Sections] === text);

export type Publishing = {
	/** Resolves once the newest page was written, or has failed. */
	readonly first: Promise<void>;
	/** Writes once more what is new, and no more after that. */
	stop(): Promise<void>;
	/** Why the newest page was not written; null where it was. */
	failure(): string | null;
};

export function publish({source, clock, write, leastMs, complain}: PublishWorld): Publishing {
	let written: {readonly parts: Sections; readonly at: number} | null = null;
	let tried = Number.NEGATIVE_INFINITY;
	let writing: Promise<void> | null = null;
	let failure: string | null = null;

	const failed = (error: unknown): void => {
		const text = `The page was not published: ${errorText(error)}`;
		if (text !== failure) complain(text);
		failure = text;
	};

	const put = (isLast: boolean): Promise<void> => {
		if (writing !== null) return isLast ? writing.then(() => put(true)) : writing;
		if (!isLast && clock.steady() - tried < leastMs) return Promise.resolve();
		const board = source.board();
		const parts = sectionsOf(board, true);
		const isNew = written === null || clock.steady() - written.at >= mostMs || !isEqual(parts, written.parts);
		if (!isNew) return Promise.resolve();
		tried = clock.steady();
		const page = documentOf(board, parts, {stream: null, reload: isOver(board.status.status) ? null : mostMs / 2000});
		writing = write(page.toString())
			.then(() => {
				written = {parts, at: clock.steady()};
				failure = null;
			}, failed)
			.finally(() => {
				writing = null;
			});
		return writing;
	};
	const stops = [source.watch(() => void put(false)), clock.every(lookMs, () => void put(false))];
	return {
		first: put(false),
		async stop() {
			for (const stop of stops) stop();
			await put(true);
		},
		failure: () => failure,
	};
}
