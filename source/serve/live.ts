/* The page as it changes: rendered when something changed or time went on, for all readers at once, and only while there are any. */

import type {ServerResponse} from 'node:http';
import {isOver} from '../cutover/model/state.ts';
import type {Clock} from '../cutover/ports.ts';
import type {Board} from '../page/board.ts';
import {asOf, documentOf, livePolicy, olderEntries, saidOf, sectionsOf, titleOf} from '../page/document.ts';
import {instant} from '../text/time.ts';
import type {Answer, Asked, Route} from './route.ts';
import {notice} from './server.ts';
import type {View} from './view.ts';

/* Server-sent events: one rendering for all readers, and of it the sections that changed. A reader who does not read is dropped. */

/** Sections as HTML; `said` is read aloud, `over`: nothing follows. */
type Rendering = {
	readonly sections: Readonly<Record<string, string>>;
	readonly title: string;
	readonly said: string;
	/** On the cutover's clock, ms, and as it is shown. */
	readonly now: number;
	readonly asOf: string;
	readonly speed: number;
	readonly over: boolean;
};

const mostReaders = 256;
/** What a reader has not taken yet, in bytes, before it is dropped. */
const mostWaiting = 1_000_000;
const beatMs = 10_000;

const message = ({sections, ...rest}: Partial<Rendering>, id: string): string =>
	`id: ${id}\ndata: ${JSON.stringify({...rest, sections: sections ?? {}})}\n\n`;

class Readers {
	/** With whether each may still look: a link may end while its page is open. */
	readonly #readers = new Map<ServerResponse, () => boolean>();
	/** Names this process: what a reader knows of another one counts for nothing. */
	readonly #boot: string;
	#shown: Rendering;
	#version = 0;
	/** Version at which each section changed last. */
	readonly #changed = new Map<string, number>();
	readonly #stop: () => void;

	constructor(
		first: Rendering,
		{every}: Pick<Clock, 'every'>,
		boot: string,
		beat: () => Pick<Rendering, 'now' | 'asOf'>,
	) {
		this.#shown = first;
		this.#boot = boot;
		this.#stop = every(beatMs, () => this.#send(message({...beat(), speed: this.#shown.speed}, this.version)));
	}

	/** Names what a page was made of. */
	get version(): string {
		return `${this.#boot}-${this.#version}`;
	}

	get count(): number {
		return this.#readers.size;
	}

	/** Sends what differs from the rendering before; nothing where nothing does. */
	show(rendering: Rendering): void {
		const before = this.#shown;
		this.#shown = rendering;
		const names = Object.keys(rendering.sections).filter(name => rendering.sections[name] !== before.sections[name]);
		if (names.length === 0 && rendering.title === before.title && rendering.over === before.over) return;
		this.#version += 1;
		for (const name of names) this.#changed.set(name, this.#version);
		const {said, ...rest} = rendering;
		this.#send(message({...rest, ...(said === before.said ? {} : {said}), sections: this.#some(names)}, this.version));
		if (rendering.over) this.close();
	}

	/** `known`: the version that the reader has; it gets what changed since, and nothing more once it may not look. */
	add(response: ServerResponse, known: string | null, mayLook: () => boolean): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store, no-transform',
			'x-accel-buffering': 'no',
		});
		const since = known?.startsWith(`${this.#boot}-`) ? Number(known.slice(this.#boot.length + 1)) : -1;
		const names = Object.keys(this.#shown.sections).filter(
			name => !(since >= 0) || (this.#changed.get(name) ?? 0) > since,
		);
		const {said: _, ...rest} = this.#shown;
		response.write(`retry: 2000\n${message({...rest, sections: this.#some(names)}, this.version)}`);
		if (this.#shown.over) return void response.end();
		this.#readers.set(response, mayLook);
		response.on('close', () => this.#readers.delete(response));
	}

	close(): void {
		this.#stop();
		for (const reader of this.#readers.keys()) reader.end();
	}

	#some(names: readonly string[]): Record<string, string> {
		return Object.fromEntries(names.map(name => [name, this.#shown.sections[name] ?? '']));
	}

	#send(text: string): void {
		for (const [reader, mayLook] of this.#readers) {
			if (!mayLook()) reader.end();
			else if (reader.writableLength > mostWaiting) reader.destroy();
			else reader.write(text);
		}
	}
}

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
