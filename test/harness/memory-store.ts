/*
A journal that ends with its process. It keeps lines, as the file does, so that what
is read from it went through the same text and the same chain.
*/
import type {Entry} from '../../source/cutover/ports.ts';
import type {Head, Store} from '../../source/cutover/store.ts';
import {format, headOf, origin, read} from '../../source/journal/entry.ts';

/** What several stores share, as several processes share a folder. */
export type Shelf = {readonly lines: string[]; readonly watchers: Set<() => void>};

export const emptyShelf = (): Shelf => ({lines: [], watchers: new Set()});

const entryIn = (line: string): Entry => {
	const entry = read(line);
	if (entry === null) throw new TypeError(`Not a line of a journal: ${line}`);
	return entry;
};

export function memoryStore({lines, watchers}: Shelf): Store {
	const mine = new Set<() => void>();
	const newest = (): Head => {
		const line = lines.at(-1);
		return line === undefined ? origin : headOf(entryIn(line));
	};
	return {
		pull: async after => lines.slice(after.seq).map(entryIn),
		async append(known, entries) {
			if (newest().hash !== known.hash) return 'conflict';
			lines.push(...entries.map(format));
			if (entries.length > 0) for (const changed of watchers) queueMicrotask(changed);
			return 'stored';
		},
		watch(changed) {
			const reported = (): void => {
				if (mine.has(reported)) changed();
			};
			mine.add(reported);
			watchers.add(reported);
			return () => {
				mine.delete(reported);
				watchers.delete(reported);
			};
		},
		async close() {
			for (const reported of mine) watchers.delete(reported);
			mine.clear();
		},
	};
}
