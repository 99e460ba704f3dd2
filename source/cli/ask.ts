/* Typed words on a terminal. Questions go to stderr, because stdout carries the answer; the end of input is a no. */
import {createInterface} from 'node:readline';
import {safe} from '../text/clean.ts';
import type {Io} from './io.ts';

/** One line of the operator's; null at the end of input. */
export function line(io: Io, question: string): Promise<string | null> {
	const asked = createInterface({input: io.stdin, output: io.stderr, terminal: false});
	return new Promise(resolve => {
		const end = (answer: string | null): void => {
			resolve(answer);
			asked.close();
		};
		asked.once('close', () => resolve(null));
		asked.once('line', end);
		io.stderr.write(safe(question));
	});
}

/** True where the operator typed exactly this word. */
export async function typed(io: Io, word: string): Promise<boolean> {
	const answer = await line(io, `Type ${word} to continue, anything else cancels: `);
	return answer?.trim() === word;
}
