/*
Server-sent events: one rendering for all readers, and of it the sections that changed. A reader who does not read is dropped.
*/
import type {ServerResponse} from 'node:http';
import type {Clock} from '../cutover/ports.ts';

/** Sections as HTML; `said` is read aloud, `over`: nothing follows. */
export type Rendering = {
	readonly sections: Readonly<Record<string, string>>;
	readonly title: string;
	readonly said: string;
	/** On the cutover's clock, ms, and as it is shown. */
	readonly now: number;
	readonly asOf: string;
	readonly speed: number;
	readonly over: boolean;
};

export const mostReaders = 256;
/** What a reader has not taken yet, in bytes, before it is dropped. */
const mostWaiting = 1_000_000;
const beatMs = 10_000;

const message = ({sections, ...rest}: Partial<Rendering>, id: string): string =>
	`id: ${id}\ndata: ${JSON.stringify({...rest, sections: sections ?? {}})}\n\n`;

export class Readers {
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
