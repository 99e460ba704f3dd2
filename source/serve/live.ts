/* The page as it changes: rendered when something changed or time went on, for all readers at once, and only while there are any. */
import {isOver} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Board} from '../page/board.ts';
import {asOf, documentOf, livePolicy, olderEntries, saidOf, sectionsOf, titleOf} from '../page/document.ts';
import {instant} from '../text/time.ts';
import type {Answer, Asked, Route} from './route.ts';
import {notice} from './server.ts';
import {mostReaders, Readers, type Rendering} from './stream.ts';
import type {View} from './view.ts';

/** `before`: with only those entries that are older than this number. */
export type Source = {
	board(before?: number): Board;
	/** Calls when something changed; returns how to stop. */
	watch(changed: () => void): () => void;
};

/** Between a change and its rendering, for the others that come with it. */
const gatherMs = 30;
const everyMs = 1000;
const reloadSeconds = 30;

const rendered = (board: Board): Rendering => ({
	sections: sectionsOf(board),
	title: titleOf(board),
	said: saidOf(board),
	now: instant(board.status.now),
	asOf: asOf(board),
	speed: board.rehearsal?.speed ?? 1,
	over: isOver(board.status.status),
});

export type Live = {
	readonly routes: readonly Route[];
	/** Sends what is new once more, and ends every stream. */
	close(): void;
};

/** `boot`: a name for this process that no other has. */
export function liveBoard(source: Source, view: View, clock: Clock, boot: string): Live {
	let board = source.board();
	let shown = rendered(board);
	let at = clock.steady();
	let isDue = false;
	const readers = new Readers(shown, clock, boot, () => {
		const now = source.board();
		return {now: instant(now.status.now), asOf: asOf(now)};
	});

	const renew = (): void => {
		isDue = false;
		at = clock.steady();
		board = source.board();
		shown = rendered(board);
		readers.show(shown);
	};
	const changed = (): void => {
		if (isDue) return;
		isDue = true;
		clock.after(gatherMs, () => {
			if (isDue && readers.count > 0) renew();
		});
	};
	const stops = [
		source.watch(changed),
		clock.every(everyMs, () => {
			if (readers.count > 0) renew();
		}),
	];

	const guarded = (handle: (asked: Asked) => Answer) => (asked: Asked) =>
		view.mayLook(asked) ? handle(asked) : view.door();

	const page = ({query}: Asked): Answer => {
		if (isDue || clock.steady() - at > everyMs) renew();
		const reload = query.has('still') ? null : reloadSeconds;
		return {
			policy: livePolicy,
			body: documentOf(board, shown.sections, {stream: `/stream?since=${readers.version}`, reload}),
		};
	};
	const older = ({query}: Asked): Answer => {
		const before = Number(query.get('before'));
		return Number.isSafeInteger(before) && before > 1
			? {body: olderEntries(source.board(before))}
			: notice(404, 'Nothing here', 'There are no entries before that.');
	};
	const stream = (asked: Asked): Answer => {
		if (!view.mayLook(asked)) return notice(403, 'Refused', 'Open the page by its link.');
		if (readers.count >= mostReaders)
			return notice(503, 'Full', 'Too many readers follow this page. Reload it by hand.');
		const known = asked.header('last-event-id') ?? asked.query.get('since');
		return {stream: response => readers.add(response, known, () => view.mayLook(asked))};
	};
	return {
		routes: [
			{method: 'GET', path: '/', name: 'page', handle: guarded(page)},
			{method: 'GET', path: '/journal', name: 'journal', handle: guarded(older)},
			{method: 'GET', path: '/stream', name: 'stream', handle: stream},
			...view.routes,
		],
		close() {
			for (const stop of stops) stop();
			renew();
			readers.close();
		},
	};
}
