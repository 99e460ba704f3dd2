/** What a process says, as it says it. */
import type {Readable} from 'node:stream';
import {patience} from './observed.ts';

/**
 * What was written so far, and a promise of what will be. It is read to its end: whoever writes into a pipe that nobody reads any
 * more is ended by that, or waits for ever once it is full.
 */
export function heard(stream: Readable): {text(): string; shows(wanted: string | RegExp): Promise<string>} {
	let text = '';
	const looks = new Set<() => void>();
	stream
		.setMaxListeners(0)
		.setEncoding('utf8')
		.on('data', (chunk: string) => {
			text += chunk;
			for (const look of looks) look();
		});
	return {
		text: () => text,
		shows: wanted =>
			new Promise((resolve, reject) => {
				const fail = (why: string): void => reject(new Error(`${why} "${wanted}":\n${text}`));
				const late = setTimeout(() => fail(`Not said within ${patience / 1000} s:`), patience).unref();
				const look = (): void => {
					if (typeof wanted === 'string' ? !text.includes(wanted) : !wanted.test(text)) return;
					clearTimeout(late);
					resolve(text);
				};
				looks.add(look);
				stream.once('end', () => {
					clearTimeout(late);
					fail('It ended without');
				});
				look();
			}),
	};
}
