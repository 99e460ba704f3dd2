/* The page of an open cutover: where its content comes from, and the link that shows it. */
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import {join} from 'node:path';
import type {Clock, Journal} from '../cutover/ports.ts';
import {claim} from '../disk/atomic-file.ts';
import {ifExists} from '../disk/fault.ts';
import {boardOf} from '../page/board.ts';
import {outsideReader} from '../page/outside.ts';
import type {Source} from '../serve/live.ts';
import type {Io} from './io.ts';

type Read = {
	readonly journal: Journal;
	readonly clock: Clock;
	readonly folder: string;
	watcher(): boolean;
};

const lookEveryMs = 1000;

/** What readers are shown, and when it changes. */
export function pageSource({journal, clock, watcher}: Read): Source {
	const outside = outsideReader();
	return {
		board: before =>
			boardOf(
				outside(journal.entries()),
				clock.now(),
				journal.observed(),
				{folder: '', restricted: journal.fault() !== null, watcher: watcher()},
				before,
			),
		watch(changed) {
			const stops = [journal.watch(changed), clock.every(lookEveryMs, () => void journal.look().catch(changed))];
			return () => {
				for (const stop of stops) stop();
			};
		},
	};
}

/** Resolves with the exit code once the cutover is over, or a signal arrived. */
export const untilOver = ({onSignal}: Io, {journal}: Pick<Read, 'journal'>): Promise<number> =>
	new Promise(resolve => {
		const stops: (() => void)[] = [];
		const end = (code: number): void => {
			for (const stop of stops.splice(0)) stop();
			resolve(code);
		};
		stops.push(onSignal(signal => end(128 + constants.signals[signal])));
		const look = (): void => {
			const {closed, abandoned} = journal.state();
			if (closed !== null || abandoned !== null) end(0);
		};
		stops.push(journal.watch(look));
		look();
	});

/** The code of a cutover's link: 128 bits, the same for every server of it. */
export function viewCode(folder: string): string {
	const file = join(folder, 'page-code');
	claim(file, Buffer.from(`${randomBytes(16).toString('base64url')}\n`));
	return (ifExists(() => readFileSync(file, 'utf8')) ?? '').trim();
}
